package io.stowage.engine.journal;

import io.stowage.database.OperationRow;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.OperationState;
import io.stowage.engine.Refused;
import io.stowage.engine.Requestor;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the journal as callers see them. */
final class Views {
    private Views() {}

    static Operation operation(OperationRow row, Map<String, String> metadata, String member) {
        @Nullable VolumeName volume = volume(row);
        return new Operation(
                row.id(),
                OperationKind.valueOf(row.kind()),
                OperationState.valueOf(row.state()),
                row.createdAt(),
                row.updatedAt(),
                row.pool(),
                volume,
                volume == null || row.snapshot() == null ? null : volume.snapshot(row.snapshot()),
                metadata,
                row.progress(),
                row.mayCancel(),
                row.errorKind() == null ? null : Refused.Kind.valueOf(row.errorKind()),
                row.error(),
                member,
                requestor(row));
    }

    private static @Nullable Requestor requestor(OperationRow row) {
        @Nullable String name = row.requestorName();
        @Nullable String protocol = row.requestorProtocol();
        @Nullable String address = row.requestorAddress();
        return name == null || protocol == null || address == null ? null : new Requestor(name, protocol, address);
    }

    static Entry entry(OperationRow row, Map<String, String> input) {
        if (row.version() != Entry.VERSION) {
            throw new IllegalStateException("Operation " + row.id() + " has an input of version " + row.version()
                    + "; this server knows version " + Entry.VERSION);
        }
        @Nullable VolumeName volume = volume(row);
        @Nullable
        SnapshotName snapshot = volume == null || row.snapshot() == null ? null : volume.snapshot(row.snapshot());
        return new Entry(OperationKind.valueOf(row.kind()), row.pool(), volume, snapshot, input);
    }

    private static @Nullable VolumeName volume(OperationRow row) {
        return row.project() == null || row.volume() == null
                ? null
                : new VolumeName(row.project(), row.pool(), row.volume());
    }
}
