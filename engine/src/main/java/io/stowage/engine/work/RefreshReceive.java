package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.PendingSize;
import io.stowage.engine.Projects;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.model.ByteSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a volume, which nothing attaches, what another server's is now. It stays the same volume, with its config. Until the
 * new content is there in full, a snapshot that only this work knows holds what was there before, and a restart puts that
 * back; afterwards a restart goes on, and takes away what the source doesn't have.
 */
final class RefreshReceive implements Work<Volume> {
    private static final String NEW = "new";
    private static final String EXTRA = "extra";
    private static final String GROWN = "grown";
    private static final String ARRIVED = "arrived";

    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final boolean withSnapshots;
    private final Conversation<SourcePeer> conversation;
    private Overwriting overwriting;
    /** Bytes that it has to grow to; 0 when it needn't. */
    private long grown;

    private Map<String, String> metadata = Map.of();

    /** After a restart: to be taken back, or to be finished if everything has arrived. */
    RefreshReceive(Site site, Entry entry) {
        this(site, entry, true, Conversation.over());
    }

    private RefreshReceive(Site site, Entry entry, boolean withSnapshots, Conversation<SourcePeer> conversation) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.withSnapshots = withSnapshots;
        this.conversation = conversation;
        this.overwriting = overwriting(ids(NEW), ids(EXTRA));
        this.grown = Long.parseLong(entry.input().getOrDefault(GROWN, "0"));
    }

    static RefreshReceive of(Site site, VolumeReceiving request, UUID id) {
        Conversation<SourcePeer> conversation = Conversation.with(request.peer());
        Map<String, String> input = new HashMap<>(conversation.input());
        input.put("id", id.toString());
        input.put("safety", UUID.randomUUID().toString());
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_RECEIVE_REFRESH, request.name(), input);
        return new RefreshReceive(site, entry, request.withSnapshots(), conversation);
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

    @Override
    public Map<String, String> announcement() {
        return Conversation.announcement(entry);
    }

    private Overwriting overwriting(List<UUID> coming, List<UUID> extra) {
        return new Overwriting(site, id, entry.uuid("safety"), coming, extra);
    }

    @Override
    public void run(Steps steps) {
        if (!survivesRestart()) {
            conversation.hold(steps, peer -> receive(peer, steps));
        }
        steps.finish("let go of what is no more", overwriting::letGo);
    }

    private void receive(SourcePeer from, Steps steps) {
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
                to.pool().compresses(),
                terms.way(compared.base().map(OfferedSnapshots.Base::name)));
        List<MovingSnapshot> snapshots = from.accept(answer);
        long bytes = Stream.of(
                        to.row().size(),
                        terms.room(compared.missing()),
                        compared.base().map(base -> base.row().size()).orElse(0L))
                .reduce(0L, Math::max);
        List<SnapshotRow> rows = terms.rows(snapshots, bytes, site.clock().instant());
        grown = bytes > to.row().size() ? bytes : 0;
        plan(steps, terms, compared, snapshots, rows, bytes);
        steps.once("keep what is there", overwriting::keep);
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
            long bytes) {
        List<UUID> arriving = rows.stream().map(SnapshotRow::id).toList();
        List<UUID> leaving = compared.extra().stream().map(SnapshotRow::id).toList();
        Map<String, String> plan = new HashMap<>(PendingSize.of(id, bytes));
        plan.putAll(Map.of(NEW, text(arriving), EXTRA, text(leaving), GROWN, Long.toString(grown)));
        steps.remember(plan, tx -> {
            for (SnapshotRow snapshot : compared.extra()) {
                SnapshotDelete.refuseNeeded(tx, snapshot);
                tx.snapshots().settle(snapshot.id(), RowState.DELETING);
            }
            VolumeRow row = Catalog.volume(tx, id);
            Projects.requireWithinLimits(tx, row, bytes);
            terms.insert(tx, rows, snapshots);
        });
        overwriting = overwriting(arriving, leaving);
    }

    @Override
    public Volume done(Transaction tx) {
        return overwriting.done(tx, grown);
    }

    @Override
    public Map<String, String> metadata(Volume result) {
        return metadata;
    }

    @Override
    public void after() {
        conversation.end(SourcePeer::done);
        site.recovery().write(id);
    }

    @Override
    public void failing(Transaction tx) {
        overwriting.failing(tx);
    }

    @Override
    public void undo() {
        conversation.close();
        Scratch.leave(site, id);
        overwriting.undo();
    }

    @Override
    public void undone(Transaction tx) {
        overwriting.undone(tx);
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
