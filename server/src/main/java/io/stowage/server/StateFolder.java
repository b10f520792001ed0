package io.stowage.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of everything that is kept, taken by this process alone. The kernel lets go of it when
 * the process ends, however that happens.
 */
final class StateFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made when it isn't there, with mode 0711: others reach the socket in
     * it, and mounted volumes, but see no list.
     *
     * @throws BadOption it can't be used, or another process has it
     */
    static StateFolder take(Path path) throws BadOption {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
            }
            var file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new BadOption("The state folder %s is in use by another stowaged".formatted(path));
            }
            return new StateFolder(path, file);
        } catch (IOException e) {
            throw new BadOption("The state folder %s can't be used: %s".formatted(path, reason(e)));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    /** Exceptions of files often say no more than the path. */
    private static String reason(IOException e) {
        var name = e.getClass().getSimpleName().replace("Exception", "");
        var message = e.getMessage();
        return message == null ? name : name + ": " + message;
    }

    Path path() {
        return path;
    }

    Path socket() {
        return path.resolve("unix.socket");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
