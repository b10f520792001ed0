package io.stowage.array.store;

import io.stowage.system.SparseFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the store. An interrupted thread closes the {@link FileChannel} it uses, for all threads;
 * as one careless caller must not end the store for the others, the channel is opened again then and
 * the operation repeated.
 */
final class OpenFile implements BlockFile, AutoCloseable {
    private final Path path;
    private final SparseFile holes;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private OpenFile(Path path, FileChannel channel, SparseFile holes) {
        this.path = path;
        this.channel = channel;
        this.holes = holes;
    }

    static OpenFile open(Path path) throws IOException {
        FileChannel channel = channel(path);
        try {
            return new OpenFile(path, channel, SparseFile.open(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public boolean read(long position, ByteBuffer into) throws IOException {
        return repeatable(open -> {
            ByteBuffer rest = into.duplicate();
            long at = position;
            while (rest.hasRemaining()) {
                int read = open.read(rest, at);
                if (read < 0) {
                    return false;
                }
                at += read;
            }
            into.position(into.limit());
            return true;
        });
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
        repeatable(open -> {
            ByteBuffer rest = from.duplicate();
            long at = position;
            while (rest.hasRemaining()) {
                at += open.write(rest, at);
            }
            return true;
        });
        from.position(from.limit());
    }

    @Override
    public void punch(long position, long length) throws IOException {
        holes.punchHole(position, length);
    }

    @Override
    public void force() throws IOException {
        repeatable(open -> {
            open.force(false);
            return true;
        });
    }

    @Override
    public long size() throws IOException {
        return repeatable(FileChannel::size);
    }

    private <T> T repeatable(Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel open = channel;
                try {
                    return operation.on(open);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == broken) {
            channel = channel(path);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try (holes) {
            channel.close();
        }
    }

    private interface Operation<T> {
        T on(FileChannel channel) throws IOException;
    }
}
