package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.driver.SnapshotRef;
import io.stowage.engine.OperationProgress.Stage;
import io.stowage.engine.host.BlockSend;
import io.stowage.engine.host.BlockSend.Receiver;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.TargetPeer;
import io.stowage.engine.pool.ArrayMap;
import io.stowage.host.rsync.RsyncTerms;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.RateLimit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a volume's snapshots hold, one after another, on its way to another server. */
final class SentContent {
    private final Site site;
    private final VolumeAtHand from;
    private final TargetPeer peer;
    private final Answer answer;
    private final Steps steps;
    private final RateLimit limit;
    private Receiver before;
    private Optional<Known> known = Optional.empty();
    private Moved moved = Moved.NOTHING;

    /** What the receiver has from us. */
    private record Known(UUID snapshot, long bytes) {}

    SentContent(Site site, VolumeAtHand from, TargetPeer peer, Answer answer, Steps steps) {
        this.site = site;
        this.from = from;
        this.peer = peer;
        this.answer = answer;
        this.steps = steps;
        this.limit = new RateLimit(from.pool().bytesPerSecond().bytes());
        this.before = answer.refresh() ? new Receiver.Unknown() : new Receiver.Blank();
    }

    /** The receiver has the content of this snapshot already. */
    void beginsWith(Optional<SnapshotRow> base) {
        known = base.map(row -> new Known(row.id(), row.size()));
    }

    /** @param snapshot the id in its name on the array */
    void send(UUID snapshot, long bytes, String part) {
        steps.progress(part);
        switch (answer.way()) {
            case Answer.Way.Blocks blocks -> blocks(snapshot, bytes, part);
            case Answer.Way.Plain plain when from.hasFiles() -> files(snapshot, part);
            case Answer.Way.Plain plain -> everything(snapshot, bytes, part);
        }
        known = Optional.of(new Known(snapshot, bytes));
    }

    private SnapshotRef reference(UUID snapshot) {
        return Catalog.ref(from.row(), snapshot);
    }

    private void blocks(UUID snapshot, long bytes, String part) {
        try (Reading reading = Reading.ofBlocks(site, from.row().id(), snapshot)) {
            BlockSend what = new BlockSend(reading.device(), bytes, reading.data(), receiver(snapshot), limit);
            moved = moved.plus(site.blocks()
                    .send(what, peer.in(), peer.out(), (done, size) -> steps.progress(Stage.BLOCK, part, done, size)));
        }
        peer.endOut();
        peer.endIn();
        before = new Receiver.Unknown(); // unless the array can tell what differs
    }

    private Receiver receiver(UUID snapshot) {
        return known.flatMap(
                        base -> ArrayMap.of(from.array(), reference(snapshot), Optional.of(reference(base.snapshot())))
                                .map(map -> Passage.withWhatIsBehind(map, base.bytes())))
                .<Receiver>map(Receiver.Known::new)
                .orElse(before);
    }

    /** From the first byte to the last; what holds nothing isn't read. */
    private void everything(UUID snapshot, long bytes, String part) {
        try (Reading reading = Reading.ofBlocks(site, from.row().id(), snapshot)) {
            long read = new WholeBlocks(site, limit, done -> steps.progress(Stage.BLOCK, part, done, bytes))
                    .send(reading.device(), bytes, reading.data(), peer.out());
            moved = moved.plus(new Moved(read, 0, bytes, 0));
        }
        peer.endOut();
    }

    private void files(UUID snapshot, String part) {
        try (Reading reading = Reading.open(site, from.row().id(), snapshot)) {
            RsyncTerms terms = new RsyncTerms(
                    peer.rsync().features(), from.pool().bytesPerSecond().bytes());
            Bytes bytes = new Bytes(Stage.FILES, part, steps);
            site.files().send(reading.folder(), terms, peer.in(), peer.outWithEnd(), bytes::at);
            moved = moved.plus(new Moved(0, 0, bytes.count(), 0));
        }
        peer.endIn();
    }

    /** What is told to the operation's caller. */
    Map<String, String> metadata() {
        return Map.of(
                "bytes_read", Long.toString(moved.read()),
                "bytes_sent", Long.toString(moved.written()));
    }
}
