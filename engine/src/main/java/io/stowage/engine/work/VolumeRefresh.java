package io.stowage.engine.work;

import io.stowage.database.Transaction;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes a volume, which nothing attaches, what its source is now. It stays the same volume, with its config. Until the new
 * content is there in full, a snapshot that only this work knows holds what was there before; snapshots that the source
 * doesn't have go last.
 */
final class VolumeRefresh implements Work<Volume> {
    private static final String EXTRA = "extra.";

    private final Site site;
    private final Entry entry;
    private final UUID source;
    private final UUID target;
    private final Way way;
    private Map<String, String> metadata = Map.of();

    VolumeRefresh(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.source = entry.uuid("source");
        this.target = entry.uuid("target");
        this.way = Way.read(entry);
    }

    /**
     * @param snapshot the content to copy; empty: the present one
     * @param comparison what is to become of the snapshots
     * @param bytes size that the target has in the end
     */
    static VolumeRefresh of(
            Site site,
            VolumeName name,
            Way way,
            UUID source,
            String snapshot,
            UUID target,
            Comparison comparison,
            List<Pair> missing,
            long bytes) {
        Map<String, String> input = new HashMap<>();
        input.put("source", source.toString());
        input.put("from", snapshot);
        input.put("target", target.toString());
        input.put("bytes", Long.toString(bytes));
        input.putAll(PendingSize.of(target, bytes));
        way.write(input);
        input.put("moment", UUID.randomUUID().toString());
        input.put("safety", UUID.randomUUID().toString());
        comparison.base().ifPresent(base -> input.put("base", base.from() + " " + base.to()));
        for (int i = 0; i < comparison.extra().size(); i++) {
            input.put(EXTRA + i, comparison.extra().get(i).id().toString());
        }
        Pairs.write(missing, input);
        return new VolumeRefresh(site, Entry.ofVolume(OperationKind.VOLUME_REFRESH, name, input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(source), Catalog.lock(target));
    }

    private List<UUID> extra() {
        return Stream.iterate(0, i -> i + 1)
                .takeWhile(i -> entry.input().containsKey(EXTRA + i))
                .map(i -> entry.uuid(EXTRA + i))
                .toList();
    }

    private Optional<Pair> base() {
        return Optional.ofNullable(entry.input().get("base"))
                .map(text -> text.split(" ", 2))
                .map(ids -> new Pair(UUID.fromString(ids[0]), UUID.fromString(ids[1])));
    }

    private boolean holdsMoment() {
        return way != Way.ARRAY && entry.text("from").isEmpty();
    }

    /** The snapshot that has what the volume is to have in the end. */
    private UUID content() {
        return holdsMoment() ? moment() : entry.uuid("from");
    }

    private UUID moment() {
        return entry.uuid("moment");
    }

    /** Both may have grown since this was asked for. */
    private long bytes(VolumeAtHand to) {
        long now = site.database().read(tx -> Catalog.volume(tx, target)).size();
        long room = Math.max(Long.parseLong(entry.text("bytes")), now);
        return way == Way.FILES
                ? room
                : Math.max(
                        room,
                        to.pool()
                                .capabilities()
                                .round(new ByteSize(contentBytes()))
                                .bytes());
    }

    private Overwriting overwriting() {
        return new Overwriting(
                site,
                target,
                entry.uuid("safety"),
                Pairs.read(entry).stream().map(Pair::to).toList(),
                extra());
    }

    private Passage passage() {
        return new Passage(site, VolumeAtHand.of(site, source), VolumeAtHand.of(site, target), way);
    }

    @Override
    public void run(Steps steps) {
        VolumeAtHand to = VolumeAtHand.of(site, target);
        Passage passage = passage();
        steps.once("keep what is there", overwriting()::keep);
        if (way == Way.ARRAY) {
            byTheArray(to, passage, steps);
        } else {
            throughThisHost(to, passage, steps);
        }
        metadata = passage.metadata();
        long bytes = bytes(to);
        steps.once("give the volume its size", () -> {
            to.array().resizeVolume(to.onArray(), new ByteSize(bytes), false);
            to.noteSize(bytes);
        });
        if (to.hasFiles() && way != Way.FILES) {
            steps.once(
                    "give the file system an identity",
                    () -> to.withDevice(device -> site.files().renewIdentity(device, to.fileSystem())));
            if (bytes > contentBytes()) {
                steps.once(
                        "let the file system be as large as the volume",
                        () -> new Resizing(site, to).fillDevice(new ByteSize(bytes)));
            }
        }
        steps.finish("let go of what is no more", () -> {
            overwriting().letGo();
            if (holdsMoment()) {
                passage.letGo(moment());
            }
        });
    }

    private void byTheArray(VolumeAtHand to, Passage passage, Steps steps) {
        List<Pair> pairs = Pairs.read(entry);
        boolean shrinks = to.pool().capabilities().shrinks();
        long before = to.row().size();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String part = part(i, pairs);
            long bytes = shrinks ? size(pair.from()) : Math.max(before, size(pair.from()));
            before = bytes;
            steps.progress(part);
            steps.once("copy a snapshot", () -> {
                passage.overwrite(passage.snapshot(pair.from()), percent -> steps.progress(part, percent));
                snapshot(to, pair);
                noteSize(pair, bytes);
            });
        }
        steps.once("copy the content", () -> {
            if (entry.text("from").isEmpty()) {
                VolumeAtHand.of(site, source).atRest(() -> {
                    passage.overwrite(passage.present(), percent -> steps.progress("content", percent));
                    return target;
                });
            } else {
                passage.overwrite(passage.snapshot(entry.uuid("from")), percent -> steps.progress("content", percent));
            }
        });
    }

    private void throughThisHost(VolumeAtHand to, Passage passage, Steps steps) {
        if (holdsMoment()) {
            steps.once("hold the source's content", () -> passage.hold(moment()));
        }
        Known known = base().<Known>map(base -> new Known.Equal(base.from(), size(base.from())))
                .orElse(new Known.Nothing());
        // What the files are now is compared anyway.
        base().filter(base -> way == Way.BLOCKS)
                .ifPresent(base -> steps.once(
                        "go back to what both have",
                        () -> to.array()
                                .restore(
                                        Catalog.ref(to.row(), base.to()),
                                        percent -> steps.progress("going back", percent))));
        steps.once("make room", () -> to.array().resizeVolume(to.onArray(), new ByteSize(bytes(to)), false));
        List<Pair> pairs = Pairs.read(entry);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            String part = part(i, pairs);
            Known before = known;
            steps.progress(part);
            steps.once("bring over a snapshot", () -> {
                passage.carry(
                        pair.from(),
                        pair.to(),
                        size(pair.from()),
                        before,
                        (done, total) -> steps.progress(passage.stage(), part, done, total));
                snapshot(to, pair);
            });
            known = new Known.Equal(pair.from(), size(pair.from()));
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

    private static String part(int index, List<Pair> pairs) {
        return "snapshot " + (index + 1) + " of " + pairs.size();
    }

    private void snapshot(VolumeAtHand to, Pair pair) {
        site.recovery().make(pair.to(), record -> to.array().createSnapshot(Catalog.ref(to.row(), pair.to()), record));
    }

    /** What was accepted before this may have given the target another size than the one that was looked at. */
    private void noteSize(Pair pair, long bytes) {
        site.database().write(tx -> {
            tx.snapshots().resize(pair.to(), bytes);
            return pair;
        });
    }

    private long contentBytes() {
        return site.database().read(this::contentBytes);
    }

    private long contentBytes(Transaction tx) {
        return entry.text("from").isEmpty()
                ? Catalog.volume(tx, source).size()
                : Catalog.snapshot(tx, entry.uuid("from")).size();
    }

    private long size(UUID snapshot) {
        return site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    @Override
    public Volume done(Transaction tx) {
        if (way != Way.ARRAY) {
            // Each was made of a volume of this size.
            long size = Catalog.volume(tx, target).size();
            Pairs.read(entry).forEach(pair -> tx.snapshots().resize(pair.to(), size));
        }
        return overwriting().done(tx, way == Way.FILES ? 0 : contentBytes(tx));
    }

    @Override
    public Map<String, String> metadata(Volume result) {
        return metadata;
    }

    @Override
    public void after() {
        site.recovery().write(target);
    }

    @Override
    public void failing(Transaction tx) {
        overwriting().failing(tx);
    }

    @Override
    public void undo() {
        if (way != Way.ARRAY) {
            Passage passage = passage();
            Pairs.read(entry).forEach(pair -> passage.clear(pair.from(), pair.to()));
            passage.clear(content(), moment());
            if (holdsMoment()) {
                passage.letGo(moment());
            }
        }
        overwriting().undo();
    }

    @Override
    public void undone(Transaction tx) {
        overwriting().undone(tx);
    }

    @Override
    public boolean mayCancel() {
        return true;
    }
}
