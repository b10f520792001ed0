package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.model.ByteSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Fills a new volume with what another server gives: each snapshot's content goes into the volume, which is then
 * snapshotted, oldest first; the present content comes last. The other server hears that all is well when the database has
 * it.
 */
final class VolumeReceive extends Arrival {
    private final boolean withSnapshots;
    private final Conversation<SourcePeer> conversation;
    private Map<String, String> metadata = Map.of();

    /** After a restart: only to be taken back. */
    VolumeReceive(Site site, Entry entry) {
        this(site, entry, true, Conversation.over());
    }

    private VolumeReceive(Site site, Entry entry, boolean withSnapshots, Conversation<SourcePeer> conversation) {
        super(site, entry);
        this.withSnapshots = withSnapshots;
        this.conversation = conversation;
    }

    static VolumeReceive of(Site site, VolumeReceiving request, UUID id) {
        Conversation<SourcePeer> conversation = Conversation.with(request.peer());
        Map<String, String> input = new HashMap<>(conversation.input());
        input.put("id", id.toString());
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_RECEIVE, request.name(), input);
        return new VolumeReceive(site, entry, request.withSnapshots(), conversation);
    }

    @Override
    public Map<String, String> announcement() {
        return Conversation.announcement(entry());
    }

    @Override
    public void run(Steps steps) {
        conversation.hold(steps, peer -> run(peer, steps));
    }

    private void run(SourcePeer from, Steps steps) {
        Offer offer = from.offer();
        VolumeAtHand volume = VolumeAtHand.of(site(), id());
        Terms terms = new Terms(volume, offer);
        List<String> wanted = withSnapshots
                ? offer.snapshots().stream().map(MovingSnapshot::name).toList()
                : List.of();
        Terms.check(offer.snapshots());
        Answer answer =
                new Answer(volume.hasFiles(), false, wanted, volume.pool().compresses(), terms.way(Optional.empty()));
        List<MovingSnapshot> coming = from.accept(answer);
        long bytes = Math.max(volume.row().size(), terms.room(wanted));
        List<SnapshotRow> rows = terms.rows(coming, bytes, site().clock().instant());
        steps.remember(Map.of(), tx -> {
            tx.volumes().resize(id(), bytes);
            terms.insert(tx, rows, coming);
        });
        steps.once(
                "make the volume on the array",
                () -> VolumeAtHand.of(site(), id()).create());
        if (volume.hasFiles() && answer.way() instanceof Answer.Way.Plain) {
            steps.once(
                    "make its file system",
                    () -> volume.withDevice(device -> site().files().make(device, volume.fileSystem())));
        }
        ReceivedContent content = new ReceivedContent(site(), id(), from, answer, steps);
        for (int i = 0; i < rows.size(); i++) {
            SnapshotRow row = rows.get(i);
            String part = "snapshot " + (i + 1) + " of " + rows.size();
            steps.once("receive a snapshot", () -> {
                content.receive(part);
                site().recovery()
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
    public Map<String, String> metadata(Volume result) {
        return metadata;
    }

    @Override
    public void after() {
        conversation.end(SourcePeer::done);
        site().recovery().write(id());
    }

    @Override
    public void undo() {
        conversation.close();
        super.undo();
    }
}
