package io.stowage.host.loop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A running {@link ExportServer}. */
final class ServerProcess {
    private final Process process;
    private final String device;
    private final boolean takenOver;

    private ServerProcess(Process process, String device, boolean takenOver) {
        this.process = process;
        this.device = device;
        this.takenOver = takenOver;
    }

    /**
     * Starts one and waits until its device is there.
     *
     * @param more further arguments of {@link ExportServer}
     */
    public static ServerProcess start(Path state, Path file, long size, Duration holder, String... more)
            throws IOException {
        Path log = state.resolve("server.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ExportServer.class.getName(),
                state.toString(),
                file.toString(),
                Long.toString(size),
                Long.toString(holder.toSeconds())));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .directory(new File("/"))
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("The server did not start: " + Files.readString(log));
        }
        String[] words = line.split(" ", -1);
        return new ServerProcess(process, words[0], words[1].equals("taken-over"));
    }

    public Path device() {
        return Path.of(device);
    }

    public boolean takenOver() {
        return takenOver;
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL, and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(); // onExit() would answer on the common pool, whose one thread may be taken
    }

    /** Lets it close its exporter and end. */
    public void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
