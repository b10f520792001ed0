package io.stowage.host.loop;

import io.stowage.host.export.ExportedDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that exports one file, to be killed: {@code STATE FILE SIZE HOLDER_SECONDS}. It prints
 * the device and whether it was taken over, then serves until its standard input ends.
 */
final class ExportServer {
    /** The key of its one device. */
    public static final String KEY = "disk";

    private ExportServer() {}

    public static void main(String[] args) throws IOException {
        FileDisk disk = new FileDisk(Path.of(args[1]), Long.parseLong(args[2]));
        LoopExporter exporter = LoopExporter.open(Path.of(args[0]), Duration.ofSeconds(Long.parseLong(args[3])));
        ExportedDevice device = exporter.export(KEY, disk);
        System.out.println(device.path() + " " + (device.takenOver() ? "taken-over" : "new"));
        System.out.flush();
        while (System.in.read() >= 0) {}
        exporter.close();
    }
}
