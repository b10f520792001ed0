package io.stowage.array.namespace;

import io.stowage.nvme.command.Status;

/**
 * How a command ended.
 *
 * @param result dwords 0 and 1 of the completion, the first one low
 */
public record Ending(Status status, long result) {
    public static final Ending GOOD = new Ending(Status.SUCCESS, 0);

    /** With this status and nothing more to say. */
    public static Ending of(Status status) {
        return status.isSuccess() ? GOOD : new Ending(status, 0);
    }
}
