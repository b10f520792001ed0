package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills the volume of a row that says {@code CREATING} with what another server gives: each snapshot's content goes into the
 * volume, which is then snapshotted, oldest first; the present content comes last. The other server hears that all is well
 * when the database has it. Cut short by a restart it is taken back: the connection is gone.
 */
final class VolumeReceive implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final boolean withSnapshots;
    private final @Nullable SourcePeer peer;
    private Map<String, String> metadata = Map.of();

    /** After a restart: only to be taken back. */
    VolumeReceive(Site site, Entry entry) {
        this(site, entry, true, null);
    }

    private VolumeReceive(Site site, Entry entry, boolean withSnapshots, @Nullable SourcePeer peer) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.withSnapshots = withSnapshots;
        this.peer = peer;
    }

    static VolumeReceive of(Site site, VolumeReceiving request, UUID id) {
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_RECEIVE, request.name(), Map.of("id", id.toString()));
        return new VolumeReceive(site, entry, request.withSnapshots(), request.peer());
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    @Override
    public void run(Steps steps) {
        if (peer == null) {
            throw new IllegalStateException("A connection doesn't survive a restart");
        }
        try {
            run(peer, steps);
        } catch (RuntimeException e) {
            RuntimeException known = peer.explain(e);
            peer.fail(String.valueOf(Failures.of(known).getMessage()));
            throw known;
        } catch (Error e) {
            peer.close();
            throw e;
        }
    }

    private void run(SourcePeer from, Steps steps) {
        from.heed(steps::heed);
        Offer offer = from.offer();
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        Terms terms = new Terms(volume, offer);
        List<String> wanted = withSnapshots
                ? offer.snapshots().stream().map(MovingSnapshot::name).toList()
                : List.of();
        Terms.check(offer.snapshots());
        Answer answer = new Answer(volume.hasFiles(), false, wanted, true, terms.way(Optional.empty()));
        List<MovingSnapshot> coming = from.accept(answer);
        long bytes = Math.max(volume.row().size(), terms.room(wanted));
        List<SnapshotRow> rows = terms.rows(coming, bytes, site.clock().instant());
        steps.remember(Map.of(), tx -> {
            tx.volumes().resize(id, bytes);
            terms.insert(tx, rows, coming);
        });
        steps.once(
                "make the volume on the array", () -> VolumeAtHand.of(site, id).create());
        if (volume.hasFiles() && answer.way() instanceof Answer.Way.Plain) {
            steps.once(
                    "make its file system",
                    () -> volume.withDevice(device -> site.files().make(device, volume.fileSystem())));
        }
        ReceivedContent content = new ReceivedContent(site, id, from, answer, steps);
        for (int i = 0; i < rows.size(); i++) {
            SnapshotRow row = rows.get(i);
            String part = "snapshot " + (i + 1) + " of " + rows.size();
            steps.once("receive a snapshot", () -> {
                content.receive(part);
                site.recovery()
                        .make(
                                row.id(),
                                record -> volume.array().createSnapshot(Catalog.ref(volume.row(), row.id()), record));
            });
        }
        steps.once("receive the content", () -> content.receive("content"));
        if (volume.hasFiles() && answer.way() instanceof Answer.Way.Blocks) {
            steps.once(
                    "let the file system be one of its own, and fill the volume",
                    () -> content.own(new ByteSize(bytes)));
        }
        metadata = content.metadata();
    }

    @Override
    public Volume done(Transaction tx) {
        for (SnapshotRow snapshot : tx.snapshots().everything(id)) {
            tx.snapshots().settle(snapshot.id(), RowState.READY);
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
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        if (peer != null) {
            peer.close();
        }
        Scratch.leave(site, id);
        VolumeCreate.takeBack(site, id);
    }

    @Override
    public void undone(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, id));
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    @Override
    public boolean survivesRestart() {
        return false;
    }
}
