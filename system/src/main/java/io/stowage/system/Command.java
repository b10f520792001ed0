package io.stowage.system;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program to be run to its end: arguments as a list (no shell), standard input empty, both outputs
 * kept up to a limit, the C locale, and a deadline after which it is killed. Immutable.
 *
 * @param deadline how long it may run before it is killed
 */
public record Command(List<String> arguments, Duration deadline, Map<String, String> environment) {
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);
    private static final int OUTPUT_LIMIT = 1 << 20;
    private static final List<String> MORE_PLACES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** What a program said and how it ended. */
    public record Result(int status, String output, String errors) {
        public boolean succeeded() {
            return status == 0;
        }

        /** The first lines that explain a failure: standard error, else standard output. */
        public String complaint() {
            String text = errors.isBlank() ? output : errors;
            String oneLine = text.strip().replaceAll("\\s*\\n\\s*", "; ");
            return oneLine.length() <= 500 ? oneLine : oneLine.substring(0, 500) + "…";
        }
    }

    /** A command with a deadline of two minutes. */
    public static Command of(String program, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addFirst(program);
        return new Command(all, DEFAULT_DEADLINE, Map.of());
    }

    public Command withDeadline(Duration newDeadline) {
        return new Command(arguments, newDeadline, environment);
    }

    public Command with(String... more) {
        List<String> all = new java.util.ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Command(all, deadline, environment);
    }

    /** Where a program is: looked for in PATH and in the folders of system tools. */
    public static Optional<Path> find(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return MORE_PLACES.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Where a program is, as {@link #find} looks for it.
     *
     * @throws ToolMissing no such program
     */
    public static Path require(String program) throws ToolMissing {
        return find(program).orElseThrow(() -> new ToolMissing(program));
    }

    /**
     * Runs it, whatever its status.
     *
     * @throws ToolMissing no such program
     * @throws CommandFailed it could not be started, or was killed at the deadline
     */
    public Result run() throws CommandFailed {
        String program = arguments.getFirst();
        Path executable = require(program);
        List<String> line = new java.util.ArrayList<>(arguments);
        line.set(0, executable.toString());
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new CommandFailed("Cannot start \"" + program + "\": " + e.getMessage());
        }
        return finish(program, process);
    }

    private Result finish(String program, Process process) throws CommandFailed {
        CompletableFuture<String> output = collect(process.getInputStream());
        CompletableFuture<String> errors = collect(process.getErrorStream());
        boolean interrupted = false;
        long end = System.nanoTime() + deadline.toNanos();
        boolean ended = false;
        while (!ended) {
            try {
                ended = process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the program is short: let it end, then tell the caller
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
            throw new CommandFailed("\"" + String.join(" ", arguments) + "\" did not end within " + deadline.toSeconds()
                    + " s and was killed");
        }
        // A child left behind may hold the pipes open: what was said by now is enough then.
        return new Result(process.exitValue(), patiently(output), patiently(errors));
    }

    /**
     * Runs it and demands status 0.
     *
     * @throws CommandFailed names the command, its status and its complaint
     */
    public Result runOrThrow() throws CommandFailed {
        Result result = run();
        if (!result.succeeded()) {
            throw failure(result);
        }
        return result;
    }

    /** The failure that tells of this result. */
    public CommandFailed failure(Result result) {
        return new CommandFailed("\"" + String.join(" ", arguments) + "\" failed with status " + result.status()
                + (result.complaint().isEmpty() ? "" : ": " + result.complaint()));
    }

    private static String patiently(CompletableFuture<String> text) {
        return text.completeOnTimeout("", 5, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<String> collect(InputStream from) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (from) {
                byte[] kept = from.readNBytes(OUTPUT_LIMIT);
                from.skip(Long.MAX_VALUE);
                text.complete(new String(kept, StandardCharsets.UTF_8));
            } catch (IOException | UncheckedIOException e) {
                text.complete("");
            }
        });
        return text;
    }
}
