package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.engine.OperationKind;
import io.stowage.engine.PendingSize;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.work.Pairs.Pair;
import io.stowage.engine.work.Passage.Known;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Copies a volume, or a snapshot of it, into a new volume. Snapshots come along one after another, oldest first: each is
 * brought into the new volume, which is then snapshotted; the present content comes last. A move is the same, and then the
 * source goes.
 */
final class VolumeDuplicate implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID source;
    private final UUID target;
    private final boolean moves;
    private final Way way;
    private Map<String, String> metadata = Map.of();

    VolumeDuplicate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.source = entry.uuid("source");
        this.target = entry.uuid("target");
        this.moves = entry.kind() == OperationKind.VOLUME_MOVE;
        this.way = Way.read(entry);
    }

    /**
     * @param kind a copy or a move
     * @param snapshot the content to copy; empty: the present one
     * @param from size of that content now
     * @param pairs snapshots of the source and what they become, oldest first
     * @param bytes size of the copy; 0: the source's
     */
    static VolumeDuplicate of(
            Site site,
            OperationKind kind,
            VolumeName name,
            Way way,
            UUID source,
            String snapshot,
            long from,
            UUID target,
            List<Pair> pairs,
            long bytes) {
        Map<String, String> input = new HashMap<>();
        input.put("source", source.toString());
        input.put("from", snapshot);
        input.put("was", Long.toString(from));
        input.put("target", target.toString());
        input.put("bytes", Long.toString(bytes));
        input.putAll(PendingSize.of(target, bytes));
        way.write(input);
        input.put("moment", UUID.randomUUID().toString());
        Pairs.write(pairs, input);
        return new VolumeDuplicate(site, Entry.ofVolume(kind, name, input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(source), Catalog.lock(target));
    }

    private Passage passage() {
        return new Passage(site, VolumeAtHand.of(site, source), VolumeAtHand.of(site, target), way);
    }

    @Override
    public void run(Steps steps) {
        followSource();
        VolumeAtHand to = VolumeAtHand.of(site, target);
        Passage passage = passage();
        if (way == Way.ARRAY) {
            byTheArray(VolumeAtHand.of(site, source), to, passage, steps);
        } else {
            throughThisHost(to, passage, steps);
        }
        metadata = passage.metadata();
        if (to.hasFiles() && way != Way.FILES) {
            steps.once(
                    "give the file system an identity",
                    () -> to.withDevice(device -> site.files().renewIdentity(device, to.fileSystem())));
        }
        fill(to, steps);
        if (moves || holdsMoment()) {
            steps.finish("let go of the source", () -> {
                if (holdsMoment()) {
                    passage.letGo(moment());
                }
                if (moves) {
                    deleteSource();
                }
            });
        }
    }

    /** What was accepted before this may have given the source another size than the one that was looked at. */
    private void followSource() {
        if (way == Way.FILES) {
            return;
        }
        long present = contentBytes();
        if (present == Long.parseLong(entry.text("was"))) {
            return;
        }
        VolumeAtHand to = VolumeAtHand.of(site, target);
        ByteSize content = to.pool().capabilities().round(new ByteSize(present));
        long bytes = way == Way.ARRAY
                ? Math.max(Long.parseLong(entry.text("bytes")), sizeInOneArray(to))
                : Math.max(to.row().size(), content.bytes());
        Map<String, String> config = new HashMap<>(to.config());
        config.computeIfPresent(VolumeKeys.SIZE, (_, _) -> new ByteSize(bytes).toString());
        site.database().write(tx -> {
            tx.volumes().resize(target, bytes);
            tx.volumeConfig().replace(target, config);
            if (way == Way.BLOCKS) {
                Pairs.read(entry).forEach(pair -> tx.snapshots().resize(pair.to(), bytes));
            }
            return target;
        });
    }

    /** Lets the copy be as large as was asked for, and its file system as large as the copy. */
    private void fill(VolumeAtHand to, Steps steps) {
        long wanted = Long.parseLong(entry.text("bytes"));
        // Not by the size that the row has now: after a restart that may be the one that is to be reached here.
        if (way == Way.ARRAY && wanted > sizeInOneArray(to)) {
            new Resizing(site, to).grow(new ByteSize(wanted), steps);
            to.noteSize(wanted);
        } else if (way == Way.BLOCKS && to.hasFiles() && to.row().size() > contentBytes()) {
            steps.once(
                    "let the file system be as large as the volume",
                    () -> new Resizing(site, to)
                            .fillDevice(new ByteSize(to.row().size())));
        }
    }

    private void byTheArray(VolumeAtHand from, VolumeAtHand to, Passage passage, Steps steps) {
        List<Pair> pairs = Pairs.read(entry);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String part = part(i, pairs);
            boolean first = i == 0;
            steps.progress(part);
            steps.once("copy a snapshot", () -> {
                copy(passage, passage.snapshot(pair.from()), to, first, percent -> steps.progress(part, percent));
                snapshot(to, pair);
            });
        }
        boolean first = pairs.isEmpty();
        Progress progress = percent -> steps.progress("content", percent);
        steps.once("copy the content", () -> {
            if (entry.text("from").isEmpty()) {
                from.atRest(() -> {
                    copy(passage, passage.present(), to, first, progress);
                    return target;
                });
            } else {
                copy(passage, passage.snapshot(entry.uuid("from")), to, first, progress);
            }
            to.noteSize(sizeInOneArray(to));
        });
    }

    private static String part(int index, List<Pair> pairs) {
        return "snapshot " + (index + 1) + " of " + pairs.size();
    }

    /** The first copy makes the volume; the others know that it is there. */
    private void copy(Passage passage, ArrayObject content, VolumeAtHand to, boolean first, Progress progress) {
        if (first) {
            make(to, record -> passage.make(content, record, progress));
        } else {
            passage.overwrite(content, progress);
        }
    }

    private void make(VolumeAtHand to, Predicate<RecoveryRecord> making) {
        site.recovery().make(to.row().id(), making);
    }

    private void snapshot(VolumeAtHand to, Pair pair) {
        site.recovery().make(pair.to(), record -> to.array().createSnapshot(Catalog.ref(to.row(), pair.to()), record));
    }

    /** The size of the content, or of a larger snapshot before, where volumes don't shrink. */
    private long sizeInOneArray(VolumeAtHand to) {
        List<Long> before = to.pool().capabilities().shrinks()
                ? List.of()
                : Pairs.read(entry).stream()
                        .map(pair -> sizeOfSnapshot(pair.from()))
                        .toList();
        return before.stream().reduce(contentBytes(), Math::max);
    }

    private long contentBytes() {
        return entry.text("from").isEmpty()
                ? site.database().read(tx -> Catalog.volume(tx, source)).size()
                : sizeOfSnapshot(entry.uuid("from"));
    }

    private long sizeOfSnapshot(UUID snapshot) {
        return site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    private void throughThisHost(VolumeAtHand to, Passage passage, Steps steps) {
        steps.once(
                "make the volume on its array",
                () -> make(
                        to,
                        record -> to.array()
                                .createVolume(
                                        to.onArray(), new ByteSize(to.row().size()), record)));
        if (holdsMoment()) {
            steps.once("hold the source's content", () -> passage.hold(moment()));
        }
        List<Pair> pairs = Pairs.read(entry);
        Known known = new Known.Blank();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String part = part(i, pairs);
            Known before = known;
            long bytes = sizeOfSnapshot(pair.from());
            steps.progress(part);
            steps.once("bring over a snapshot", () -> {
                passage.carry(
                        pair.from(),
                        pair.to(),
                        bytes,
                        before,
                        (done, total) -> steps.progress(passage.stage(), part, done, total));
                snapshot(to, pair);
            });
            known = new Known.Equal(pair.from(), bytes);
        }
        Known last = known;
        steps.once(
                "bring over the content",
                () -> passage.carry(
                        content(),
                        moment(),
                        contentBytes(),
                        last,
                        (done, total) -> steps.progress(passage.stage(), "content", done, total)));
    }

    /** Whether there is a snapshot of the source that is only made to be read here. */
    private boolean holdsMoment() {
        return way != Way.ARRAY && entry.text("from").isEmpty();
    }

    /** The snapshot that has what the copy is to have in the end. */
    private UUID content() {
        return holdsMoment() ? moment() : entry.uuid("from");
    }

    private UUID moment() {
        return entry.uuid("moment");
    }

    private void deleteSource() {
        VolumeAtHand from = VolumeAtHand.of(site, source);
        List<SnapshotRow> snapshots = site.database().write(tx -> {
            // From here on it is the copy that people see.
            tx.volumes().settle(source, RowState.DELETING);
            settle(tx);
            return tx.snapshots().everything(source);
        });
        for (SnapshotRow snapshot : snapshots) {
            site.layout().removeMount(from.name(), snapshot.name());
        }
        site.links().dropIfConnected(from.pool(), from.onArray());
        from.array().deleteVolume(from.onArray());
        site.layout().removeMount(from.name(), null);
    }

    private void settle(Transaction tx) {
        for (SnapshotRow snapshot : tx.snapshots().everything(target)) {
            tx.snapshots().settle(snapshot.id(), RowState.READY);
        }
        tx.volumes().settle(target, RowState.READY);
    }

    @Override
    public Volume done(Transaction tx) {
        settle(tx);
        if (moves) {
            VolumeRow old = Catalog.volume(tx, source);
            site.moves().moved(tx, Catalog.name(tx, old), Catalog.name(tx, Catalog.volume(tx, target)));
            VolumeCreate.forget(tx, old);
        }
        return Catalog.show(tx, Catalog.volume(tx, target));
    }

    @Override
    public Map<String, String> metadata(Volume result) {
        return metadata;
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(target, RowState.DELETING);
    }

    @Override
    public void undo() {
        VolumeAtHand to = VolumeAtHand.of(site, target);
        if (way != Way.ARRAY) {
            Passage passage = passage();
            Pairs.read(entry).forEach(pair -> passage.clear(pair.from(), pair.to()));
            passage.clear(content(), moment());
            if (holdsMoment()) {
                passage.letGo(moment());
            }
        }
        site.links().drop(to.pool(), to.onArray());
        to.array().deleteVolume(to.onArray());
    }

    @Override
    public void undone(Transaction tx) {
        VolumeRow row = Catalog.volume(tx, target);
        VolumeCreate.forget(tx, row);
        if (moves) {
            tx.volumes().settle(source, RowState.READY);
        }
    }

    @Override
    public boolean mayCancel() {
        return true;
    }
}
