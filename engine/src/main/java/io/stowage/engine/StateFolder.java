package io.stowage.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state folder belongs to one engine at a time and gives the installation its identity. */
final class StateFolder {
    private static final String LOCK = "lock";
    private static final String IDENTITY = "server.uuid";

    private StateFolder() {}

    /** @return what gives the folder back; a killed process gives it back by itself */
    static AutoCloseable lock(Path state) {
        try {
            FileChannel channel =
                    FileChannel.open(state.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw Refused.conflict("The state folder " + state + " is in use by another server");
            }
            return channel;
        } catch (IOException e) {
            throw new Refused(
                    Refused.Kind.FAILED, "The state folder " + state + " can't be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The installation's UUID; made at the first start. */
    static UUID identity(Path state) {
        Path file = state.resolve(IDENTITY);
        try {
            if (!Files.exists(file)) {
                Path draft = state.resolve(IDENTITY + ".draft");
                Files.writeString(draft, UUID.randomUUID() + "\n");
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return UUID.fromString(Files.readString(file).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new Refused(Refused.Kind.FAILED, "The identity in " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
