package io.stowage.engine;

/** Where an operation stands. */
public enum OperationState {
    /** Written down, not begun. */
    PLANNED,
    RUNNING,
    /** Failed or cancelled; what it did is being taken back. */
    UNDOING,
    DONE,
    FAILED,
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean settled() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
