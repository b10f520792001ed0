package io.stowage.array.nvme;

import io.stowage.array.namespace.Path;

/**
 * How namespaces are reached through the portals of one data address: as was set, and not at all while it is out of
 * service. May be used by several threads.
 */
final class PortalPath implements Path {
    private final int port;
    private volatile State state = new State(Access.OPTIMIZED, true, 0);

    PortalPath(int port) {
        this.port = port;
    }

    private record State(Access set, boolean serves, long changes) {
        Access access() {
            return serves ? set : Access.INACCESSIBLE;
        }

        State with(Access other, boolean servesNow) {
            State next = new State(other, servesNow, changes);
            return next.access() == access() ? next : new State(other, servesNow, changes + 1);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Access access() {
        return state.access();
    }

    @Override
    public long changes() {
        return state.changes();
    }

    /** What was set, whether it is in service or not. */
    Access setting() {
        return state.set();
    }

    /** @return whether {@link #access} is another one now */
    synchronized boolean set(Access access) {
        return change(state.with(access, state.serves()));
    }

    /** @return whether {@link #access} is another one now */
    synchronized boolean serve(boolean serves) {
        return change(state.with(state.set(), serves));
    }

    private boolean change(State next) {
        boolean differs = next.changes() != state.changes();
        state = next;
        return differs;
    }
}
