package io.stowage.array.store;

import java.nio.ByteBuffer;

/**
 * A page of a tree. Changed only by the thread that holds the metadata's lock, and only during the
 * generation that made it; then it is written once and never changes again.
 *
 * <pre>
 *  0  magic "STWP"     8  level, version (a byte each)         16  address
 *  4  checksum of     10  blocks that hold data below it,      24  birth
 *     bytes 8 to 4095     in 6 bytes                           32  254 entries of two longs
 * </pre>
 */
abstract sealed class Page permits Leaf, Branch {
    private static final int MAGIC = 0x53545750;
    private static final int BLOCKS_BITS = 48;

    /** A generation that never is the current one: pages that came from disk. */
    static final long SETTLED = -1;

    final long address;
    final long birth;
    final int level;

    /** The generation in which it may be changed. */
    final long generation;

    /** How many blocks below it hold data; changed as the page is. */
    long blocks;

    /** Whether it is on disk, so that the cache may forget it. */
    volatile boolean durable;

    /** Whether it was used since the cache last looked. */
    volatile boolean touched;

    Page(Pointer pointer, long generation) {
        this.address = pointer.address();
        this.birth = pointer.birth();
        this.level = pointer.level();
        this.generation = generation;
    }

    Pointer pointer() {
        return new Pointer(address, birth, level);
    }

    abstract Page copy(Pointer pointer, long generation);

    abstract boolean isEmpty();

    /** What a page leads to, in its order. */
    interface Visitor {
        void chunk(long chunk);

        void page(Pointer pointer);
    }

    abstract void visit(Visitor visitor);

    abstract void writeEntries(ByteBuffer page);

    /** Writes the page into the next {@link Format#PAGE} bytes of {@code into}. */
    final void write(ByteBuffer into) {
        ByteBuffer page = into.slice(into.position(), Format.PAGE);
        page.putInt(0, MAGIC)
                .putLong(8, (long) level << 56 | (long) Format.VERSION << BLOCKS_BITS | blocks)
                .putLong(16, address)
                .putLong(24, birth)
                .position(Format.PAGE_HEADER);
        writeEntries(page);
        page.putInt(4, Format.checksum(page, 8, Format.PAGE));
        into.position(into.position() + Format.PAGE);
    }

    /** Reads a page that must be the one that {@code expected} leads to. */
    static Page parse(ByteBuffer page, Pointer expected) {
        require("magic", MAGIC, page.getInt(0), expected);
        require("checksum", Format.checksum(page, 8, Format.PAGE), page.getInt(4), expected);
        require("level", expected.level(), page.get(8), expected);
        require("version", Format.VERSION, page.get(9), expected);
        require("address", expected.address(), page.getLong(16), expected);
        require("birth", expected.birth(), page.getLong(24), expected);
        ByteBuffer entries = page.slice(Format.PAGE_HEADER, Format.PAGE - Format.PAGE_HEADER);
        Page parsed = expected.level() == 0 ? Leaf.parse(entries, expected) : Branch.parse(entries, expected);
        parsed.blocks = page.getLong(8) & (1L << BLOCKS_BITS) - 1;
        parsed.durable = true;
        return parsed;
    }

    private static void require(String what, long expected, long found, Pointer pointer) {
        if (expected != found) {
            throw new StoreCorrupt("metadata page %d is damaged: expected %s %x, found %x"
                    .formatted(pointer.address(), what, expected, found));
        }
    }
}
