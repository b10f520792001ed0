package io.stowage.array.fault;

import io.stowage.nvme.command.Status;

/** What becomes of an NVMe command that a switch has chosen. */
public sealed interface NvmeOutcome {
    /** As without a switch: it was only late. */
    record Proceed() implements NvmeOutcome {}

    /** Ends with this status; nothing is done. */
    record Refuse(Status status) implements NvmeOutcome {}

    /** The connection is closed, nothing is done. */
    record DropBefore() implements NvmeOutcome {}

    /** All is done as without a switch, but instead of an answer the connection is closed. */
    record DropAfter() implements NvmeOutcome {}
}
