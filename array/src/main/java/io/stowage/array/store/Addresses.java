package io.stowage.array.store;

import java.util.Arrays;

/** A collection of addresses, as runs in the order they came. */
final class Addresses {
    private long[] starts = new long[8];
    private long[] lengths = new long[8];
    private int runs;
    private long count;

    /** How many addresses there are. */
    long count() {
        return count;
    }

    void add(long address) {
        add(new AddressSpace.Run(address, 1));
    }

    void add(AddressSpace.Run run) {
        count += run.length();
        if (runs > 0 && starts[runs - 1] + lengths[runs - 1] == run.start()) {
            lengths[runs - 1] += run.length();
            return;
        }
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, runs * 2);
            lengths = Arrays.copyOf(lengths, runs * 2);
        }
        starts[runs] = run.start();
        lengths[runs] = run.length();
        runs++;
    }

    /** Does something with each run. */
    <E extends Exception> void forEach(Visitor<E> visitor) throws E {
        for (int i = 0; i < runs; i++) {
            visitor.visit(new AddressSpace.Run(starts[i], lengths[i]));
        }
    }

    interface Visitor<E extends Exception> {
        void visit(AddressSpace.Run run) throws E;
    }
}
