package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;

/**
 * The commands of one queue: collects their data, has them carried out, and answers. Owned by the connection's thread but
 * for what it hands to the {@link io.stowage.array.net.SlowLane}.
 */
final class Commands {
    private static final Logger LOG = System.getLogger(Commands.class.getName());

    /** Asynchronous Event Requests that may wait; AERL says one less. */
    static final int EVENT_REQUESTS = 4;

    /** Bytes that one command may move, as MDTS says. */
    private static final int MAX_TRANSFER = 1 << 20;

    /** The data went wrong on their way; the host tries again. Base 2.0, figure 94. */
    static final Status TRANSPORT_ERROR = new Status(0x022);

    /** There is no room for the command just now; the host tries again. Base 2.0, figure 94. */
    private static final Status INTERRUPTED = new Status(0x021);

    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Connection connection;
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
    private boolean over;

    /** @param lastEntry entries of the longest queue, minus one */
    Commands(
            Connection connection,
            Controller controller,
            Connect connect,
            int lastEntry,
            PduReader reader,
            Replies replies) {
        this.connection = connection;
        this.controller = controller;
        this.admin = connect.queue() == 0;
        this.entries = connect.lastEntry() + 1;
        this.reader = reader;
        this.replies = replies;
        this.transfers = new Transfers(connection.surroundings());
        this.adminCommands = new AdminCommands(controller);
        this.faults = new CommandFaults(connection.surroundings().faults().nvme(), controller, admin);
        this.fabrics = new FabricsCommands(controller, connect.queue(), lastEntry);
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
        if (fault.isPresent()) {
            replies.end(id, fault.get());
        } else if (FabricsCommand.is(entry)) {
            fabrics(entry, id);
        } else if (!controller.isReady()) {
            replies.end(id, Status.COMMAND_SEQUENCE_ERROR);
        } else if (admin && entry.opcode() == AdminOpcode.ASYNC_EVENT_REQUEST) {
            awaitEvent(id);
        } else {
            Optional<Ending> ending = admin ? adminCommands.run(entry) : Optional.empty();
            if (ending.isPresent()) {
                replies.end(id, ending.get());
            } else {
                plan(entry, id);
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
            replies.end(id, fabrics.run(entry));
        }
    }

    private void awaitEvent(int id) throws IOException {
        if (controller.events().request(id)) {
            controller.events().ring();
        } else {
            replies.end(id, Status.EVENT_LIMIT_EXCEEDED);
        }
    }

    private void plan(SubmissionEntry entry, int id) throws IOException {
        Optional<Fault<NvmeOutcome>> fault = faults.of(entry);
        Trouble trouble = fault.map(Trouble::of).orElse(Trouble.NONE);
        Plan plan = fault.flatMap(Commands::planOf)
                .orElseGet(() -> admin
                        ? controller.service().admin(entry)
                        : controller.service().io(entry));
        switch (plan) {
            case Plan.Run run -> collect(entry, new Task(id, run, trouble));
            default -> {
                if (bringsData(plan) && Pointer.isInCapsule(entry)) {
                    replies.end(id, Status.INVALID_FIELD);
                } else if (trouble.delay().isPositive()) {
                    answerLate(new Task(id, plan, trouble));
                } else if (trouble.drop()) {
                    drop();
                } else {
                    answer(id, plan);
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

    /** Waits on a thread of its own: meanwhile the connection serves other commands. */
    private void answerLate(Task task) {
        tasks.add(task);
        tasks.move(task, Task.State.COLLECTING, Task.State.QUEUED);
        later(task, () -> {
            tasks.end(task);
            if (task.doom().isPresent()) {
                replies.end(task.id(), task.doom().get());
            } else if (task.trouble().drop()) {
                drop();
            } else {
                answer(task.id(), task.plan());
            }
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private void later(Task task, Step step) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(task.trouble().delay());
                step.run();
                replies.flush();
            } catch (IOException | InterruptedException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": answer not sent", e);
                connection.close();
            }
        });
    }

    private void answer(int id, Plan plan) throws IOException {
        switch (plan) {
            case Plan.Refuse(Status status) -> replies.end(id, status);
            case Plan.Send send -> replies.send(id, send);
            case Plan.Read read -> replies.read(id, read);
            case Plan.Run run -> throw new IllegalStateException("not to be run here: " + run);
        }
    }

    /** Gets the data of a command that is to be run. */
    private void collect(SubmissionEntry entry, Task task) throws IOException {
        int wanted = task.wanted();
        if (wanted > MAX_TRANSFER) {
            replies.end(task.id(), Status.INVALID_FIELD);
        } else if (wanted == 0) {
            tasks.add(task);
            execute(task, NO_DATA);
        } else if (Pointer.isInCapsule(entry)) {
            collectHere(task, (int) entry.sglOffset());
        } else {
            tasks.add(task);
            transfers.enqueue(task);
            request();
        }
    }

    private void collectHere(Task task, int offset) throws IOException {
        ByteBuffer data;
        try {
            data = reader.data();
        } catch (DataDigestError e) {
            replies.end(task.id(), TRANSPORT_ERROR);
            return;
        }
        ByteBuffer wanted = data.slice(data.position() + offset, task.wanted());
        tasks.add(task);
        if (isQuick(task) && task.trouble().delay().isZero()) {
            execute(task, wanted);
        } else {
            execute(task, ByteBuffer.allocate(task.wanted()).put(wanted).flip());
        }
    }

    private static boolean isQuick(Task task) {
        return task.plan() instanceof Plan.Run run && run.pace() == Plan.Pace.QUICK;
    }

    /** Asks for the data of commands for which there is room now. */
    private void request() throws IOException {
        for (Transfers.Request next : transfers.begin()) {
            replies.requestData(next.task().id(), next.tag(), next.task().wanted());
        }
        for (Optional<Task> hopeless = transfers.takeHopeless();
                hopeless.isPresent();
                hopeless = transfers.takeHopeless()) {
            tasks.end(hopeless.get());
            replies.end(hopeless.get().id(), INTERRUPTED);
        }
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
        if (TransferHeader.commandId(header) != task.id()) {
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
            task.doom(TRANSPORT_ERROR);
        }
        if (completes) {
            transfers.complete(task);
            execute(task, buffer.flip());
        }
    }

    private void execute(Task task, ByteBuffer data) throws IOException {
        if (task.trouble().delay().isPositive()) {
            tasks.move(task, Task.State.COLLECTING, Task.State.QUEUED);
            later(task, () -> offer(task, data));
        } else if (isQuick(task)) {
            if (tasks.move(task, Task.State.COLLECTING, Task.State.RUNNING)) {
                Ending ending = run(task, data);
                finish(task);
                if (task.trouble().drop()) {
                    drop();
                }
                replies.end(task.id(), ending);
            } else {
                giveUp(task);
            }
            request(); // there may be room again
        } else {
            tasks.move(task, Task.State.COLLECTING, Task.State.QUEUED);
            offer(task, data);
        }
    }

    private void offer(Task task, ByteBuffer data) throws IOException {
        if (!connection.surroundings().slowLane().offer(() -> runSlowly(task, data))) {
            finish(task);
            replies.end(task.id(), INTERRUPTED);
        }
    }

    private void runSlowly(Task task, ByteBuffer data) {
        if (!tasks.move(task, Task.State.QUEUED, Task.State.RUNNING)) {
            deliver(task, Ending.of(task.doom().orElse(Status.ABORT_REQUESTED)));
            return;
        }
        Ending ending = Ending.of(Status.INTERNAL_ERROR);
        try {
            ending = run(task, data);
        } finally {
            deliver(task, ending);
        }
    }

    /** Answers on a thread of its own, so that a peer that doesn't read holds up no worker. */
    private void deliver(Task task, Ending ending) {
        finish(task);
        Thread.ofVirtual().start(() -> {
            try {
                if (task.trouble().drop()) {
                    drop();
                }
                replies.end(task.id(), ending);
                request();
                replies.flush();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": answer not sent", e);
                connection.close();
            }
        });
    }

    private Ending run(Task task, ByteBuffer data) {
        if (!(task.plan() instanceof Plan.Run run)) {
            throw new IllegalStateException("nothing to run in " + task.plan());
        }
        long begun = System.nanoTime();
        Ending ending = run.action().run(data);
        if (run.written() > 0 && ending.status().isSuccess() && run.unit().isPresent()) {
            controller.service().meter().wrote(run.unit().get(), run.written(), System.nanoTime() - begun);
        }
        return ending;
    }

    private void giveUp(Task task) throws IOException {
        finish(task);
        replies.end(task.id(), task.doom().orElse(Status.ABORT_REQUESTED));
    }

    /** It can't touch the unit any more; its buffer goes back. */
    private void finish(Task task) {
        transfers.release(task);
        tasks.end(task);
    }

    /** Ends a command that has not begun, as the host wants. */
    boolean abort(int id) {
        Optional<Task> task = tasks.find(id);
        return task.isPresent()
                && task.get().state() == Task.State.QUEUED
                && tasks.doom(one -> one == task.get(), Status.ABORT_REQUESTED).isEmpty();
    }

    /** Ends commands that touch a unit, and returns when none of them can any more. */
    void abort(LogicalUnit unit, Status status) {
        List<Task> begun = tasks.doom(
                task -> task.plan() instanceof Plan.Run run
                        && run.unit().filter(unit::equals).isPresent(),
                status);
        tasks.awaitEnd(begun);
    }

    /** Ends everything, and returns when nothing can touch a unit any more. */
    void bringToRest() {
        tasks.awaitEnd(tasks.doom(task -> true, Status.QUEUE_DELETED));
        transfers.close();
    }

    /** A connection that is closed in place of an answer. */
    private void drop() throws IOException {
        replies.flush();
        connection.close();
        throw new ClosedChannelException();
    }
}
