package io.stowage.array.namespace;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Plans commands: which namespace, which data, what to do with it. Knows no transport and keeps no state but the
 * viewers'. May be used by several threads.
 *
 * <p>Fabrics commands, Abort, Asynchronous Event Request, Keep Alive and the features Number of Queues and Keep Alive
 * Timer belong to the transport.
 */
public final class NamespaceServer {
    private final Identities identities;

    /**
     * @param viewers who is told when one changes something for others
     * @param aborter ends commands of those whose registration is preempted
     */
    public NamespaceServer(Viewers viewers, Limits limits, Aborter aborter) {
        this.identities = new Identities(limits);
    }

    /** What to do for a command of the admin queue. The entry isn't looked at any more afterwards. */
    public Plan admin(Viewer viewer, SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case AdminOpcode.IDENTIFY -> identities.plan(viewer, entry);
            default -> new Plan.Refuse(Status.INVALID_OPCODE);
        };
    }

    /** What to do for a command of an I/O queue. The entry isn't looked at any more afterwards. */
    public Plan io(Viewer viewer, SubmissionEntry entry) {
        Optional<LogicalUnit> unit = unit(viewer, entry.namespace());
        if (unit.isEmpty()) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        return switch (entry.opcode()) {
            case NvmOpcode.READ -> read(unit.get(), entry);
            default -> new Plan.Refuse(Status.INVALID_OPCODE);
        };
    }

    /** The unit that a namespace identifier stands for, as this controller's host sees it. */
    public Optional<LogicalUnit> unit(Viewer viewer, int namespace) {
        return Optional.ofNullable(
                viewer.subsystem().units().visibleTo(viewer.hostNqn()).get(namespace));
    }

    /** What a unit's failure means to the host. */
    public static Status statusOf(IOException failure) {
        return switch (failure) {
            case LogicalUnit.OutOfSpace full -> Status.CAPACITY_EXCEEDED;
            case LogicalUnit.OutOfRange outOfRange -> Status.LBA_OUT_OF_RANGE;
            case LogicalUnit.Damaged damaged -> Status.READ_ERROR;
            default -> Status.INTERNAL_ERROR;
        };
    }

    private static Plan read(LogicalUnit unit, SubmissionEntry entry) {
        long offset = entry.dwords(10) * LogicalUnit.BLOCK_BYTES;
        return new Plan.Read(unit, offset, ((entry.dword(12) & 0xFFFF) + 1) * LogicalUnit.BLOCK_BYTES);
    }

    /** Data for the host, if its buffer takes it. */
    static Plan send(SubmissionEntry entry, ByteBuffer data) {
        return entry.sglLength() < data.remaining()
                ? new Plan.Refuse(Status.SGL_LENGTH_INVALID)
                : new Plan.Send(0, data);
    }
}
