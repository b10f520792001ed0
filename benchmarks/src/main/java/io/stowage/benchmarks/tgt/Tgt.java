package io.stowage.benchmarks.tgt;

import io.stowage.tests.arena.Ran;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Debian's tgtd with a file, as it comes: through the page cache, with a write-back cache that SYNCHRONIZE CACHE flushes. */
record Tgt(Process process, String control, String portal) implements Target {
    private static final String IQN = "iqn.2026-11.io.stowage:tgt";
    private static final int TRIES = 200;
    private static final int PAUSE_MILLIS = 50;

    static Tgt start(Path folder, String address) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("unit");
        try (RandomAccessFile unit = new RandomAccessFile(file.toFile(), "rw")) {
            unit.setLength(BYTES);
        }
        String control = Integer.toString(new SplittableRandom().nextInt(1_000, 30_000));
        String portal = address + ":" + freePort(address);
        Process process = new ProcessBuilder("tgtd", "-f", "-C", control, "--iscsi", "portal=" + portal)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Tgt tgt = new Tgt(process, control, portal);
        try {
            tgt.configure(file);
            return tgt;
        } catch (InterruptedException | RuntimeException | Error e) {
            tgt.close();
            throw e;
        }
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private void configure(Path file) throws InterruptedException {
        for (int i = 0; i < TRIES && !admin("--op", "show", "--mode", "sys").succeeded(); i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        admin("--lld", "iscsi", "--op", "new", "--mode", "target", "--tid", "1", "-T", IQN)
                .orFail();
        admin("--lld", "iscsi", "--op", "new", "--mode", "logicalunit", "--tid", "1", "--lun", "1", "-b", "" + file)
                .orFail();
        admin("--lld", "iscsi", "--op", "bind", "--mode", "target", "--tid", "1", "-I", "ALL")
                .orFail();
    }

    private Ran admin(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tgtadm", "-C", control));
        command.addAll(List.of(arguments));
        return Ran.run(command.toArray(String[]::new));
    }

    @Override
    public String name() {
        return "tgt";
    }

    @Override
    public String iqn() {
        return IQN;
    }

    @Override
    public int lun() {
        return 1;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            for (String left : List.of("socket." + control, "socket." + control + ".lock")) {
                Files.deleteIfExists(Path.of("/var/run/tgtd", left));
            }
        } catch (IOException e) {
            System.err.println("left behind: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
