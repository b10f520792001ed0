package io.stowage.tests.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Blocks of a device that were written from a seed, each at a place of its own.
 *
 * @param count blocks of {@link #SIZE} bytes, {@link #STRIDE} bytes apart
 */
public record Blocks(long seed, int count) {
    /** Bytes of a block: not a multiple of a page, so that neighbours must survive. */
    private static final int SIZE = 60 << 10;

    private static final long STRIDE = 1 << 20;

    public static Blocks write(Path device, long seed, int count) {
        Blocks blocks = new Blocks(seed, count);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
            for (int i = 0; i < count; i++) {
                channel.write(blocks.content(i), i * STRIDE);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    /** @throws AssertionError that names the first block which is not as it should be */
    public void verify(Path device) {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                ByteBuffer present = ByteBuffer.allocate(SIZE);
                while (present.hasRemaining() && channel.read(present, i * STRIDE + present.position()) >= 0) {
                    // until the block is whole
                }
                if (!present.flip().equals(content(i))) {
                    throw new AssertionError("block " + i + " of " + device + " holds other data than expected");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteBuffer content(int block) {
        byte[] bytes = new byte[SIZE];
        new Random(seed * 31 + block).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
