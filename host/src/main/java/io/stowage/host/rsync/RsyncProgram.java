package io.stowage.host.rsync;

import io.stowage.system.Command;
import io.stowage.system.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** rsync while it runs, with the processes that it starts. None of them is left when it is closed. */
final class RsyncProgram implements AutoCloseable {
    private static final int COMPLAINT_LIMIT = 2000;

    /** That all have ended is seen in a moment, unless one hangs in the kernel. */
    private static final int PATIENCE_SECONDS = 20;

    /** rsync(1), "EXIT VALUES": those that a transfer can end with. */
    private static final Map<Integer, String> MEANINGS = Map.ofEntries(
            Map.entry(1, "syntax or usage error"),
            Map.entry(2, "protocol incompatibility"),
            Map.entry(3, "errors selecting input/output files, dirs"),
            Map.entry(4, "requested action not supported"),
            Map.entry(10, "error in socket I/O"),
            Map.entry(11, "error in file I/O"),
            Map.entry(12, "error in rsync protocol data stream"),
            Map.entry(13, "errors with program diagnostics"),
            Map.entry(14, "error in IPC code"),
            Map.entry(19, "received SIGUSR1"),
            Map.entry(20, "received SIGUSR1 or SIGINT"),
            Map.entry(21, "some error returned by waitpid()"),
            Map.entry(22, "error allocating core memory buffers"),
            Map.entry(23, "partial transfer due to error"),
            Map.entry(24, "partial transfer due to vanished source files"),
            Map.entry(25, "the --max-delete limit stopped deletions"),
            Map.entry(30, "timeout in data send/receive"));

    private final Process process;
    private final CompletableFuture<String> complaint;

    private RsyncProgram(Process process) {
        this.process = process;
        this.complaint = Background.run(() -> {
            // Every process of the tree has this pipe: it ends when the last of them has.
            byte[] kept = process.getErrorStream().readNBytes(COMPLAINT_LIMIT);
            process.getErrorStream().skip(Long.MAX_VALUE);
            return new String(kept, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\n\\s*", "; ");
        });
    }

    /** @throws CommandFailed rsync is not installed, or can't be started */
    static RsyncProgram start(List<String> line) throws CommandFailed {
        Command.require("rsync");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.startsWith("RSYNC_"));
        builder.environment().put("LC_ALL", "C");
        try {
            return new RsyncProgram(builder.start());
        } catch (IOException e) {
            throw new CommandFailed("Cannot start \"rsync\": " + e.getMessage());
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** @throws RsyncFailed it did not end well */
    void finish() throws IOException {
        int status;
        try {
            status = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while rsync runs");
        }
        String said = awaitAll();
        if (status != 0) {
            String meaning = MEANINGS.get(status);
            throw new RsyncFailed("rsync failed with status " + status + (meaning == null ? "" : " (" + meaning + ")")
                    + (said.isEmpty() ? "" : ": " + said));
        }
    }

    private String awaitAll() {
        return complaint
                .copy()
                .completeOnTimeout("", PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(gone -> "")
                .join();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        closeInput();
        awaitAll();
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // what it has not taken is nothing to it any more
        }
    }
}
