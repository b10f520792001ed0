package io.stowage.array.store;

/** The power of a {@link SimulatedDisk} is gone. */
final class PowerCut extends Error {
    private static final long serialVersionUID = 1;

    PowerCut() {
        super("the power was cut");
    }
}
