package io.stowage.host.rsync;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A copy on this machine, with what rsync says of its progress. */
final class RsyncCopy {
    private static final int LOOK_MILLIS = 200;
    private static final int DIGITS = 18;

    private final RsyncWatcher watcher;
    private final AtomicLong bytes = new AtomicLong();

    RsyncCopy(RsyncWatcher watcher) {
        this.watcher = watcher;
    }

    long run(List<String> line) throws IOException {
        try (RsyncProgram program = RsyncProgram.start(line)) {
            program.input().close();
            CompletableFuture<Void> told = Background.run(() -> listen(program.output()));
            while (!isOver(told)) {
                watcher.at(bytes.get());
            }
            program.finish();
            watcher.at(bytes.get());
            return bytes.get();
        }
    }

    /** Lines like {@code "  1238099 100%  146.38kB/s    0:00:08"}, each after a carriage return: the first number counts. */
    private Void listen(InputStream from) throws IOException {
        byte[] buffer = new byte[1 << 12];
        StringBuilder number = new StringBuilder();
        boolean atBeginning = true;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            for (int i = 0; i < count; i++) {
                char c = (char) buffer[i];
                if (c == '\r' || c == '\n') {
                    atBeginning = true;
                    number.setLength(0);
                } else if (atBeginning && Character.isDigit(c) && number.length() < DIGITS) {
                    number.append(c);
                } else if (c != ' ' || !number.isEmpty()) {
                    if (atBeginning && !number.isEmpty()) {
                        bytes.set(Long.parseLong(number, 0, number.length(), 10));
                    }
                    atBeginning = false;
                }
            }
        }
        return null;
    }

    private static boolean isOver(CompletableFuture<Void> told) throws IOException {
        try {
            told.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while rsync runs");
        }
    }
}
