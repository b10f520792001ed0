package io.stowage.engine.journal;

/** The work stops here without being settled; whoever has its claim next goes on with it. Not a failure of the work. */
public final class Halt extends Error {
    private static final long serialVersionUID = 1;

    public Halt(String message) {
        super(message, null, false, false);
    }
}
