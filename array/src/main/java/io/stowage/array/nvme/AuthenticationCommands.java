package io.stowage.array.nvme;

import io.stowage.array.namespace.Plan;
import io.stowage.nvme.auth.AuthMessage;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Authentication Send and Receive of one queue, and what hosts are told that haven't proven themselves. Owned by the
 * connection's thread. Base 2.0, sections 6.1 and 6.2.
 */
final class AuthenticationCommands {
    /** SPSP1, SPSP0 and SECP: NVMe, DH-HMAC-CHAP. */
    private static final int SECURITY = 0xE9_01_01;

    /** What hosts have room for: Linux has 4 KiB. */
    private static final int LONGEST = 8192;

    private final Optional<Authentication> authentication;
    private final PduReader reader;
    private final Replies replies;
    private final Execution execution;

    /** @param authentication nothing if the host needn't prove anything */
    AuthenticationCommands(
            Optional<Authentication> authentication, PduReader reader, Replies replies, Execution execution) {
        this.authentication = authentication;
        this.reader = reader;
        this.replies = replies;
        this.execution = execution;
    }

    /** Whether the queue takes commands of all kinds. */
    boolean isOpen() {
        return authentication.map(Authentication::isComplete).orElse(true);
    }

    /** Sees to a command that is about authentication, or that comes too early; false for all others. */
    boolean takes(SubmissionEntry entry) throws IOException {
        boolean isFabrics = FabricsCommand.is(entry);
        if (isFabrics && entry.fabricsType() == FabricsCommand.AUTHENTICATION_SEND) {
            execution.end(entry, send(entry));
            return true;
        }
        if (isFabrics && entry.fabricsType() == FabricsCommand.AUTHENTICATION_RECEIVE) {
            receive(entry);
            return true;
        }
        if (isOpen() || isFabrics && entry.fabricsType() == FabricsCommand.DISCONNECT) {
            return false;
        }
        execution.end(entry, Status.AUTHENTICATION_REQUIRED);
        return true;
    }

    private Optional<Status> fault(SubmissionEntry entry) {
        long length = Integer.toUnsignedLong(length(entry));
        if (authentication.isEmpty()) {
            return Optional.of(Status.COMMAND_SEQUENCE_ERROR);
        }
        boolean isOurs = (entry.byteAt(41) | entry.byteAt(42) << 8 | entry.byteAt(43) << 16) == SECURITY;
        return isOurs && length >= AuthMessage.HEADER && length <= LONGEST && length == entry.sglLength()
                ? Optional.empty()
                : Optional.of(Status.INVALID_FIELD);
    }

    private static int length(SubmissionEntry entry) {
        return entry.shortAt(44) | entry.shortAt(46) << 16;
    }

    private Status send(SubmissionEntry entry) throws IOException {
        Optional<Status> fault = fault(entry);
        if (fault.isPresent()) {
            return fault.get();
        }
        if (!Pointer.isInCapsule(entry)) {
            return Status.SGL_TYPE_INVALID;
        }
        try {
            return authentication.orElseThrow().send(Pointer.inCapsule(entry, reader));
        } catch (DataDigestError e) {
            return Commands.TRANSPORT_ERROR;
        }
    }

    private void receive(SubmissionEntry entry) throws IOException {
        Optional<Status> fault = fault(entry);
        if (fault.isPresent()) {
            execution.end(entry, fault.get());
            return;
        }
        if (Pointer.isInCapsule(entry)) {
            execution.end(entry, Status.SGL_TYPE_INVALID);
            return;
        }
        Optional<ByteBuffer> message = authentication.orElseThrow().receive();
        if (message.isEmpty()) {
            execution.end(entry, Status.COMMAND_SEQUENCE_ERROR);
        } else if (message.get().limit() > length(entry)) {
            execution.end(entry, Status.SGL_LENGTH_INVALID);
        } else {
            ByteBuffer whole = ByteBuffer.allocate(length(entry))
                    .put(0, message.get(), 0, message.get().limit());
            replies.send(entry.commandId(), new Plan.Send(0, whole));
        }
    }
}
