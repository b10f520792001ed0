package io.stowage.array.fault;

/** All switches that are set, one board for each front end. A new one has none. */
public final class Faults {
    private final Switchboard<RestCall, RestOutcome> rest = new Switchboard<>();
    private final Switchboard<ScsiCall, ScsiOutcome> scsi = new Switchboard<>();

    /** For management requests. */
    public Switchboard<RestCall, RestOutcome> rest() {
        return rest;
    }

    /** For SCSI commands. */
    public Switchboard<ScsiCall, ScsiOutcome> scsi() {
        return scsi;
    }
}
