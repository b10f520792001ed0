package io.stowage.driver;

/** Hears how far a piece of work of the array is that takes time. */
@FunctionalInterface
public interface Progress {
    /** For who doesn't want to know. */
    Progress NONE = percent -> {};

    /**
     * Called from time to time, also when there is nothing new. What it throws ends the work on the array, as far as that can
     * be ended, and passes on.
     *
     * @param percent 0 to 100
     */
    void at(int percent);
}
