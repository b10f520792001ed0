package io.stowage.array.fault;

import org.jspecify.annotations.Nullable;

/** What becomes of a management request that a switch has chosen. */
public sealed interface RestOutcome {
    /** As without a switch: it was only late. */
    record Proceed() implements RestOutcome {}

    /** Refused in one of the array's ways; nothing is done. */
    sealed interface Refusal extends RestOutcome {}

    /**
     * Refused with the array's error body.
     *
     * @param status 400 to 599
     * @param context the name in the error, or null
     */
    record Refuse(int status, @Nullable String context, String message) implements Refusal {}

    /** The connection is closed, nothing is done. */
    record DropBefore() implements RestOutcome {}

    /** All is done as without a switch, but instead of an answer the connection is closed. */
    record DropAfter() implements RestOutcome {}

    /** @param status 429, too many requests, or 503, as while a controller takes over */
    record Busy(int status) implements Refusal {}

    /** The session of the request ends, and so the request is refused. */
    record Expire() implements Refusal {}

    /** As if the array had no space left. */
    record Full() implements Refusal {}
}
