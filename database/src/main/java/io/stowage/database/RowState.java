package io.stowage.database;

/** Where the thing of a row stands. The row comes before the array hears of it, and goes after the array let go. */
public enum RowState {
    CREATING,
    READY,
    /** A volume whose content is being replaced, or that is being moved away: nobody else may do anything with it. */
    BUSY,
    DELETING
}
