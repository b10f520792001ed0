package io.stowage.array.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last page on the way to data: for each of 254 chunks of the volume its <em>mapping</em> (the
 * chunk's address shifted by 16, and a bit for each of its blocks that holds data; 0 is no chunk) and
 * the birth of that chunk.
 *
 * <p>Readers need no lock. Who wants both values reads the birth first, and the writer sets it last:
 * a birth that makes a chunk one's own is then never seen with the shared chunk that was before.
 */
final class Leaf extends Page {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] mappings;
    private final long[] births;

    private Leaf(Pointer pointer, long generation, long[] mappings, long[] births) {
        super(pointer, generation);
        this.mappings = mappings;
        this.births = births;
    }

    static Leaf empty(Pointer pointer, long generation) {
        return new Leaf(pointer, generation, new long[Format.FAN_OUT], new long[Format.FAN_OUT]);
    }

    static Leaf parse(ByteBuffer entries, Pointer pointer) {
        Leaf leaf = empty(pointer, SETTLED);
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            leaf.mappings[slot] = entries.getLong();
            leaf.births[slot] = entries.getLong();
        }
        return leaf;
    }

    static long mapping(long chunk, int presence) {
        return chunk << Format.BLOCKS_PER_CHUNK | presence;
    }

    static long chunk(long mapping) {
        return mapping >>> Format.BLOCKS_PER_CHUNK;
    }

    static int presence(long mapping) {
        return (int) mapping & 0xffff;
    }

    /** How many blocks of the chunk hold data. */
    static int blocks(long mapping) {
        return Integer.bitCount(presence(mapping));
    }

    long mapping(int slot) {
        return (long) ELEMENT.getAcquire(mappings, slot);
    }

    long birth(int slot) {
        return (long) ELEMENT.getAcquire(births, slot);
    }

    void set(int slot, long mapping, long birth) {
        ELEMENT.setRelease(mappings, slot, mapping);
        ELEMENT.setRelease(births, slot, birth);
    }

    @Override
    Leaf copy(Pointer pointer, long generation) {
        Leaf copy = new Leaf(pointer, generation, mappings.clone(), births.clone());
        copy.blocks = blocks;
        return copy;
    }

    @Override
    void visit(Visitor visitor) {
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            if (mapping(slot) != 0) {
                visitor.chunk(chunk(mapping(slot)));
            }
        }
    }

    @Override
    boolean isEmpty() {
        return Arrays.stream(mappings).allMatch(mapping -> mapping == 0);
    }

    @Override
    void writeEntries(ByteBuffer page) {
        for (int slot = 0; slot < Format.FAN_OUT; slot++) {
            page.putLong(mappings[slot]).putLong(births[slot]);
        }
    }
}
