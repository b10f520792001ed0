package io.stowage.engine;

/** Where a pool stands. */
public enum PoolStatus {
    /** Its creation is under way. */
    PENDING,
    CREATED,
    /** Its deletion has begun and will be finished. */
    DELETING
}
