package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry.
 *
 * @param epoch of the member when it claimed the operation; its writes hold only as long as nobody claimed it after
 * @param lease until when the claim holds, unless it is renewed
 * @param state PLANNED, RUNNING, UNDOING, DONE, FAILED or CANCELLED
 * @param step how many steps are finished
 * @param version of the input's form
 * @param pool name of the pool at the time, as are project, volume and snapshot
 * @param requestorName who asked for it, as are protocol and address; null for what the server does by itself
 */
public record OperationRow(
        UUID id,
        String kind,
        UUID member,
        long epoch,
        Instant lease,
        String state,
        int step,
        int version,
        String pool,
        @Nullable String project,
        @Nullable String volume,
        @Nullable String snapshot,
        String progress,
        boolean mayCancel,
        @Nullable String errorKind,
        String error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String requestorName,
        @Nullable String requestorProtocol,
        @Nullable String requestorAddress) {}
