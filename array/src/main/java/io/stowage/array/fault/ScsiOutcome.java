package io.stowage.array.fault;

import io.stowage.iscsi.scsi.Sense;

/** What becomes of a SCSI command that a switch has chosen. */
public sealed interface ScsiOutcome {
    /** As without a switch: it was only late. */
    record Proceed() implements ScsiOutcome {}

    /** CHECK CONDITION with this sense; nothing is done. */
    record Refuse(Sense sense) implements ScsiOutcome {}

    /** The connection is closed, nothing is done. */
    record DropBefore() implements ScsiOutcome {}

    /** All is done as without a switch, but instead of an answer the connection is closed. */
    record DropAfter() implements ScsiOutcome {}

    /** @param status BUSY or TASK SET FULL; nothing is done */
    record Busy(int status) implements ScsiOutcome {}
}
