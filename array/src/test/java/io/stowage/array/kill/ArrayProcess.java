package io.stowage.array.kill;

import static java.util.Objects.requireNonNull;

import io.stowage.array.ArrayEndpoints;
import io.stowage.array.StowageArray;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A running {@code stowage-array} of its own process; its ports are others at each start. */
final class ArrayProcess implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final ArrayEndpoints endpoints;

    private ArrayProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new AssertionError("The array ended: " + Files.readString(errors));
        }
        this.endpoints = ArrayEndpoints.parse(line);
    }

    /** Starts it on a state folder and waits until it serves. Compiling quickly makes it start quickly. */
    static ArrayProcess start(Path state, Path errors) throws IOException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        StowageArray.class.getName(),
                        "--state",
                        state.toString(),
                        "--flasharray",
                        "127.0.0.1:0",
                        "--portal",
                        "127.0.0.1",
                        "--portal",
                        "127.0.0.1",
                        "--iscsi-port",
                        "0",
                        "--nvme-port",
                        "0",
                        "--discovery-port",
                        "0",
                        "--capacity",
                        "4GiB"))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        try {
            return new ArrayProcess(process, errors);
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    ArrayEndpoints endpoints() {
        return endpoints;
    }

    /** One of its two portals for iSCSI. */
    InetSocketAddress portal(int index) {
        return address(endpoints.flasharray().iscsi().portals().get(index % 2));
    }

    /** One of its two portals for NVMe/TCP. */
    InetSocketAddress nvmePortal(int index) {
        return address(endpoints.flasharray().nvme().portals().get(index % 2));
    }

    private static InetSocketAddress address(String portal) {
        var colon = portal.lastIndexOf(':');
        return new InetSocketAddress(portal.substring(0, colon), Integer.parseInt(portal.substring(colon + 1)));
    }

    String iqn() {
        return endpoints.flasharray().iscsi().iqn();
    }

    /** The NQN of its only subsystem. */
    String subsystem() {
        return requireNonNull(endpoints.flasharray().nvme().nqn());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said on standard error at all its starts. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
