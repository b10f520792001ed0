package io.stowage.host.remote;

import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A running {@link TargetMain}. */
final class TargetProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private TargetProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static TargetProcess start(Protocol protocol, String target, Path file, long size) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TargetMain.class.getName(),
                        protocol.name(),
                        target,
                        file.toString(),
                        Long.toString(size)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        file.resolveSibling("target.log").toFile()))
                .start();
        String line = process.inputReader(StandardCharsets.US_ASCII).readLine();
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("The target did not start");
        }
        return new TargetProcess(process, Integer.parseInt(line));
    }

    int port() {
        return port;
    }

    /** SIGKILL, and waits for the end. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
