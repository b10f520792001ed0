package io.stowage.engine.host;

import io.stowage.engine.journal.Failures;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A block device of this machine. */
record LocalDevice(FileChannel channel) implements RawDevice {
    /** Without CREATE: a device that went away must not become a file. */
    static LocalDevice open(Path device) {
        return new LocalDevice(
                Failures.io(() -> FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)));
    }

    @Override
    public int read(ByteBuffer into, long offset) {
        return Failures.io(() -> {
            int total = 0;
            while (into.hasRemaining()) {
                int count = channel.read(into, offset + total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        });
    }

    @Override
    public void write(ByteBuffer from, long offset) {
        Failures.ioAction(() -> {
            long at = offset;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        });
    }

    @Override
    public void flush() {
        Failures.ioAction(() -> channel.force(true));
    }

    @Override
    public void close() {
        Failures.ioAction(channel::close);
    }
}
