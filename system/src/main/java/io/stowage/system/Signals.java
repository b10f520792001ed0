package io.stowage.system;

import sun.misc.Signal;

/** Unix signals to this process. */
public final class Signals {
    private Signals() {}

    /**
     * Runs {@code action} on a thread of its own whenever the signal comes, instead of what the JVM
     * would do.
     *
     * @param name without its prefix: "TERM", "PWR", "INT", "HUP"
     * @throws IllegalArgumentException the JVM keeps that signal for itself or does not know it
     */
    public static void on(String name, Runnable action) {
        Signal.handle(new Signal(name), signal -> action.run());
    }
}
