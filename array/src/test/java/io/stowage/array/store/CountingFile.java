package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a store that counts the bytes read and written. Not thread-safe. */
final class CountingFile implements BlockFile {
    private final BlockFile file;
    private long read;
    private long written;

    CountingFile(BlockFile file) {
        this.file = file;
    }

    long read() {
        return read;
    }

    long written() {
        return written;
    }

    /** A disk with this for its metadata, and the data of another disk. */
    Disk beside(Disk disk) {
        return new Disk() {
            @Override
            public BlockFile data() {
                return disk.data();
            }

            @Override
            public BlockFile metadata() {
                return CountingFile.this;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean read(long position, ByteBuffer into) throws IOException {
        read += into.remaining();
        return file.read(position, into);
    }

    @Override
    public void write(long position, ByteBuffer from) throws IOException {
        written += from.remaining();
        file.write(position, from);
    }

    @Override
    public void punch(long position, long length) throws IOException {
        file.punch(position, length);
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }
}
