package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.work.Pairs.Pair;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The snapshots of a source beside those of a volume that is to be refreshed from it. Two are the same if name and date, in
 * seconds, are (lxd-api.md, section 14). That they have the same content byte for byte is known only of copies.
 *
 * @param extra snapshots of the target that the source hasn't
 * @param missing snapshots of the source that the target hasn't, oldest first
 * @param base the youngest that both have with the same content, byte for byte
 */
record Comparison(List<SnapshotRow> extra, List<SnapshotRow> missing, Optional<Pair> base) {
    /** @param withSnapshots whether the target's are to become the source's; else they stay */
    static Comparison of(Transaction tx, UUID source, UUID target, boolean withSnapshots) {
        List<SnapshotRow> wanted = ready(tx, source);
        List<SnapshotRow> present = ready(tx, target);
        List<SnapshotRow> extra = withSnapshots
                ? present.stream().filter(each -> !isAmong(wanted, each)).toList()
                : List.of();
        List<SnapshotRow> missing = withSnapshots
                ? wanted.stream().filter(each -> !isAmong(present, each)).toList()
                : List.of();
        return new Comparison(extra, missing, base(tx, wanted, present, missing));
    }

    private static List<SnapshotRow> ready(Transaction tx, UUID volume) {
        return tx.snapshots().list(volume).stream()
                .filter(row -> row.state() == RowState.READY)
                .toList();
    }

    private static boolean isAmong(List<SnapshotRow> others, SnapshotRow one) {
        return others.stream().anyMatch(other -> isSame(one, other));
    }

    private static boolean isSame(SnapshotRow one, SnapshotRow other) {
        return one.name().equals(other.name())
                && one.createdAt()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .equals(other.createdAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Of the source's snapshots before the first missing one, if there are any: the nearer, the less differs. */
    private static Optional<Pair> base(
            Transaction tx, List<SnapshotRow> wanted, List<SnapshotRow> present, List<SnapshotRow> missing) {
        Optional<Pair> youngest = Optional.empty();
        for (SnapshotRow from : wanted) {
            if (!missing.isEmpty()
                    && youngest.isPresent()
                    && !from.createdAt().isBefore(missing.getFirst().createdAt())) {
                break;
            }
            UUID origin = tx.lineage().origin(from.id());
            Optional<Pair> pair = present.stream()
                    .filter(to -> tx.lineage().origin(to.id()).equals(origin))
                    .map(to -> new Pair(from.id(), to.id()))
                    .findFirst();
            youngest = pair.isPresent() ? pair : youngest;
        }
        return youngest;
    }
}
