package io.stowage.array.core;

import java.util.function.UnaryOperator;

/**
 * What keeps a unit from serving as usual, alike for all front ends. It lasts until the array ends at the latest. May be
 * used by several threads; asking takes one volatile read.
 */
public final class Condition {
    /**
     * All of it at one moment.
     *
     * @param readOnly the array takes no writes for it
     * @param writeProtected a host has asked for writes to be refused
     * @param sanitizing its content is being wiped out
     */
    public record State(boolean readOnly, boolean writeProtected, boolean sanitizing) {
        private static final State NORMAL = new State(false, false, false);
    }

    private volatile State state = State.NORMAL;

    public State state() {
        return state;
    }

    /** Whether nothing is the matter. */
    public boolean isNormal() {
        return state == State.NORMAL;
    }

    /** By the array. */
    public void setReadOnly(boolean readOnly) {
        change(old -> new State(readOnly, old.writeProtected, old.sanitizing));
    }

    /** By a host; false if that is so already. */
    public boolean setWriteProtected(boolean writeProtected) {
        return change(old -> new State(old.readOnly, writeProtected, old.sanitizing));
    }

    /** When it begins and when it ends; false if that is so already. */
    public boolean setSanitizing(boolean sanitizing) {
        return change(old -> new State(old.readOnly, old.writeProtected, sanitizing));
    }

    private synchronized boolean change(UnaryOperator<State> change) {
        State next = change.apply(state);
        if (next.equals(state)) {
            return false;
        }
        state = next.equals(State.NORMAL) ? State.NORMAL : next;
        return true;
    }
}
