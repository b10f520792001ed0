package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.Kinship.Relative;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that another server offers beside those of a volume that is to be refreshed from it. Two are the same if name
 * and date, in seconds, are; where the server tells no dates, as LXD 5.0 doesn't, the name alone decides (lxd-api.md,
 * section 15.3).
 *
 * @param extra snapshots of the volume that the source hasn't
 * @param missing names of the source's that the volume hasn't, oldest first
 * @param base the youngest that both have with the same content, byte for byte
 */
record OfferedSnapshots(List<SnapshotRow> extra, List<String> missing, Optional<Base> base) {
    /**
     * A snapshot that both have.
     *
     * @param name what the source calls it
     */
    record Base(String name, SnapshotRow row) {}

    /** @param withSnapshots whether the volume's are to become the source's; else they stay */
    static OfferedSnapshots of(
            Transaction tx, UUID volume, Offer offer, Optional<Kinship> kinship, boolean withSnapshots) {
        List<SnapshotRow> present = tx.snapshots().list(volume).stream()
                .filter(row -> row.state() == RowState.READY)
                .toList();
        List<SnapshotRow> extra = withSnapshots
                ? present.stream()
                        .filter(row -> offer.snapshots().stream().noneMatch(each -> isSame(each, row)))
                        .toList()
                : List.of();
        List<String> missing = withSnapshots
                ? offer.snapshots().stream()
                        .filter(each -> present.stream().noneMatch(row -> isSame(each, row)))
                        .map(MovingSnapshot::name)
                        .toList()
                : List.of();
        Optional<Base> base = kinship.flatMap(kin -> base(tx, kin.relatives(), present, missing));
        return new OfferedSnapshots(extra, missing, base);
    }

    private static boolean isSame(MovingSnapshot offered, SnapshotRow row) {
        @Nullable Instant created = offered.createdAt();
        return offered.name().equals(row.name())
                && (created == null
                        || created.truncatedTo(ChronoUnit.SECONDS)
                                .equals(row.createdAt().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Of those before the first missing one, if there are any: the nearer, the less differs. */
    private static Optional<Base> base(
            Transaction tx, List<Relative> relatives, List<SnapshotRow> present, List<String> missing) {
        Optional<Base> youngest = Optional.empty();
        for (Relative relative : relatives) {
            if (youngest.isPresent() && missing.contains(relative.name())) {
                break;
            }
            Optional<Base> both = present.stream()
                    .filter(row -> tx.lineage().origin(row.id()).equals(relative.origin()))
                    .map(row -> new Base(relative.name(), row))
                    .findFirst();
            youngest = both.isPresent() ? both : youngest;
        }
        return youngest;
    }
}
