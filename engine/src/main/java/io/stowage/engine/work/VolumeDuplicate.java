package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.VolumeRef;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.model.ByteSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Copies a volume, or a snapshot of it, into a new volume of the same pool. Snapshots come along one after another, oldest
 * first: each is copied into the new volume, which is then snapshotted; the present content comes last.
 */
final class VolumeDuplicate implements Work<Volume> {
    private static final String PAIR = "snapshot.";

    private final Site site;
    private final Entry entry;
    private final UUID source;
    private final UUID target;

    VolumeDuplicate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.source = entry.uuid("source");
        this.target = entry.uuid("target");
    }

    /**
     * @param snapshot the content to copy; empty: the present one
     * @param pairs snapshots of the source and what they become, oldest first
     * @param bytes size of the copy; 0: the source's
     */
    static VolumeDuplicate of(
            Site site,
            VolumeName name,
            UUID source,
            String snapshot,
            UUID target,
            List<Map.Entry<UUID, UUID>> pairs,
            long bytes) {
        Map<String, String> input = new HashMap<>();
        input.put("source", source.toString());
        input.put("from", snapshot);
        input.put("target", target.toString());
        input.put("bytes", Long.toString(bytes));
        for (int i = 0; i < pairs.size(); i++) {
            input.put(PAIR + i, pairs.get(i).getKey() + " " + pairs.get(i).getValue());
        }
        return new VolumeDuplicate(site, Entry.ofVolume(OperationKind.VOLUME_COPY, name, input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(source), Catalog.lock(target));
    }

    private record Pair(UUID from, UUID to) {}

    private List<Pair> pairs() {
        return Stream.iterate(0, i -> i + 1)
                .takeWhile(i -> entry.input().containsKey(PAIR + i))
                .map(i -> entry.text(PAIR + i).split(" ", 2))
                .map(ids -> new Pair(UUID.fromString(ids[0]), UUID.fromString(ids[1])))
                .toList();
    }

    @Override
    public void run(Steps steps) {
        VolumeAtHand from = VolumeAtHand.of(site, source);
        VolumeAtHand to = VolumeAtHand.of(site, target);
        List<Pair> pairs = pairs();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String part = "snapshot " + (i + 1) + " of " + pairs.size();
            boolean first = i == 0;
            steps.progress(part);
            steps.once("copy a snapshot", () -> {
                copy(Catalog.ref(from.row(), pair.from()), to, first, percent -> steps.progress(part, percent));
                site.recovery()
                        .make(pair.to(), record -> to.array().createSnapshot(Catalog.ref(to.row(), pair.to()), record));
            });
        }
        steps.once("copy the content", () -> copyContent(from, to, steps));
        if (to.hasFiles()) {
            steps.once(
                    "give the file system an identity",
                    () -> to.withDevice(device -> site.files().renewIdentity(device, to.fileSystem())));
        }
        ByteSize wanted = new ByteSize(Long.parseLong(entry.text("bytes")));
        if (wanted.bytes()
                > site.database().read(tx -> Catalog.volume(tx, target)).size()) {
            new Resizing(site, to).grow(wanted, steps);
        }
    }

    private void copyContent(VolumeAtHand from, VolumeAtHand to, Steps steps) {
        String snapshot = entry.text("from");
        boolean first = pairs().isEmpty();
        Progress progress = percent -> steps.progress("content", percent);
        if (!snapshot.isEmpty()) {
            copy(Catalog.ref(from.row(), UUID.fromString(snapshot)), to, first, progress);
        } else if (first) {
            make(to, record -> from.atRest(() -> to.array().copy(volume(from), to.onArray(), record, progress)));
        } else {
            from.atRest(() -> {
                to.array().overwrite(volume(from), to.onArray(), progress);
                return target;
            });
        }
        to.noteSize(size(from, snapshot));
    }

    private static VolumeRef volume(VolumeAtHand at) {
        return new VolumeRef(at.onArray());
    }

    /** The first copy makes the volume; the others know that it is there. */
    private void copy(ArrayObject content, VolumeAtHand to, boolean first, Progress progress) {
        if (first) {
            make(to, record -> to.array().copy(content, to.onArray(), record, progress));
        } else {
            to.array().overwrite(content, to.onArray(), progress);
        }
    }

    private void make(VolumeAtHand to, Predicate<RecoveryRecord> making) {
        site.recovery().make(to.row().id(), making);
    }

    /** What the copy has: the size of its content, or of a larger snapshot before, where volumes don't shrink. */
    private long size(VolumeAtHand from, String snapshot) {
        List<Long> before = from.pool().capabilities().shrinks()
                ? List.of()
                : pairs().stream().map(pair -> size(pair.from())).toList();
        long content = snapshot.isEmpty() ? from.row().size() : size(UUID.fromString(snapshot));
        return before.stream().reduce(content, Math::max);
    }

    private long size(UUID snapshot) {
        return site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    @Override
    public Volume done(Transaction tx) {
        for (SnapshotRow snapshot : tx.snapshots().everything(target)) {
            tx.snapshots().settle(snapshot.id(), RowState.READY);
        }
        tx.volumes().settle(target, RowState.READY);
        return Catalog.show(tx, Catalog.volume(tx, target));
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(target, RowState.DELETING);
    }

    @Override
    public void undo() {
        VolumeAtHand to = VolumeAtHand.of(site, target);
        site.links().drop(to.pool(), to.onArray());
        to.array().deleteVolume(to.onArray());
    }

    @Override
    public void undone(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, target));
    }

    @Override
    public boolean mayCancel() {
        return true;
    }
}
