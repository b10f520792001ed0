package io.stowage.tests.tour;

import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.Calls;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.calls.Deed;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts and shows what is being proven, one line for each step, with what it cost in requests to the array. */
public final class Steps {
    private final PrintStream out;
    private final ArrayInABox array;
    private final Map<Combination, Cost> costs = new EnumMap<>(Combination.class);
    private Combination combination = Combination.values()[0];
    private int count;

    public Steps(PrintStream out, ArrayInABox array) {
        this.out = out;
        this.array = array;
    }

    /**
     * What a tour cost in requests to the array, for what LXD's drivers can do too.
     *
     * @param ours how many there were
     * @param lxd how many LXD needs
     */
    public record Cost(int ours, int lxd) {
        private static final Cost NOTHING = new Cost(0, 0);

        private Cost plus(Cost other) {
            return new Cost(ours + other.ours, lxd + other.lxd);
        }
    }

    /** Something that may fail in any way. */
    @FunctionalInterface
    public interface Proof {
        void run();
    }

    /** The steps that follow are done with this. */
    void with(Combination next) {
        combination = next;
    }

    /** Shows a heading. */
    public void chapter(String title) {
        out.println();
        out.println(title);
    }

    /** A step: its proof throws when what the text says doesn't hold. */
    public void step(String text, List<Deed> deeds, Proof proof) {
        step(text, deeds, proof, () -> {});
    }

    /**
     * @param deeds what LXD would have to do for this; nothing if it can't be compared
     * @param look an administrator's look at the array afterwards, which isn't counted
     */
    void step(String text, List<Deed> deeds, Proof proof, Proof look) {
        out.printf("  %3d  %s …", count + 1, text);
        out.flush();
        array.resetCalls();
        long start = System.nanoTime();
        proof.run();
        long end = System.nanoTime();
        Calls calls = array.calls();
        look.run();
        out.printf(" %.1f s, %d array calls%n", (end - start) / 1e9, calls.count());
        if (!deeds.isEmpty()) {
            int lxd = deeds.stream()
                    .mapToInt(deed -> deed.lxd(combination.vendor()))
                    .sum();
            costs.merge(combination, new Cost(calls.count(), lxd), Cost::plus);
        }
        count++;
    }

    public int count() {
        return count;
    }

    /** What the steps with one combination cost together. */
    public Cost cost(Combination which) {
        return costs.getOrDefault(which, Cost.NOTHING);
    }
}
