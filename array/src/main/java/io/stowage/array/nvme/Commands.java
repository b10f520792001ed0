package io.stowage.array.nvme;

import io.stowage.array.fault.Fault;
import io.stowage.array.fault.NvmeOutcome;
import io.stowage.array.namespace.Ending;
import io.stowage.array.namespace.Plan;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.TransferHeader;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The commands of one queue as they come in: collects their data and has them carried out by the {@link Execution}. Owned
 * by the connection's thread.
 */
final class Commands {
    /** Asynchronous Event Requests that may wait; AERL says one less. */
    static final int EVENT_REQUESTS = 4;

    /** Bytes that one command may move, as MDTS says. */
    private static final int MAX_TRANSFER = 1 << 20;

    /** The data went wrong on their way; the host tries again. Base 2.0, figure 94. */
    static final Status TRANSPORT_ERROR = new Status(0x022);

    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Controller controller;
    private final boolean admin;
    private final int entries;
    private final PduReader reader;
    private final Replies replies;
    private final Tasks tasks = new Tasks();
    private final Transfers transfers;
    private final AdminCommands adminCommands;
    private final FabricsCommands fabrics;
    private final CommandFaults faults;
    private final Execution execution;
    private final Fusion fusion;
    private final AuthenticationCommands authentication;
    private boolean over;

    /**
     * The commands of the queue that a Connect makes.
     *
     * @param lastEntry entries of the longest queue, minus one
     * @param authentication nothing if the host needn't prove who it is
     */
    Commands(
            Connection connection,
            Controller controller,
            Connect connect,
            int lastEntry,
            PduReader reader,
            Replies replies,
            Optional<Authentication> authentication) {
        this.controller = controller;
        this.admin = connect.queue() == 0;
        this.entries = connect.lastEntry() + 1;
        this.reader = reader;
        this.replies = replies;
        this.transfers = new Transfers(connection.surroundings());
        this.execution = new Execution(connection, controller, connect.queue(), replies, tasks, transfers);
        this.adminCommands = new AdminCommands(controller);
        this.faults = new CommandFaults(connection.surroundings().faults().nvme(), controller, admin);
        this.authentication = new AuthenticationCommands(authentication, reader, replies, execution);
        this.fusion = new Fusion(controller, reader, tasks, execution, faults);
        this.fabrics = new FabricsCommands(controller, connect.queue(), lastEntry);
    }

    /** Whether the host has proven who it is, if it has to. */
    boolean isOpen() {
        return authentication.isOpen();
    }

    Execution execution() {
        return execution;
    }

    /** Whether the host has disconnected the queue. */
    boolean isOver() {
        return over;
    }

    /** Takes a command with what its capsule carries. */
    void begin(SubmissionEntry entry) throws IOException {
        replies.taken();
        int id = entry.commandId();
        int underWay = tasks.count() + (admin ? controller.events().count() : 0);
        if (underWay >= entries) {
            throw reader.violation(FatalError.SEQUENCE_ERROR, "more commands than the queue has entries");
        }
        Optional<Status> fault = fault(entry, id);
        if (fault.isEmpty() && authentication.takes(entry)) {
            return;
        }
        boolean isIo = !admin && !FabricsCommand.is(entry);
        if (fusion.takes(entry, fault.isEmpty() && isIo && controller.isReady())) {
            return;
        }
        if (fault.isPresent()) {
            execution.end(entry, fault.get());
        } else if (FabricsCommand.is(entry)) {
            fabrics(entry, id);
        } else if (!controller.isReady()) {
            execution.end(entry, Status.COMMAND_SEQUENCE_ERROR);
        } else if (admin && entry.opcode() == AdminOpcode.ASYNC_EVENT_REQUEST) {
            awaitEvent(entry);
        } else {
            Optional<Ending> ending = admin ? adminCommands.run(entry) : Optional.empty();
            if (ending.isPresent()) {
                execution.end(entry, ending.get());
            } else {
                plan(entry);
            }
        }
    }

    private Optional<Status> fault(SubmissionEntry entry, int id) {
        if (tasks.find(id).isPresent() || admin && controller.events().has(id)) {
            return Optional.of(Status.COMMAND_ID_CONFLICT);
        }
        return Pointer.fault(entry, reader.dataLength());
    }

    private void fabrics(SubmissionEntry entry, int id) throws IOException {
        if (entry.fabricsType() == FabricsCommand.DISCONNECT && !admin) {
            over = true;
            replies.end(id, Ending.GOOD);
        } else {
            execution.end(entry, fabrics.run(entry));
        }
    }

    private void awaitEvent(SubmissionEntry entry) throws IOException {
        if (controller.events().request(entry.commandId())) {
            controller.events().ring();
        } else {
            execution.end(entry, Status.EVENT_LIMIT_EXCEEDED);
        }
    }

    private void plan(SubmissionEntry entry) throws IOException {
        Optional<Fault<NvmeOutcome>> fault = faults.of(entry);
        Trouble trouble = fault.map(Trouble::of).orElse(Trouble.NONE);
        Plan plan = fault.flatMap(Commands::planOf)
                .orElseGet(() -> admin
                        ? controller.service().admin(entry)
                        : controller.service().io(entry));
        switch (plan) {
            case Plan.Run run -> collect(entry, new Task(Asked.of(entry, admin), run, trouble));
            default -> {
                if (bringsData(plan) && Pointer.isInCapsule(entry)) {
                    execution.end(entry, Status.INVALID_FIELD);
                } else if (trouble.delay().isPositive()) {
                    execution.answerLate(new Task(Asked.of(entry, admin), plan, trouble));
                } else if (trouble.drop()) {
                    execution.drop();
                } else {
                    execution.answer(entry, plan);
                }
            }
        }
    }

    /** The plan of a command that isn't to be carried out; nothing if it is. */
    private static Optional<Plan> planOf(Fault<NvmeOutcome> fault) {
        return switch (fault.outcome()) {
            case NvmeOutcome.Proceed _, NvmeOutcome.DropAfter _ -> Optional.empty();
            case NvmeOutcome.Refuse(Status status) -> Optional.of(new Plan.Refuse(status));
            case NvmeOutcome.DropBefore _ -> Optional.of(Plan.DONE);
        };
    }

    private static boolean bringsData(Plan plan) {
        return plan instanceof Plan.Read
                || plan instanceof Plan.Send(long result, ByteBuffer data) && data.hasRemaining();
    }

    /** Gets the data of a command that is to be run. */
    private void collect(SubmissionEntry entry, Task task) throws IOException {
        int wanted = task.wanted();
        if (wanted > MAX_TRANSFER) {
            execution.end(entry, Status.INVALID_FIELD);
        } else if (wanted == 0) {
            tasks.add(task);
            execution.begin(task, NO_DATA);
        } else if (Pointer.isInCapsule(entry)) {
            collectHere(entry, task);
        } else {
            tasks.add(task);
            execution.collect(task);
        }
    }

    private void collectHere(SubmissionEntry entry, Task task) throws IOException {
        ByteBuffer wanted;
        try {
            wanted = Pointer.inCapsule(entry, reader);
        } catch (DataDigestError e) {
            execution.end(entry, TRANSPORT_ERROR);
            return;
        }
        tasks.add(task);
        boolean isLater = !task.isQuick() || task.trouble().delay().isPositive();
        execution.begin(task, isLater ? copy(wanted) : wanted);
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }

    /** Takes a piece of a command's data. TCP Transport 1.0, section 3.5. */
    void data() throws IOException {
        ByteBuffer header = reader.header();
        Optional<Task> found = transfers.find(TransferHeader.tag(header));
        if (found.isEmpty()) {
            throw reader.invalid(TransferHeader.TAG_OFFSET, "data for a transfer that doesn't exist");
        }
        Task task = found.get();
        ByteBuffer buffer = task.buffer().orElseThrow();
        if (TransferHeader.commandId(header) != task.tag()) {
            throw reader.invalid(TransferHeader.COMMAND_OFFSET, "data for another command than was asked");
        }
        if (TransferHeader.offset(header) != buffer.position() || reader.dataLength() > buffer.remaining()) {
            throw reader.violation(FatalError.DATA_OUT_OF_RANGE, "data that were not asked for");
        }
        boolean completes = reader.dataLength() == buffer.remaining();
        if (reader.has(CommonHeader.LAST) && !completes) {
            throw reader.invalid(CommonHeader.FLAGS_OFFSET, "the last data, and yet not all");
        }
        try {
            reader.readData(buffer);
        } catch (DataDigestError e) {
            tasks.doom(one -> one == task, TRANSPORT_ERROR);
        }
        if (completes) {
            transfers.complete(task);
            execution.begin(task, buffer.flip());
        }
    }
}
