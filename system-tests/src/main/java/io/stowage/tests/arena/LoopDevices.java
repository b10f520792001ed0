package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's loop devices, which belong to everybody on its kernel and come and go. */
final class LoopDevices {
    private LoopDevices() {}

    /** Those that carry nothing and would refuse writes to whoever takes them next, such as {@code /dev/loop3}. */
    static List<Path> freeAndReadOnly() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                if (!Files.exists(device.resolve("loop")) && isReadOnly(device)) {
                    found.add(Path.of("/dev").resolve(device.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static boolean isReadOnly(Path device) {
        try {
            return Files.readString(device.resolve("ro")).strip().equals("1");
        } catch (IOException e) {
            return false; // removed meanwhile
        }
    }
}
