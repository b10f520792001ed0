package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.SnapshotRef;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Projects;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a volume, which nothing attaches, what another server's is now. It stays the same volume, with its config. Until the
 * new content is there in full, a snapshot that only this work knows holds what was there before, and a restart puts that
 * back; afterwards a restart goes on, and takes away what the source doesn't have.
 */
final class RefreshReceive implements Work<Volume> {
    private static final String NEW = "new";
    private static final String EXTRA = "extra";
    private static final String ARRIVED = "arrived";

    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final boolean withSnapshots;
    private final @Nullable SourcePeer peer;
    private List<UUID> coming;
    private List<UUID> extra;
    private Map<String, String> metadata = Map.of();

    /** After a restart: to be taken back, or to be finished if everything has arrived. */
    RefreshReceive(Site site, Entry entry) {
        this(site, entry, true, null);
    }

    private RefreshReceive(Site site, Entry entry, boolean withSnapshots, @Nullable SourcePeer peer) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.withSnapshots = withSnapshots;
        this.peer = peer;
        this.coming = ids(NEW);
        this.extra = ids(EXTRA);
    }

    static RefreshReceive of(Site site, VolumeReceiving request, UUID id) {
        Map<String, String> input =
                Map.of("id", id.toString(), "safety", UUID.randomUUID().toString());
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_RECEIVE_REFRESH, request.name(), input);
        return new RefreshReceive(site, entry, request.withSnapshots(), request.peer());
    }

    private List<UUID> ids(String key) {
        return Stream.of(entry.input().getOrDefault(key, "").split(" "))
                .filter(text -> !text.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    private static String text(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    private SnapshotRef safety(VolumeAtHand to) {
        return Catalog.ref(to.row(), entry.uuid("safety"));
    }

    @Override
    public void run(Steps steps) {
        if (!survivesRestart()) {
            receive(steps);
        }
        steps.finish("let go of what is no more", () -> {
            VolumeAtHand to = VolumeAtHand.of(site, id);
            for (UUID snapshot : extra) {
                to.array().deleteSnapshot(Catalog.ref(to.row(), snapshot));
            }
            to.array().deleteSnapshot(safety(to));
        });
    }

    private void receive(Steps steps) {
        if (peer == null) {
            throw new IllegalStateException("A connection doesn't survive a restart");
        }
        try {
            receive(peer, steps);
        } catch (RuntimeException e) {
            RuntimeException known = peer.explain(e);
            peer.fail(String.valueOf(Failures.of(known).getMessage()));
            throw known;
        } catch (Error e) {
            peer.close();
            throw e;
        }
    }

    private void receive(SourcePeer from, Steps steps) {
        from.heed(steps::heed);
        Offer offer = from.offer();
        Terms.check(offer.snapshots());
        VolumeAtHand to = VolumeAtHand.of(site, id);
        Terms terms = new Terms(to, offer);
        OfferedSnapshots compared =
                site.database().read(tx -> OfferedSnapshots.of(tx, id, offer, terms.kinship(), withSnapshots));
        Answer answer = new Answer(
                to.hasFiles(),
                true,
                compared.missing(),
                true,
                terms.way(compared.base().map(OfferedSnapshots.Base::name)));
        List<MovingSnapshot> snapshots = from.accept(answer);
        long bytes = Stream.of(
                        to.row().size(),
                        terms.room(compared.missing()),
                        compared.base().map(base -> base.row().size()).orElse(0L))
                .reduce(0L, Math::max);
        List<SnapshotRow> rows = terms.rows(snapshots, bytes, site.clock().instant());
        plan(steps, terms, compared, snapshots, rows, bytes - to.row().size());
        steps.once("keep what is there", () -> to.array().createSnapshot(safety(to), Passage.passing(site, to)));
        compared.base()
                .ifPresent(base -> steps.once(
                        "go back to what both have",
                        () -> to.array()
                                .restore(
                                        Catalog.ref(to.row(), base.row().id()),
                                        percent -> steps.progress("going back", percent))));
        steps.once("make room", () -> {
            to.array().resizeVolume(to.onArray(), new ByteSize(bytes), false);
            to.noteSize(bytes);
        });
        ReceivedContent content = new ReceivedContent(site, id, from, answer, steps);
        for (int i = 0; i < rows.size(); i++) {
            SnapshotRow row = rows.get(i);
            String part = "snapshot " + (i + 1) + " of " + rows.size();
            steps.once("receive a snapshot", () -> {
                content.receive(part);
                site.recovery()
                        .make(row.id(), record -> to.array().createSnapshot(Catalog.ref(to.row(), row.id()), record));
            });
        }
        steps.once("receive the content", () -> content.receive("content"));
        if (to.hasFiles() && answer.way() instanceof Answer.Way.Blocks) {
            steps.once(
                    "let the file system be one of its own, and fill the volume",
                    () -> content.own(new ByteSize(bytes)));
        }
        metadata = content.metadata();
        steps.remember(Map.of(ARRIVED, "true"), tx -> {});
    }

    /** Writes down what will come and what will go. */
    private void plan(
            Steps steps,
            Terms terms,
            OfferedSnapshots compared,
            List<MovingSnapshot> snapshots,
            List<SnapshotRow> rows,
            long more) {
        List<UUID> arriving = rows.stream().map(SnapshotRow::id).toList();
        List<UUID> leaving = compared.extra().stream().map(SnapshotRow::id).toList();
        steps.remember(Map.of(NEW, text(arriving), EXTRA, text(leaving)), tx -> {
            for (SnapshotRow snapshot : compared.extra()) {
                SnapshotDelete.refuseNeeded(tx, snapshot);
                tx.snapshots().settle(snapshot.id(), RowState.DELETING);
            }
            VolumeRow row = Catalog.volume(tx, id);
            Projects.requireWithinLimits(tx, row.project(), row.pool(), more);
            terms.insert(tx, rows, snapshots);
        });
        coming = arriving;
        extra = leaving;
    }

    @Override
    public Volume done(Transaction tx) {
        for (UUID snapshot : extra) {
            tx.recovery().forget(snapshot);
            tx.snapshots().delete(snapshot);
        }
        for (UUID snapshot : coming) {
            tx.snapshots().settle(snapshot, RowState.READY);
        }
        VolumeRow row = Catalog.volume(tx, id);
        Map<String, String> config = new HashMap<>(tx.volumeConfig().get(id));
        String size = config.getOrDefault(VolumeKeys.SIZE, "");
        if (!size.isEmpty() && ByteSize.parse(size).bytes() < row.size()) {
            // The source has outgrown it.
            config.put(VolumeKeys.SIZE, new ByteSize(row.size()).toString());
            tx.volumeConfig().replace(id, config);
            Recovery.touch(tx, row);
        }
        tx.volumes().settle(id, RowState.READY);
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public Map<String, String> metadata(Volume result) {
        return metadata;
    }

    @Override
    public void after() {
        if (peer != null) {
            try (peer) {
                peer.done();
            }
        }
        site.recovery().write(id);
    }

    @Override
    public void failing(Transaction tx) {
        for (UUID snapshot : coming) {
            tx.snapshots().settle(snapshot, RowState.DELETING);
        }
        for (UUID snapshot : extra) {
            tx.snapshots().settle(snapshot, RowState.READY);
        }
    }

    @Override
    public void undo() {
        if (peer != null) {
            peer.close();
        }
        VolumeAtHand to = VolumeAtHand.of(site, id);
        Scratch.leave(site, id);
        site.links().drop(to.pool(), to.onArray());
        if (to.array().findSnapshot(safety(to)).isPresent()) {
            to.array().restore(safety(to), percent -> {});
            long size = to.array()
                    .findVolume(to.onArray())
                    .map(ArrayVolume::size)
                    .orElse(new ByteSize(to.row().size()))
                    .bytes();
            to.noteSize(size);
        }
        for (UUID snapshot : coming) {
            to.array().deleteSnapshot(Catalog.ref(to.row(), snapshot));
        }
        to.array().deleteSnapshot(safety(to));
    }

    @Override
    public void undone(Transaction tx) {
        for (UUID snapshot : coming) {
            tx.recovery().forget(snapshot);
            tx.snapshots().delete(snapshot);
        }
        tx.volumes().settle(id, RowState.READY);
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    @Override
    public boolean survivesRestart() {
        return entry.input().containsKey(ARRIVED);
    }
}
