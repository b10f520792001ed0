package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.TargetPeer;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a copy of a volume, or of a snapshot of it, to another server: the snapshots that it wants, oldest first, and then the
 * content of this moment, which a snapshot holds that only this work knows. Cut short by a restart it is taken back: the
 * connection is gone.
 */
final class VolumeSend implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final Conversation<TargetPeer> conversation;
    private Map<String, String> metadata = Map.of();

    /** After a restart: only to be taken back. */
    VolumeSend(Site site, Entry entry) {
        this(site, entry, Conversation.over());
    }

    private VolumeSend(Site site, Entry entry, Conversation<TargetPeer> conversation) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.conversation = conversation;
    }

    /** @param snapshots those that come along, oldest first */
    static VolumeSend of(Site site, VolumeName name, UUID volume, List<UUID> snapshots, TargetPeer peer) {
        Conversation<TargetPeer> conversation = Conversation.with(peer);
        Map<String, String> input = new HashMap<>(conversation.input());
        input.put("volume", volume.toString());
        input.put("moment", UUID.randomUUID().toString());
        input.put("snapshots", snapshots.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        return new VolumeSend(site, Entry.ofVolume(OperationKind.VOLUME_SEND, name, input), conversation);
    }

    static VolumeSend ofSnapshot(Site site, SnapshotName name, UUID volume, UUID snapshot, TargetPeer peer) {
        Conversation<TargetPeer> conversation = Conversation.with(peer);
        Map<String, String> input = new HashMap<>(conversation.input());
        input.put("volume", volume.toString());
        input.put("from", snapshot.toString());
        input.put("snapshots", "");
        return new VolumeSend(site, Entry.ofSnapshot(OperationKind.SNAPSHOT_SEND, name, input), conversation);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(volume));
    }

    /** Whether there is a snapshot that is only made to be sent. */
    private boolean holdsMoment() {
        return entry.input().containsKey("moment");
    }

    /** What is sent last. */
    private UUID content() {
        return entry.uuid(holdsMoment() ? "moment" : "from");
    }

    private List<UUID> snapshots() {
        return Stream.of(entry.text("snapshots").split(" "))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    @Override
    public Map<String, String> announcement() {
        return Conversation.announcement(entry);
    }

    @Override
    public void run(Steps steps) {
        try {
            conversation.hold(steps, peer -> run(peer, steps));
        } finally {
            conversation.close();
        }
        if (holdsMoment()) {
            steps.finish("let go of the moment", this::letGo);
        }
    }

    private void run(TargetPeer to, Steps steps) {
        to.connect();
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        if (holdsMoment()) {
            steps.once(
                    "hold what the volume is",
                    () -> at.atRest(() ->
                            at.array().createSnapshot(Catalog.ref(at.row(), content()), Passage.passing(site, at))));
        }
        Map<String, SnapshotRow> all = site.database().read(tx -> tx.snapshots().list(volume)).stream()
                .collect(Collectors.toMap(SnapshotRow::name, row -> row));
        Volume shown = site.database().read(tx -> Catalog.show(tx, Catalog.volume(tx, volume)));
        Answer answer = to.offer(shown, offer(at));
        SentContent sent = new SentContent(site, at, to, answer, steps);
        sent.beginsWith(base(answer, all));
        for (int i = 0; i < answer.wanted().size(); i++) {
            SnapshotRow snapshot = all.get(answer.wanted().get(i));
            if (snapshot == null || !snapshots().contains(snapshot.id())) {
                throw Refused.badInput(
                        "The other server wants a snapshot \"" + answer.wanted().get(i) + "\", which was not offered");
            }
            sent.send(
                    snapshot.id(),
                    snapshot.size(),
                    "snapshot " + (i + 1) + " of " + answer.wanted().size());
        }
        sent.send(content(), contentBytes(at), "content");
        to.awaitDone();
        metadata = sent.metadata();
    }

    private long contentBytes(VolumeAtHand at) {
        return holdsMoment()
                ? at.row().size()
                : site.database().read(tx -> Catalog.snapshot(tx, content())).size();
    }

    private static Optional<SnapshotRow> base(Answer answer, Map<String, SnapshotRow> all) {
        if (!(answer.way() instanceof Answer.Way.Blocks(String base)) || base.isEmpty()) {
            return Optional.empty();
        }
        SnapshotRow row = all.get(base);
        if (row == null) {
            throw Refused.badInput("The other server begins with a snapshot \"" + base + "\", which was not offered");
        }
        return Optional.of(row);
    }

    private Offer offer(VolumeAtHand at) {
        List<UUID> offered = snapshots();
        return site.database().read(tx -> {
            List<SnapshotRow> all = tx.snapshots().list(volume);
            return new Offer(
                    at.hasFiles(),
                    all.stream()
                            .filter(row -> offered.contains(row.id()))
                            .map(row -> moving(tx, row))
                            .toList(),
                    at.pool().compresses(),
                    Optional.of(new Kinship(
                            at.hasFiles() ? at.fileSystem() : "",
                            contentBytes(at),
                            all.stream()
                                    .map(row -> new Kinship.Relative(
                                            row.name(), tx.lineage().origin(row.id()), row.size()))
                                    .toList())));
        });
    }

    private static MovingSnapshot moving(Transaction tx, SnapshotRow row) {
        return new MovingSnapshot(
                row.name(),
                row.description(),
                tx.snapshotConfig().get(row.id()),
                row.createdAt().truncatedTo(ChronoUnit.SECONDS),
                row.expiresAt());
    }

    private void letGo() {
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        at.array().deleteSnapshot(Catalog.ref(at.row(), content()));
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        return null;
    }

    @Override
    public Map<String, String> metadata(@Nullable Void result) {
        return metadata;
    }

    @Override
    public void undo() {
        conversation.close();
        if (holdsMoment()) {
            letGo();
        }
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
