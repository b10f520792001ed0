package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param out standard output
 * @param err standard error
 */
public record Ran(List<String> command, int status, String out, String err) {
    /** No command of ours waits this long unless something hangs. */
    private static final long PATIENCE_SECONDS = 240;

    public static Ran run(Map<String, String> environment, String input, List<String> command) {
        try {
            return tried(environment, input, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    public static Ran run(String... command) {
        return run(Map.of(), "", List.of(command));
    }

    /** Output goes through files, so that a child which outlives the command can't keep us waiting for its end. */
    private static Ran tried(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("stowage-run", ".in"), input);
        Path out = Files.createTempFile("stowage-run", ".out");
        Path err = Files.createTempFile("stowage-run", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            String.join(" ", command) + " has not ended after " + PATIENCE_SECONDS + " s");
                }
            } finally {
                process.destroyForcibly(); // also when whoever waits is interrupted
            }
            return new Ran(command, process.exitValue(), text(out), text(err));
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    public boolean succeeded() {
        return status == 0;
    }

    /** @throws AssertionError with what the command said if it failed */
    public Ran orFail() {
        if (!succeeded()) {
            throw new AssertionError(String.join(" ", command) + " ended with status " + status + ": " + err.strip()
                    + " " + out.strip());
        }
        return this;
    }
}
