package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.migration.Answer.Way;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.Kinship.Relative;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/** What follows for a volume here from what another server offers. */
final class Terms {
    private final VolumeAtHand to;
    private final Offer offer;

    Terms(VolumeAtHand to, Offer offer) {
        this.to = to;
        this.offer = offer;
    }

    /** What the two servers know of each other's blocks, if it is of use: the same file system has to be in them. */
    Optional<Kinship> kinship() {
        return offer.kinship().filter(kin -> kin.fileSystem().equals(to.hasFiles() ? to.fileSystem() : ""));
    }

    Way way(Optional<String> base) {
        return kinship().<Way>map(kin -> new Way.Blocks(base.orElse(""))).orElseGet(Way.Plain::new);
    }

    /** Bytes that the volume has to have for everything that passes through it; 0 when nobody tells. */
    long room(List<String> wanted) {
        Set<String> names = new HashSet<>(wanted);
        long largest = kinship()
                .map(kin -> LongStream.concat(
                                LongStream.of(kin.bytes()),
                                kin.relatives().stream()
                                        .filter(relative -> names.contains(relative.name()))
                                        .mapToLong(Relative::bytes))
                        .max()
                        .orElseThrow())
                .orElse(0L);
        return largest == 0
                ? 0
                : to.pool().capabilities().round(new ByteSize(largest)).bytes();
    }

    /** Names from outside: they stand in paths. */
    static void check(List<MovingSnapshot> snapshots) {
        Set<String> names = new HashSet<>();
        for (MovingSnapshot snapshot : snapshots) {
            Failures.checked(() -> {
                Names.checkSnapshot(snapshot.name());
                return snapshot.name();
            });
            if (!names.add(snapshot.name())) {
                throw Refused.badInput("The source has two snapshots called \"" + snapshot.name() + "\"");
            }
        }
    }

    /**
     * Rows for snapshots that are to come, oldest first. Those without a date keep their order.
     *
     * @param bytes size that the volume has then
     */
    List<SnapshotRow> rows(List<MovingSnapshot> snapshots, long bytes, Instant now) {
        List<SnapshotRow> rows = new ArrayList<>();
        Instant date = now;
        for (MovingSnapshot snapshot : snapshots) {
            date = date.plusNanos(1000);
            rows.add(new SnapshotRow(
                    UUID.randomUUID(),
                    to.row().id(),
                    snapshot.name(),
                    snapshot.description(),
                    bytes,
                    RowState.CREATING,
                    Objects.requireNonNullElse(snapshot.createdAt(), date),
                    snapshot.expiresAt()));
        }
        return rows;
    }

    /** Writes the rows down, with what is known of where they come from. */
    void insert(Transaction tx, List<SnapshotRow> rows, List<MovingSnapshot> snapshots) {
        ContentType content = Catalog.content(to.row());
        for (int i = 0; i < rows.size(); i++) {
            SnapshotRow row = rows.get(i);
            tx.snapshots().insert(row);
            tx.snapshotConfig()
                    .replace(
                            row.id(),
                            VolumeRules.known(content, snapshots.get(i).config()));
            relative(row.name()).ifPresent(kin -> tx.lineage().note(row.id(), kin.origin()));
            Recovery.touch(tx, row);
        }
    }

    private Optional<Relative> relative(String snapshot) {
        return kinship().stream()
                .flatMap(kin -> kin.relatives().stream())
                .filter(each -> each.name().equals(snapshot))
                .findFirst();
    }
}
