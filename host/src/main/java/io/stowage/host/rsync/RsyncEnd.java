package io.stowage.host.rsync;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One end of a transfer: a program between two streams. */
final class RsyncEnd {
    private static final int BUFFER = 1 << 17;
    private static final int LOOK_MILLIS = 200;

    /** How long a peer of a program that failed is listened to, so that it can hear why. */
    private static final int PARTING_SECONDS = 5;

    private final InputStream fromPeer;
    private final OutputStream toPeer;
    private final RsyncWatcher watcher;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    RsyncEnd(InputStream fromPeer, OutputStream toPeer, RsyncWatcher watcher) {
        this.fromPeer = fromPeer;
        this.toPeer = toPeer;
        this.watcher = watcher;
    }

    /** Thrown in the background when it was the peer's stream that broke, not the program's. */
    private static final class PeerLost extends IOException {
        private static final long serialVersionUID = 1;

        PeerLost(IOException cause) {
            super("The connection to rsync's peer broke: " + cause.getMessage(), cause);
        }
    }

    RsyncTraffic run(List<String> line) throws IOException {
        boolean well = false;
        try (RsyncProgram program = RsyncProgram.start(line)) {
            CompletableFuture<Void> answers = Background.run(() -> carryAnswers(program));
            CompletableFuture<Void> words = Background.run(() -> carryWords(program));
            await(words);
            failIfLost(answers);
            try {
                program.finish();
            } catch (RsyncFailed e) {
                part(answers);
                throw e;
            }
            await(answers);
            well = true;
            return traffic();
        } finally {
            if (!well) {
                closeQuietly(toPeer);
                closeQuietly(fromPeer);
            }
        }
    }

    private RsyncTraffic traffic() {
        return new RsyncTraffic(sent.get(), received.get());
    }

    /** From the program to the peer, and then the end. */
    private Void carryWords(RsyncProgram program) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = program.output().read(buffer);
                count >= 0;
                count = program.output().read(buffer)) {
            try {
                toPeer.write(buffer, 0, count);
                toPeer.flush();
            } catch (IOException e) {
                throw new PeerLost(e);
            }
            sent.addAndGet(count);
        }
        try {
            toPeer.close();
        } catch (IOException e) {
            throw new PeerLost(e);
        }
        return null;
    }

    /** From the peer to the program, up to the peer's end; what comes when the program has ended is read all the same. */
    private Void carryAnswers(RsyncProgram program) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean taken = true;
        while (true) {
            int count;
            try {
                count = fromPeer.read(buffer);
            } catch (IOException e) {
                program.input().close();
                throw new PeerLost(e);
            }
            if (count < 0) {
                break;
            }
            received.addAndGet(count);
            if (taken) {
                taken = give(program, buffer, count);
            }
        }
        if (taken) {
            program.input().close();
        }
        return null;
    }

    private static boolean give(RsyncProgram program, byte[] buffer, int count) {
        try {
            program.input().write(buffer, 0, count);
            program.input().flush();
            return true;
        } catch (IOException e) {
            return false; // it has ended: its status tells why
        }
    }

    private void await(CompletableFuture<Void> part) throws IOException {
        while (true) {
            watcher.at(traffic().total());
            try {
                part.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                // goes on
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while rsync runs");
            }
        }
    }

    /** That the peer is lost explains more than what the program says of it. */
    private void failIfLost(CompletableFuture<Void> answers) throws IOException {
        if (answers.isCompletedExceptionally()) {
            await(answers);
        }
    }

    private static void part(CompletableFuture<Void> answers) {
        answers.copy()
                .exceptionally(lost -> null)
                .completeOnTimeout(null, PARTING_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // the failure that led here is told
        }
    }
}
