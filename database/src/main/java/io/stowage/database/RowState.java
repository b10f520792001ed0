package io.stowage.database;

/** Where the thing of a row stands. The row comes before the array hears of it, and goes after the array let go. */
public enum RowState {
    CREATING,
    READY,
    DELETING
}
