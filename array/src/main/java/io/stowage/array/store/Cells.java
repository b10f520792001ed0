package io.stowage.array.store;

import java.util.Arrays;

/** A number for each address, 0 at first. Memory comes in segments, up to the highest address in use. */
final class Cells {
    private static final int SEGMENT = 1 << 16;

    private int[][] segments = new int[0][];

    int get(long address) {
        int segment = (int) (address / SEGMENT);
        return segment < segments.length ? segments[segment][(int) (address % SEGMENT)] : 0;
    }

    void set(long address, int value) {
        int segment = (int) (address / SEGMENT);
        if (segment >= segments.length) {
            int before = segments.length;
            segments = Arrays.copyOf(segments, Math.max(segment + 1, before + before / 4));
            for (int i = before; i < segments.length; i++) {
                segments[i] = new int[SEGMENT];
            }
        }
        segments[segment][(int) (address % SEGMENT)] = value;
    }
}
