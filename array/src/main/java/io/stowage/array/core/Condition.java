package io.stowage.array.core;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * What keeps a unit from serving as usual, alike for all front ends. But for what the estate keeps it lasts until the
 * array ends at the latest. May be used by several threads; asking takes one volatile read.
 */
public final class Condition {
    /**
     * All of it at one moment.
     *
     * @param readOnly the array takes no writes for it
     * @param writeProtected a host has asked for writes to be refused, until the unit is reset
     * @param lastinglyProtected the same until a host asks for the contrary
     * @param sanitizing its content is being wiped out
     */
    public record State(boolean readOnly, boolean writeProtected, boolean lastinglyProtected, boolean sanitizing) {
        private static final State NORMAL = new State(false, false, false, false);

        /** Whether it takes no writes for any of the reasons. */
        public boolean takesNoWrites() {
            return readOnly || writeProtected || lastinglyProtected;
        }
    }

    /** Keeps what outlives the array. */
    interface Home {
        /** @throws IOException it can't be kept */
        void keep(boolean lastinglyProtected) throws IOException;
    }

    private final Home home;
    private volatile State state;

    /** A condition that nobody keeps. */
    public Condition() {
        this(State.NORMAL, _ -> {});
    }

    private Condition(State state, Home home) {
        this.state = state;
        this.home = home;
    }

    /** That of a volume. */
    static Condition of(Volume volume, Home home) {
        State state = new State(volume.readOnly(), false, volume.writeProtected(), false);
        return new Condition(state.equals(State.NORMAL) ? State.NORMAL : state, home);
    }

    public State state() {
        return state;
    }

    /** Whether nothing is the matter. */
    public boolean isNormal() {
        return state == State.NORMAL;
    }

    /** By the array. */
    public void setReadOnly(boolean readOnly) {
        change(old -> new State(readOnly, old.writeProtected, old.lastinglyProtected, old.sanitizing));
    }

    /** By a host; false if that is so already. */
    public boolean setWriteProtected(boolean writeProtected) {
        return change(old -> new State(old.readOnly, writeProtected, old.lastinglyProtected, old.sanitizing));
    }

    /**
     * By a host, to outlive the array.
     *
     * @return false if that is so already
     * @throws IOException it can't be kept; nothing has changed
     */
    public synchronized boolean protectLastingly(boolean protect) throws IOException {
        if (state.lastinglyProtected == protect) {
            return false;
        }
        home.keep(protect);
        return change(old -> new State(old.readOnly, old.writeProtected, protect, old.sanitizing));
    }

    /** When it begins and when it ends; false if that is so already. */
    public boolean setSanitizing(boolean sanitizing) {
        return change(old -> new State(old.readOnly, old.writeProtected, old.lastinglyProtected, sanitizing));
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
