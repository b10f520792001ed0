package io.stowage.engine.work;

import io.stowage.engine.OperationProgress.Stage;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.host.rsync.RsyncTerms;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.model.ByteSize;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** What another server's volume holds, snapshot after snapshot, on its way into one of ours. */
final class ReceivedContent {
    private final Site site;
    private final UUID volume;
    private final SourcePeer peer;
    private final Answer answer;
    private final Steps steps;
    private boolean fresh;
    private Moved moved = Moved.NOTHING;

    ReceivedContent(Site site, UUID volume, SourcePeer peer, Answer answer, Steps steps) {
        this.site = site;
        this.volume = volume;
        this.peer = peer;
        this.answer = answer;
        this.steps = steps;
        this.fresh = !answer.refresh();
    }

    /**
     * Gives the volume what comes next.
     *
     * @param part what that is, for people
     */
    void receive(String part) {
        steps.progress(part);
        VolumeAtHand to = VolumeAtHand.of(site, volume);
        switch (answer.way()) {
            case Answer.Way.Blocks blocks -> blocks(to, part);
            case Answer.Way.Plain plain when to.hasFiles() -> files(to, part);
            case Answer.Way.Plain plain -> everything(to, part);
        }
        fresh = false;
    }

    private void blocks(VolumeAtHand to, String part) {
        to.withDevice(device -> {
            ExtentMap data = site.links().data(to.onArray()).orElseGet(ExtentMap::everything);
            moved = moved.plus(site.blocks()
                    .receive(
                            device,
                            to.row().size(),
                            data,
                            peer.in(),
                            peer.out(),
                            (done, size) -> steps.progress(Stage.BLOCK, part, done, size)));
        });
        peer.endOut();
        peer.endIn();
    }

    private void everything(VolumeAtHand to, String part) {
        InputStream in = peer.in();
        Bytes bytes = new Bytes(Stage.BLOCK, part, steps);
        new BlockContent(site, to)
                .receive(
                        chunk -> {
                            int read = in.readNBytes(chunk, 0, chunk.length);
                            bytes.at(bytes.count() + read);
                            return read;
                        },
                        to.row().size(),
                        fresh);
        moved = moved.plus(new Moved(0, 0, bytes.count(), 0));
        peer.endIn();
    }

    private void files(VolumeAtHand to, String part) {
        Path folder = site.layout().scratch(to.row().id());
        RsyncTerms terms = new RsyncTerms(peer.rsync().features(), 0);
        Bytes bytes = new Bytes(Stage.FILES, part, steps);
        to.withDevice(device -> {
            site.files().mount(device, to.fileSystem(), folder, "");
            try {
                site.files().receive(folder, terms, peer.in(), peer.outWithEnd(), bytes::at);
            } finally {
                Scratch.leave(site, to.row().id());
            }
        });
        moved = moved.plus(new Moved(0, 0, bytes.count(), 0));
        peer.endIn();
    }

    /** What came as blocks is another volume's file system, with its identity and its size: makes it one of its own. */
    void own(ByteSize size) {
        VolumeAtHand to = VolumeAtHand.of(site, volume);
        to.withDevice(device -> site.files().renewIdentity(device, to.fileSystem()));
        new Resizing(site, to).fillDevice(size);
    }

    /** What is told to the operation's caller. */
    Map<String, String> metadata() {
        return Map.of(
                "bytes_read", Long.toString(moved.compared()),
                "bytes_written", Long.toString(moved.written()));
    }
}
