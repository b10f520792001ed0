package io.stowage.iscsi.scsi;

/** A parameter list can't be carried out; the sense says why. */
public final class InvalidParameters extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Sense sense;

    public InvalidParameters(Sense sense) {
        super("Invalid parameter list: " + sense);
        this.sense = sense;
    }

    public Sense sense() {
        return sense;
    }
}
