package io.stowage.benchmarks;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file or block device, past the page cache (O_DIRECT). */
record FileDisk(String name, FileChannel channel) implements Disk {
    static FileDisk open(String name, Path path) throws IOException {
        return new FileDisk(
                name,
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT));
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        channel.read(target, offset);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
        channel.write(source, offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
