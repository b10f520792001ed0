package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Expiry;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Failures;
import io.stowage.model.ContentType;
import io.stowage.model.InvalidValue;
import io.stowage.model.Names;
import io.stowage.model.SnapshotExpiry;
import io.stowage.model.SnapshotPattern;
import io.stowage.model.VolumeKeys;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a new snapshot is to be: its name, its description and its end, whether somebody asks for it or a schedule. */
record SnapshotIntent(Site site, UUID id, Instant now) {
    static SnapshotIntent now(Site site) {
        return new SnapshotIntent(site, UUID.randomUUID(), site.clock().instant());
    }

    /** @throws Refused BAD_INPUT */
    static void checkName(String name) {
        try {
            Names.checkSnapshot(name);
        } catch (InvalidValue e) {
            throw Failures.of(e);
        }
    }

    /** @throws Refused CONFLICT */
    static void refuseTaken(Transaction tx, UUID volume, String name) {
        if (tx.snapshots().find(volume, name).isPresent()) {
            throw Refused.conflict("Snapshot \"" + name + "\" already in use");
        }
    }

    /** What a schedule wants: everything as the volume's config says. */
    SnapshotCreate scheduled(Transaction tx, VolumeName volume) {
        return intend(tx, new SnapshotCreation(volume, null, null, new Expiry.ByVolume()));
    }

    SnapshotCreate intend(Transaction tx, SnapshotCreation request) {
        VolumeRow volume = Catalog.readyVolume(tx, request.volume());
        if (Catalog.content(volume) == ContentType.ISO) {
            throw Refused.badInput("Volume of content type \"iso\" does not support snapshots");
        }
        Map<String, String> config = tx.volumeConfig().get(volume.id());
        String wished = text(request.name());
        String name = wished.isEmpty() ? nextName(tx, volume, config) : wished;
        refuseTaken(tx, volume.id(), name);
        String description = text(request.description());
        OffsetDateTime expiry = expiry(request.expiry(), config);
        SnapshotRow row = new SnapshotRow(
                id,
                volume.id(),
                name,
                description.isEmpty() ? volume.description() : description,
                volume.size(),
                RowState.CREATING,
                now,
                expiry == null ? null : expiry.toInstant(),
                expiry == null ? 0 : expiry.getOffset().getTotalSeconds());
        tx.snapshots().insert(row);
        tx.snapshotConfig().replace(id, config);
        Recovery.touch(tx, row);
        return SnapshotCreate.of(site, request.volume().snapshot(name), row);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private String nextName(Transaction tx, VolumeRow volume, Map<String, String> config) {
        String pattern = config.getOrDefault(VolumeKeys.SNAPSHOTS_PATTERN, SnapshotPattern.DEFAULT);
        List<String> existing =
                tx.snapshots().list(volume.id()).stream().map(SnapshotRow::name).toList();
        return SnapshotPattern.parse(pattern).name(now.atZone(site.clock().getZone()), existing);
    }

    private @Nullable OffsetDateTime expiry(Expiry expiry, Map<String, String> config) {
        return switch (expiry) {
            case Expiry.Never never -> null;
            case Expiry.At at -> at.time();
            case Expiry.ByVolume byVolume ->
                SnapshotExpiry.parse(config.getOrDefault(VolumeKeys.SNAPSHOTS_EXPIRY, ""))
                        .after(now)
                        .map(time -> time.atOffset(ZoneOffset.UTC))
                        .orElse(null);
        };
    }
}
