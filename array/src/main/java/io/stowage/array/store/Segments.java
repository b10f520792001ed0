package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Pieces of a buffer and their places in the data file; neighbours in both become one piece. */
final class Segments {
    private final ByteBuffer buffer;
    private int[] starts = new int[4];
    private int[] lengths = new int[4];
    private long[] positions = new long[4];
    private int count;

    Segments(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** The {@code length} bytes of the buffer from {@code start} belong at {@code position} of the file. */
    void add(int start, int length, long position) {
        int last = count - 1;
        if (last >= 0 && starts[last] + lengths[last] == start && positions[last] + lengths[last] == position) {
            lengths[last] += length;
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
        }
        starts[count] = start;
        lengths[count] = length;
        positions[count] = position;
        count++;
    }

    void read(BlockFile file) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!file.read(positions[i], buffer.slice(starts[i], lengths[i]))) {
                throw new StoreCorrupt("the data file ends before byte " + (positions[i] + lengths[i])
                        + ", where metadata says there is data");
            }
        }
    }

    void write(BlockFile file) throws IOException {
        for (int i = 0; i < count; i++) {
            file.write(positions[i], buffer.slice(starts[i], lengths[i]));
        }
    }
}
