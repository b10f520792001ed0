package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of ours that runs until it is ended; its output goes to files beside its state. */
public final class Program {
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long LOOK_MILLIS = 20;

    private final Process process;
    private final String name;
    private final Path out;
    private final Path log;

    private Program(Process process, String name, Path out, Path log) {
        this.process = process;
        this.name = name;
        this.out = out;
        this.log = log;
    }

    /** Starts {@code bin/NAME}; its standard error is appended to {@code FOLDER/NAME.log}. */
    public static Program start(String name, Path folder, List<String> options) {
        return start(name, folder, options, Map.of());
    }

    /** @param environment what it has in its environment besides ours */
    public static Program start(String name, Path folder, List<String> options, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
            Path out = folder.resolve(name + ".out");
            Path log = folder.resolve(name + ".log");
            List<String> command =
                    new java.util.ArrayList<>(List.of(Checkout.program(name).toString()));
            command.addAll(options);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("STOWAGE_BUILT", "1");
            builder.environment().putAll(environment);
            return new Program(builder.start(), name, out, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line by which the program says that it is ready, and returns it. */
    public String awaitReady() {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            Optional<String> line = firstLine();
            if (line.isPresent()) {
                return line.get();
            }
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with status " + process.exitValue() + ":\n" + log());
            }
            pause();
        }
        throw new AssertionError(name + " is not ready after " + PATIENCE_MILLIS / 1000 + " s:\n" + log());
    }

    private Optional<String> firstLine() {
        try {
            String text = Files.readString(out);
            int end = text.indexOf('\n');
            return end < 0 ? Optional.empty() : Optional.of(text.substring(0, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the program said on standard error, from all its starts. */
    public String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGKILL, without waiting for the end. */
    void killUnheard() {
        process.destroyForcibly();
    }

    /** Sends a signal by its name without {@code SIG} and waits for the end; returns the exit status. */
    public int end(String signal) {
        if (process.isAlive()) {
            Ran.run("kill", "-" + signal, String.valueOf(process.pid()));
        }
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
