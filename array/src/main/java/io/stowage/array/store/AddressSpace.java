package io.stowage.array.store;

import java.util.BitSet;

/**
 * Which addresses of a file (chunks, or pages) are taken, how many references lead to each, and from where
 * (all referrers in one number, by exclusive or: when one is left, it is this). Lives in memory only. After opening, nothing is known of the addresses below the end that the disk told: all
 * count as taken until {@link Scan} has counted them and {@link #settle} is called; new ones come from
 * behind that end meanwhile. Guarded by the metadata's lock.
 */
final class AddressSpace {
    private final long first;
    private final BitSet taken = new BitSet();
    private final BitSet unowned = new BitSet();
    private final Cells counts = new Cells();
    private final Cells referrers = new Cells();
    private long knownFrom;
    private long end;
    private long cursor;
    private long used;

    /** A space whose addresses from {@code first} to {@code end} are unknown, {@code used} of them in use. */
    AddressSpace(long first, long end, long used) {
        this.first = first;
        this.end = end;
        this.used = used;
        this.knownFrom = end;
        this.cursor = end;
        taken.set(0, Math.toIntExact(end));
    }

    /** Addresses from {@code start}, {@code length} of them. */
    record Run(long start, long length) {}

    /** The first address that was never taken. */
    long end() {
        return end;
    }

    /** Addresses taken and not given back. */
    long used() {
        return used;
    }

    /** Takes up to {@code wanted} neighbouring addresses, at least one. */
    Run take(long wanted) {
        int start = nextFree();
        long length = wanted;
        if (start < end) {
            int limit = taken.nextSetBit(start);
            if (limit >= 0) {
                length = Math.min(wanted, limit - start);
            }
        }
        return take(start, length);
    }

    /** Takes {@code wanted} neighbouring addresses. */
    Run takeWhole(long wanted) {
        Run run = take(wanted);
        if (run.length() == wanted) {
            return run;
        }
        giveBack(run);
        return take(Math.toIntExact(end), wanted);
    }

    private Run take(int start, long length) {
        if (start + length > Format.MAX_ADDRESS) {
            throw new StoreFull("the store has used all " + Format.MAX_ADDRESS + " addresses of a file", null);
        }
        taken.set(start, Math.toIntExact(start + length));
        used += length;
        cursor = start + length;
        end = Math.max(end, cursor);
        return new Run(start, length);
    }

    private int nextFree() {
        int free = taken.nextClearBit(Math.toIntExact(cursor));
        if (free < end) {
            return free;
        }
        free = taken.nextClearBit(Math.toIntExact(Math.max(first, knownFrom)));
        return Math.toIntExact(Math.min(free, end));
    }

    /** Gives back what was taken and never referenced. */
    void giveBack(Run run) {
        taken.clear(Math.toIntExact(run.start()), Math.toIntExact(run.start() + run.length()));
        used -= run.length();
    }

    /** Gives back what nothing leads to any more, on disk neither. */
    void giveBackUsed(Run run) {
        int from = Math.toIntExact(run.start());
        int to = Math.toIntExact(run.start() + run.length());
        for (int address = from; address < to; address++) {
            if (!unowned.get(address)) {
                used--;
            }
        }
        unowned.clear(from, to);
        taken.clear(from, to);
    }

    /** Counts one more reference. */
    void retain(long address, int referrer) {
        counts.set(address, counts.get(address) + 1);
        refer(address, 0, referrer);
    }

    /** Counts one reference less; true if that was surely the last. */
    boolean release(long address, int referrer) {
        int left = counts.get(address) - 1;
        counts.set(address, left);
        refer(address, referrer, 0);
        return left == 0 && isKnown(address);
    }

    /** A reference moves from one referrer to another. */
    void refer(long address, int from, int to) {
        referrers.set(address, referrers.get(address) ^ from ^ to);
    }

    /** Whether exactly one reference leads to an address, for sure. */
    boolean isSole(long address) {
        return isKnown(address) && references(address) == 1;
    }

    int references(long address) {
        return counts.get(address);
    }

    /** What leads to an address that has one reference: what is left of all that came and went. */
    int referrer(long address) {
        return referrers.get(address);
    }

    private boolean isKnown(long address) {
        return address >= knownFrom;
    }

    /**
     * Everything is counted now. Returns the addresses that nothing leads to; they count as taken until
     * they are given back, as the state on disk may still lead to them.
     */
    BitSet settle() {
        int unknown = Math.toIntExact(knownFrom);
        knownFrom = first;
        cursor = first;
        BitSet free = new BitSet(unknown);
        for (int address = Math.toIntExact(first); address < unknown; address++) {
            if (references(address) == 0) {
                free.set(address);
            }
        }
        unowned.or(free);
        used = taken.cardinality() - first - free.cardinality();
        return free;
    }
}
