package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real LXD (Debian's package {@code lxd}, 5.0.2) with a temporary {@code LXD_DIR} of its own, for comparisons and for round
 * trips. It needs neither systemd nor a network. Closing it leaves nothing behind: no process, mount or loop device.
 */
public final class RealLxd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final int LOWEST_PORT = 16_384;

    /** Linux' net.ipv4.ip_local_port_range begins with it. */
    private static final int FIRST_OUTGOING_PORT = 32_768;

    private static final String PROGRAM = "/usr/bin/lxd";

    private final Path folder;
    private final Process process;

    private RealLxd(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Whether the package is installed here. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    /** Starts it and waits until it answers. */
    public static RealLxd start() {
        Path folder;
        Process process;
        try {
            folder = Files.createTempDirectory("stowage-lxd-");
            Files.createDirectories(folder.resolve("home"));
            ProcessBuilder builder = new ProcessBuilder(PROGRAM, "--group", "root")
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(folder.resolve("lxd.log").toFile());
            builder.environment().putAll(environment(folder));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RealLxd lxd = new RealLxd(folder, process);
        try {
            Ran.run(environment(folder), "", List.of(PROGRAM, "waitready", "--timeout=" + PATIENCE_SECONDS))
                    .orFail();
        } catch (RuntimeException | Error e) {
            lxd.close();
            throw e;
        }
        return lxd;
    }

    private static Map<String, String> environment(Path folder) {
        String home = folder.resolve("home").toString();
        return Map.of("LXD_DIR", folder.resolve("lxd").toString(), "LXD_CONF", home, "HOME", home);
    }

    /** Debian's {@code lxc} that speaks with it, with a home of its own and empty standard input. */
    public Ran lxc(String... arguments) {
        return lxcWith("", arguments);
    }

    /** The same with standard input. */
    public Ran lxcWith(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("lxc"));
        command.addAll(List.of(arguments));
        return Ran.run(environment(folder), input, command);
    }

    /** Makes a pool in a file of this size, such as {@code 512MiB}. */
    public void createBtrfsPool(String pool, String size) {
        readyLoopDevices();
        lxc("storage", "create", pool, "btrfs", "size=" + size).orFail();
    }

    /**
     * To be done before a pool is made in a file: a loop device stays read-only when whoever made it so lets go of it, and LXD
     * takes it as it is. Any of the free ones may be what LXD finds.
     */
    public void readyLoopDevices() {
        LoopDevices.freeAndReadOnly().forEach(device -> Ran.run("blockdev", "--setrw", device.toString()));
    }

    /** Makes a pool in a plain folder. */
    public void createDirectoryPool(String pool) {
        lxc("storage", "create", pool, "dir").orFail();
    }

    /** Where a custom volume of type {@code filesystem} has its files, and a block volume its {@code root.img}. */
    public Path volume(String pool, String volume) {
        return folder.resolve("lxd/storage-pools/" + pool + "/custom/default_" + volume);
    }

    /** The same of a snapshot. */
    public Path snapshot(String pool, String volume, String snapshot) {
        return folder.resolve("lxd/storage-pools/" + pool + "/custom-snapshots/default_" + volume + "/" + snapshot);
    }

    /** Where its API is. */
    public Path socket() {
        return folder.resolve("lxd/unix.socket");
    }

    /** A path in a folder that goes with it. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Lets it listen on a free port of the loopback interface, and returns {@code 127.0.0.1:PORT}. */
    public String listen() {
        String address = "127.0.0.1:" + freePort();
        lxc("config", "set", "core.https_address", address).orFail();
        return address;
    }

    /** None that the kernel takes for outgoing connections: these come and go until LXD has it. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, FIRST_OUTGOING_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                // taken; another one then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** What it wrote to its log. */
    public String log() {
        try {
            return Files.readString(folder.resolve("lxd.log"));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        // SIGPWR unmounts the pools, SIGTERM would leave them.
        Ran.run("kill", "-PWR", String.valueOf(process.pid()));
        if (!awaitEnd()) {
            process.destroyForcibly();
            awaitEnd();
        }
        Leftovers.below(folder).sweep();
        delete();
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
