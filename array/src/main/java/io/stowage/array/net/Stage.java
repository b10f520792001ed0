package io.stowage.array.net;

/** Where a host's command stands. It only goes downwards. */
public enum Stage {
    /** Waits for room for its data, or for the data. */
    COLLECTING,
    /** Waits for its time or in the slow lane, not begun. */
    QUEUED,
    /** May touch the unit at this moment. */
    RUNNING,
    /** Can't touch the unit any more. */
    ENDED
}
