package io.stowage.array.namespace;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOG = System.getLogger(NamespaceServer.class.getName());

    private final Limits limits;
    private final Identities identities;
    private final Logs logs;
    private final Features features;
    private final BlockCommands blocks;
    private final ReservationCommands reservations;

    /**
     * @param viewers who is told when one changes something for others
     * @param aborter ends commands of those whose registration is preempted
     */
    public NamespaceServer(Viewers viewers, Limits limits, Aborter aborter) {
        this.limits = limits;
        this.identities = new Identities(viewers, limits);
        this.logs = new Logs(limits);
        this.features = new Features(viewers);
        this.blocks = new BlockCommands(limits);
        this.reservations = new ReservationCommands(limits, aborter);
    }

    /** What to do for a command of the admin queue. The entry isn't looked at any more afterwards. */
    public Plan admin(Viewer viewer, SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case AdminOpcode.IDENTIFY -> identities.plan(viewer, entry);
            case AdminOpcode.GET_LOG_PAGE -> logs.plan(viewer, entry);
            case AdminOpcode.GET_FEATURES -> features.get(viewer, entry);
            case AdminOpcode.SET_FEATURES -> features.set(viewer, entry);
            case AdminOpcode.GET_LBA_STATUS -> lbaStatus(viewer, entry);
            default -> new Plan.Refuse(Status.INVALID_OPCODE);
        };
    }

    private Plan lbaStatus(Viewer viewer, SubmissionEntry entry) {
        Optional<LogicalUnit> unit = unit(viewer, entry.namespace());
        if (unit.isEmpty()) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        Access access = new Access(viewer, entry.namespace(), unit.get(), Access.Kind.NONE);
        return access.obstacle()
                .<Plan>map(Plan.Refuse::new)
                .orElseGet(() -> LbaStatusCommand.plan(access, entry, limits));
    }

    /** What to do for a command of an I/O queue. The entry isn't looked at any more afterwards. */
    public Plan io(Viewer viewer, SubmissionEntry entry) {
        Optional<Access.Kind> kind = kindOf(entry.opcode());
        if (kind.isEmpty()) {
            return new Plan.Refuse(Status.INVALID_OPCODE);
        }
        if (entry.fused() != 0) {
            return new Plan.Refuse(Status.INVALID_FIELD); // two are planned together, if at all
        }
        if (entry.opcode() == NvmOpcode.FLUSH && entry.sglLength() != 0) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        boolean everywhere = entry.namespace() == Identities.EVERY_NAMESPACE;
        if (everywhere && entry.opcode() == NvmOpcode.FLUSH) {
            return Flush.everywhere(viewer);
        }
        Optional<LogicalUnit> unit = unit(viewer, entry.namespace());
        if (unit.isEmpty()) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        Access access = new Access(viewer, entry.namespace(), unit.get(), kind.get());
        return access.obstacle().<Plan>map(Plan.Refuse::new).orElseGet(() -> plan(access, entry));
    }

    /** What to do for two fused commands of an I/O queue. The entries aren't looked at any more afterwards. */
    public FusedPlan fused(Viewer viewer, SubmissionEntry first, SubmissionEntry second) {
        return CompareAndWrite.plan(first, second, entry -> io(viewer, entry));
    }

    /** Makes durable what was written to any of the viewer's namespaces, as far as that is possible. */
    public void flush(Viewer viewer) {
        for (LogicalUnit unit : viewer.namespaces().values()) {
            try {
                unit.flush();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Namespace {0}: can''t be flushed at shutdown: {1}", unit, e.getMessage());
            }
        }
    }

    /** The unit that a namespace identifier stands for, as this controller's host sees it. */
    public static Optional<LogicalUnit> unit(Viewer viewer, int namespace) {
        return Optional.ofNullable(viewer.namespaces().get(namespace));
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

    private Plan plan(Access access, SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case NvmOpcode.FLUSH -> Flush.of(access);
            case NvmOpcode.DATASET_MANAGEMENT -> DatasetCommand.plan(access, entry);
            case NvmOpcode.COPY -> CopyCommand.plan(access, entry);
            case NvmOpcode.RESERVATION_REGISTER,
                    NvmOpcode.RESERVATION_REPORT,
                    NvmOpcode.RESERVATION_ACQUIRE,
                    NvmOpcode.RESERVATION_RELEASE -> reservations.plan(access, entry);
            default -> blocks.plan(access, entry);
        };
    }

    private static Optional<Access.Kind> kindOf(int opcode) {
        return switch (opcode) {
            case NvmOpcode.READ, NvmOpcode.COMPARE, NvmOpcode.VERIFY -> Optional.of(Access.Kind.READ);
            case NvmOpcode.FLUSH -> Optional.of(Access.Kind.FLUSH);
            case NvmOpcode.WRITE, NvmOpcode.WRITE_ZEROES, NvmOpcode.DATASET_MANAGEMENT, NvmOpcode.COPY ->
                Optional.of(Access.Kind.WRITE);
            case NvmOpcode.RESERVATION_REGISTER,
                    NvmOpcode.RESERVATION_REPORT,
                    NvmOpcode.RESERVATION_ACQUIRE,
                    NvmOpcode.RESERVATION_RELEASE -> Optional.of(Access.Kind.NONE);
            default -> Optional.empty();
        };
    }

    /** Data for the host, if its buffer takes it. */
    static Plan send(SubmissionEntry entry, ByteBuffer data) {
        return entry.sglLength() < data.remaining()
                ? new Plan.Refuse(Status.SGL_LENGTH_INVALID)
                : new Plan.Send(0, data);
    }
}
