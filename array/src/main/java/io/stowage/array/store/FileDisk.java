package io.stowage.array.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder with the files {@code data}, {@code metadata} and {@code lock}, held by one process at a time. */
final class FileDisk implements Disk {
    private final FileChannel lock;
    private final OpenFile data;
    private final OpenFile metadata;

    private FileDisk(FileChannel lock, OpenFile data, OpenFile metadata) {
        this.lock = lock;
        this.data = data;
        this.metadata = metadata;
    }

    static FileDisk open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (tryLock(lock) == null) {
                throw new IOException("the store in " + folder + " is in use by another process");
            }
            OpenFile data = OpenFile.open(folder.resolve("data"));
            OpenFile metadata = OpenFile.open(folder.resolve("metadata"));
            sync(folder);
            sync(folder.toAbsolutePath().getParent());
            return new FileDisk(lock, data, metadata);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Makes the names in a folder durable. */
    private static void sync(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public BlockFile data() {
        return data;
    }

    @Override
    public BlockFile metadata() {
        return metadata;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                data;
                metadata) {
            // closes all three, whichever fails
        }
    }
}
