package io.stowage.array;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of everything that is kept, taken by this process alone. The kernel lets go of it when the process ends,
 * however that happens.
 */
final class StateFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made with mode 0700 when it isn't there.
     *
     * @throws BadOption it can't be used, or another process has it
     */
    static StateFolder take(Path path) throws BadOption {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new BadOption("The state folder %s is in use by another stowage-array".formatted(path));
            }
            return new StateFolder(path, file);
        } catch (IOException e) {
            throw new BadOption("The state folder %s can't be used: %s".formatted(path, e));
        }
    }

    /**
     * Shares the folder with others who only look; nothing in it is made or changed.
     *
     * @throws BadOption it is no state folder, or an array has it
     */
    static StateFolder look(Path path) throws BadOption {
        try {
            var file = FileChannel.open(path.resolve("lock"), StandardOpenOption.READ);
            if (!isShared(file)) {
                file.close();
                throw new BadOption("The state folder %s is in use by a stowage-array".formatted(path));
            }
            return new StateFolder(path, file);
        } catch (NoSuchFileException e) {
            throw new BadOption("%s is no state folder of stowage-array".formatted(path));
        } catch (IOException e) {
            throw new BadOption("The state folder %s can't be read: %s".formatted(path, e));
        }
    }

    private static boolean isShared(FileChannel file) throws IOException {
        try {
            return file.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    Path store() {
        return path.resolve("store");
    }

    Path certificates() {
        return path.resolve("tls");
    }

    Path endpoints() {
        return path.resolve("endpoints.json");
    }

    /** The unix socket for testers. */
    Path control() {
        return path.resolve("control.socket");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
