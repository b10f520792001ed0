package io.stowage.host.archive;

import io.stowage.system.Command;
import io.stowage.system.CommandFailed;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A program that reads one stream and writes another while it runs. It is ended, with what it still had to do, when it is
 * closed before it is {@link #finish finished}.
 */
public final class Filter implements AutoCloseable {
    private static final int BUFFER = 1 << 17;
    private static final int COMPLAINT_LIMIT = 2000;

    private final List<String> command;
    private final Process process;
    private final CompletableFuture<String> complaint;

    private Filter(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.complaint = inBackground(() -> {
            byte[] kept = process.getErrorStream().readNBytes(COMPLAINT_LIMIT);
            process.getErrorStream().skip(Long.MAX_VALUE);
            return new String(kept, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\n\\s*", "; ");
        });
    }

    /** @throws CommandFailed the program is missing or can't be started */
    public static Filter start(List<String> command) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.set(0, Command.require(command.getFirst()).toString());
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("LC_ALL", "C");
        return new Filter(command, builder.start());
    }

    /** What the program reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What the program writes. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** @throws CommandFailed it did not end well */
    public void finish() throws IOException {
        try {
            int status = process.waitFor();
            if (status != 0) {
                String said = complaint.join();
                throw new CommandFailed("\"" + command.getFirst() + "\" failed with status " + status
                        + (said.isEmpty() ? "" : ": " + said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A stream whose bytes go through the program to the target. Its close finishes the program and leaves the target. */
    public static OutputStream to(OutputStream target, List<String> command) throws IOException {
        Filter filter = start(command);
        CompletableFuture<Long> pump = inBackground(() -> {
            try {
                long moved = filter.output().transferTo(target);
                target.flush();
                return moved;
            } catch (IOException e) {
                filter.close(); // nobody reads any more: who writes is to hear of it
                throw e;
            }
        });
        return new FilterOutputStream(filter.input()) {
            private boolean closed;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (closed) {
                    return;
                }
                closed = true;
                try {
                    out.close();
                    join(pump);
                    filter.finish();
                } finally {
                    filter.close();
                }
            }
        };
    }

    /** What the program makes of a source. Its end is told only when the program ended well and the source was whole. */
    public static InputStream from(InputStream source, List<String> command) throws IOException {
        Filter filter = start(command);
        CompletableFuture<Long> pump = inBackground(() -> feed(filter, source));
        return new FilterInputStream(filter.output()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count < 0) {
                    join(pump);
                    filter.finish();
                }
                return count;
            }

            @Override
            public void close() {
                filter.close();
            }
        };
    }

    @FunctionalInterface
    private interface Task<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> inBackground(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("archive").start(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** @return how many bytes the program took */
    private static long feed(Filter filter, InputStream source) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long fed = 0;
        while (true) {
            int count;
            try {
                count = source.read(buffer);
            } catch (IOException e) {
                filter.close();
                throw e;
            }
            try {
                if (count < 0) {
                    filter.input().close();
                    return fed;
                }
                filter.input().write(buffer, 0, count);
                fed += count;
            } catch (IOException e) {
                return fed; // the program has ended: its status tells why
            }
        }
    }

    private static void join(CompletableFuture<?> pump) throws IOException {
        try {
            pump.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
