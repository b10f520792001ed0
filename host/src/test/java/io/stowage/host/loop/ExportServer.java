package io.stowage.host.loop;

import io.stowage.host.export.ExportedDevice;
import io.stowage.system.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A process that exports one file, to be killed: {@code STATE FILE SIZE HOLDER_SECONDS [OWN]}. It prints
 * the device and whether it was taken over, then serves until its standard input ends. With OWN it has the device for
 * itself, answers nothing, and before it prints anything writes to it past the cache, which never ends ({@code direct}), or
 * to the cache, which has to be written when the process ends ({@code cached}).
 */
final class ExportServer {
    /** The key of its one device. */
    public static final String KEY = "disk";

    private ExportServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        FileDisk disk = new FileDisk(Path.of(args[1]), Long.parseLong(args[2]));
        LoopExporter exporter = LoopExporter.open(Path.of(args[0]), Duration.ofSeconds(Long.parseLong(args[3])));
        ExportedDevice device = exporter.export(KEY, disk);
        if (args.length > 4) {
            write(disk, device.path(), args[4]);
        } else {
            device.keep();
        }
        System.out.println(device.path() + " " + (device.takenOver() ? "taken-over" : "new"));
        System.out.flush();
        while (System.in.read() >= 0) {}
        exporter.close();
    }

    private static void write(FileDisk disk, Path device, String how) throws IOException, InterruptedException {
        CountDownLatch asked = disk.silence();
        if (how.equals("cached")) {
            int cached = Libc.open(device, Libc.O_RDWR);
            Libc.pwrite(cached, Arena.global().allocate(1 << 20), 0);
            return;
        }
        Thread.ofPlatform().daemon().start(() -> {
            try (Arena arena = Arena.ofConfined()) {
                int direct = Libc.open(device, Libc.O_RDWR | Libc.O_DIRECT);
                Libc.pwrite(direct, arena.allocate(4096, 4096), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asked.await();
    }
}
