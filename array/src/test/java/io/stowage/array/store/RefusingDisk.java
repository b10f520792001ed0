package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A disk that refuses writes or syncs in the words of a host. */
final class RefusingDisk implements Disk {
    private final Disk disk;
    private @Nullable String data;
    private @Nullable String metadata;
    private @Nullable String force;

    RefusingDisk(Disk disk) {
        this.disk = disk;
    }

    void refuseData(String words) {
        data = words;
    }

    void refuseMetadata(String words) {
        metadata = words;
    }

    void refuseForce(String words) {
        force = words;
    }

    void refuseNothing() {
        data = null;
        metadata = null;
        force = null;
    }

    @Override
    public BlockFile data() {
        return new RefusingFile(disk.data());
    }

    @Override
    public BlockFile metadata() {
        return new RefusingFile(disk.metadata());
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private final class RefusingFile implements BlockFile {
        private final BlockFile file;

        RefusingFile(BlockFile file) {
            this.file = file;
        }

        private @Nullable String words() {
            return file == disk.data() ? data : metadata;
        }

        @Override
        public boolean read(long position, ByteBuffer into) throws IOException {
            return file.read(position, into);
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            String words = words();
            if (words != null) {
                throw new IOException(words);
            }
            file.write(position, from);
        }

        @Override
        public void punch(long position, long length) throws IOException {
            file.punch(position, length);
        }

        @Override
        public void force() throws IOException {
            if (force != null) {
                throw new IOException(force);
            }
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }
    }
}
