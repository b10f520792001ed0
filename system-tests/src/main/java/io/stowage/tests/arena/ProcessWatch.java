package io.stowage.tests.arena;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks again and again at the arguments and environments of all processes, for secrets. It may miss what is over at once,
 * and never tells of what isn't.
 */
public final class ProcessWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private final Map<String, String> secrets;
    private final String allowed;
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile String proof = "";

    private ProcessWatch(Map<String, String> secrets, String allowed) {
        this.secrets = secrets;
        this.allowed = allowed;
        this.thread = Thread.ofPlatform().daemon().name("process-watch").start(this::watch);
    }

    /**
     * @param secrets a map that may grow meanwhile
     * @param allowed the program that gets secrets from us as arguments, as people type them
     */
    public static ProcessWatch of(Map<String, String> secrets, String allowed) {
        return new ProcessWatch(secrets, allowed);
    }

    /** Shows that it sees a secret in the environment of a process that lives long enough. */
    public void prove() throws IOException {
        String planted = "planted-" + UUID.randomUUID();
        ProcessBuilder builder = new ProcessBuilder("sleep", "infinity");
        builder.environment().put("PLANTED", planted);
        Process process = builder.start();
        String name = "the process " + process.pid() + " (sleep)";
        secrets.put(planted, planted);
        try {
            while (!found.containsKey(name)) {
                Thread.onSpinWait(); // the test has its limit
            }
        } finally {
            process.destroyForcibly();
            secrets.remove(planted);
            proof = name;
        }
    }

    /** Ends it. @return the processes in which there was a secret, with what was found there */
    public Map<String, String> finish() {
        close();
        found.remove(proof);
        return Map.copyOf(found);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (!ended) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                processes.forEach(this::look);
                Thread.sleep(LOOK_MILLIS);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(Path process) {
        String arguments = read(process.resolve("cmdline"));
        String program = arguments.split("\0", 2)[0];
        if (program.substring(program.lastIndexOf('/') + 1).equals(allowed)) {
            return;
        }
        String all = arguments + read(process.resolve("environ"));
        if (secrets.values().stream().anyMatch(all::contains)) {
            found.put("the process " + process.getFileName() + " (" + program + ")", all);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
