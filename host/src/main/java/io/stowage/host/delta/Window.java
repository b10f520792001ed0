package io.stowage.host.delta;

import io.stowage.host.transfer.ExtentMap;
import io.stowage.model.Extent;
import java.io.IOException;
import java.util.BitSet;

/**
 * Some neighbouring blocks of a volume, the last of which may be cut short by its end.
 *
 * @param first number of the first block
 * @param end number behind the last one
 * @param size bytes of the volume
 */
record Window(long first, long end, long size) {
    /** The window that begins with a block. */
    static Window at(long first, long size) {
        return new Window(first, Math.min(first + Delta.WINDOW, blocks(size)), size);
    }

    static long blocks(long size) {
        return (size + Delta.BLOCK - 1) / Delta.BLOCK;
    }

    long offset(int index) {
        return (first + index) * Delta.BLOCK;
    }

    /** Bytes from one block to before another, which may be itself. */
    int length(int from, int to) {
        return (int) (Math.min(offset(to), size) - offset(from));
    }

    /** The blocks that a map touches, by index. */
    BitSet touched(ExtentMap map) throws IOException {
        var piece = new Extent(offset(0), Math.min(end * Delta.BLOCK, size) - offset(0));
        var touched = new BitSet();
        for (var extent : map.within(piece)) {
            touched.set((int) (extent.offset() / Delta.BLOCK - first), (int)
                    ((extent.end() + Delta.BLOCK - 1) / Delta.BLOCK - first));
        }
        return touched;
    }
}
