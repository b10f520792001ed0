package io.stowage.array.store;

/** Who takes the steps of the {@link Housekeeping}: a thread of its own, or a test by hand. */
interface Housekeeper {
    /** There may be something to do. */
    void wake();

    /** Returns when there is nothing left to do. Not to be called with a lock of the store. */
    void drain();

    /** Returns when references are counted, or never will be. Not to be called with a lock of the store. */
    void awaitCount();

    /** Takes no more steps; returns when the last has ended. */
    void stop();
}
