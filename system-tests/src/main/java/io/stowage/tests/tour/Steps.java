package io.stowage.tests.tour;

import java.io.PrintStream;

/** Counts and shows what is being proven, one line for each step. */
public final class Steps {
    private final PrintStream out;
    private int count;

    public Steps(PrintStream out) {
        this.out = out;
    }

    /** Something that may fail in any way. */
    @FunctionalInterface
    public interface Proof {
        void run();
    }

    /** Shows a heading. */
    public void chapter(String title) {
        out.println();
        out.println(title);
    }

    /** A step: its proof throws when what the text says doesn't hold. */
    public void step(String text, Proof proof) {
        out.printf("  %3d  %s …", count + 1, text);
        out.flush();
        long start = System.nanoTime();
        proof.run();
        out.printf(" %.1f s%n", (System.nanoTime() - start) / 1e9);
        count++;
    }

    public int count() {
        return count;
    }
}
