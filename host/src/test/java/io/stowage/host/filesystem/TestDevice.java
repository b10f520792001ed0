package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A loop device over a sparse file, to make file systems on. */
public final class TestDevice implements AutoCloseable {
    private final Path file;
    private final Path device;

    public TestDevice(Path file, long size) throws IOException {
        this.file = file;
        setSize(size);
        this.device = Path.of(Command.of("losetup", "--find", "--show", file.toString())
                .runOrThrow()
                .output()
                .strip());
        // Loop devices are the machine's: whoever had this one before may have left it read-only.
        Command.of("blockdev", "--setrw", device.toString()).runOrThrow();
    }

    public Path path() {
        return device;
    }

    /** A device with a copy of these blocks. */
    TestDevice copy(Path to) throws IOException {
        Command.of("blockdev", "--flushbufs", device.toString()).runOrThrow();
        Command.of("cp", "--sparse=always", file.toString(), to.toString()).runOrThrow();
        return new TestDevice(to, Files.size(to));
    }

    void resize(long size) throws IOException {
        setSize(size);
        Command.of("losetup", "--set-capacity", device.toString()).runOrThrow();
    }

    private void setSize(long size) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(size);
        }
    }

    /** Away with it, mounted or not. */
    @Override
    public void close() throws IOException {
        for (Path folder : MountTable.read().of(device)) {
            Command.of("umount", "--lazy", "--", folder.toString()).run();
        }
        Command.of("losetup", "--detach", device.toString()).run();
        Files.move(file, file.resolveSibling("gone"), StandardCopyOption.REPLACE_EXISTING);
    }
}
