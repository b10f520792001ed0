package io.stowage.server.migration;

import io.stowage.engine.Refused;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.migration.Peer;
import io.stowage.engine.migration.Rsync;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What source and target have in common: connections that come about, are watched, and end. */
abstract class PeerLink implements Peer {
    private final Meeting meeting;
    private Runnable watcher = () -> {};
    private @Nullable Connected connected;
    private volatile boolean closed;

    /** Once there are connections. */
    record Connected(ControlChannel control, ContentChannel content, Watch watch) {}

    PeerLink(Meeting meeting) {
        this.meeting = meeting;
    }

    @Override
    public final boolean comes() {
        return meeting.isHere();
    }

    @Override
    public final void heed(Runnable watch) {
        watcher = watch;
    }

    final void meet() {
        Failures.ioAction(() -> {
            var channels = meeting.meet(watcher);
            var control = new ControlChannel(channels.control());
            connected = new Connected(
                    control, new ContentChannel(channels.content()), Watch.start(channels, control, watcher));
        });
    }

    private Connected link() {
        var link = connected;
        if (link == null) {
            throw new IllegalStateException("There is no connection yet");
        }
        return link;
    }

    final ControlChannel control() {
        return link().control();
    }

    final Watch watch() {
        return link().watch();
    }

    /** The peer's next message, unless it is its last. */
    final byte[] next() throws IOException {
        var message = watch().take();
        var failure = MigrationControl.failureIn(message);
        if (failure.isPresent()) {
            throw PeerFailed.of(failure.get());
        }
        return message;
    }

    @Override
    public final InputStream in() {
        return link().content().in();
    }

    @Override
    public final OutputStream out() {
        return link().content().out();
    }

    @Override
    public final void endOut() {
        Failures.ioAction(() -> link().content().endOut());
    }

    @Override
    public final void endIn() {
        Failures.ioAction(() -> link().content().endIn());
    }

    @Override
    public final RuntimeException explain(RuntimeException failure) {
        var link = connected;
        var cause = link == null ? null : link.watch().cause().orElse(null);
        return switch (cause) {
            case null -> failure;
            case Error e -> throw e;
            case RuntimeException e -> e;
            case IOException e -> Failures.of(e);
            default -> failure;
        };
    }

    @Override
    public final void fail(String message) {
        var link = connected;
        if (link != null && !closed) {
            try {
                link.control().send(new MigrationControl(false, message).write());
            } catch (IOException e) {
                // It will find out.
            }
        }
    }

    @Override
    public final void close() {
        closed = true;
        var link = connected;
        if (link != null) {
            link.watch().close();
        }
        meeting.close();
    }

    static Rsync rsync(RsyncFeatures features) {
        return new Rsync(features.xattrs(), features.delete(), features.compress());
    }

    static RsyncFeatures features(boolean compress) {
        return new RsyncFeatures(true, true, compress, true);
    }

    static int type(boolean files) {
        return files ? MigrationHeader.RSYNC : MigrationHeader.BLOCKS;
    }

    /** LXD falls back from what only one of two knows to what all do, but blocks are not files. */
    static void requireMatch(int offered, boolean files) {
        var ours = type(files);
        var other = type(!files);
        if (offered == other) {
            throw new Refused(
                    Refused.Kind.BAD_INPUT,
                    "No matching migration types found. Offered types: [%s], our types: [%s]"
                            .formatted(MigrationHeader.word(offered), MigrationHeader.word(ours)));
        }
    }
}
