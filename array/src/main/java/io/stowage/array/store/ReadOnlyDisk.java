package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of a store that nobody has open, for looking only: nothing in the folder is made or changed. */
record ReadOnlyDisk(FileChannel lock, FileChannel dataFile, FileChannel metadataFile) implements Disk {
    static ReadOnlyDisk open(Path folder) throws IOException {
        FileChannel lock = channel(folder, "lock");
        try {
            requireUnused(lock, folder);
            FileChannel data = channel(folder, "data");
            try {
                return new ReadOnlyDisk(lock, data, channel(folder, "metadata"));
            } catch (IOException e) {
                data.close();
                throw e;
            }
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel channel(Path folder, String name) throws IOException {
        return FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
    }

    /** Who writes holds the lock alone; who looks shares it with others who look. */
    private static void requireUnused(FileChannel lock, Path folder) throws IOException {
        try {
            if (lock.tryLock(0, Long.MAX_VALUE, true) != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it open
        }
        throw new IOException("the store in " + folder + " is in use by another process");
    }

    @Override
    public BlockFile data() {
        return new File(dataFile);
    }

    @Override
    public BlockFile metadata() {
        return new File(metadataFile);
    }

    @Override
    public void close() throws IOException {
        try (lock;
                dataFile;
                metadataFile) {
            // closes all three, whichever fails
        }
    }

    private record File(FileChannel channel) implements BlockFile {
        @Override
        public boolean read(long position, ByteBuffer into) throws IOException {
            for (long at = position; into.hasRemaining(); ) {
                int read = channel.read(into, at);
                if (read < 0) {
                    return false;
                }
                at += read;
            }
            return true;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(long position, ByteBuffer from) {
            throw new UnsupportedOperationException("the disk is open for looking only");
        }

        @Override
        public void punch(long position, long length) {
            throw new UnsupportedOperationException("the disk is open for looking only");
        }

        @Override
        public void force() {
            throw new UnsupportedOperationException("the disk is open for looking only");
        }
    }
}
