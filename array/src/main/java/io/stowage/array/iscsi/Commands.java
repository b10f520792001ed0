package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.ScsiOutcome;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.SlowLane;
import io.stowage.array.net.Stage;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Ending;
import io.stowage.array.scsi.Plan;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.stream.DataDigestError;
import io.stowage.iscsi.stream.PduReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The SCSI commands of a session: collects their data, has them carried out, and answers. Owned by the connection's
 * thread but for what it hands to the {@link SlowLane}.
 */
final class Commands {
    private static final Logger LOG = System.getLogger(Commands.class.getName());

    /** Immediate data up to here is used where it lies, in the reader's buffer. */
    private static final int IN_PLACE = 32 * 1024;

    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Connection connection;
    private final Session session;
    private final SessionParameters parameters;
    private final PduReader reader;
    private final Outbox outbox;
    private final Tasks tasks;
    private final Responses responses;
    private final BufferPool buffers;
    private final DeviceServer devices;
    private final CommandFaults faults;
    private final AtomicLong bufferedBytes = new AtomicLong();
    private int lastTransferTag;

    Commands(Connection connection, Session session, SessionParameters parameters, PduReader reader, Outbox outbox) {
        this.connection = connection;
        this.session = session;
        this.parameters = parameters;
        this.reader = reader;
        this.outbox = outbox;
        this.tasks = session.tasks();
        this.responses = new Responses(outbox, parameters, session.meter());
        this.buffers = connection.surroundings().buffers();
        this.devices = session.target().devices();
        this.faults = new CommandFaults(
                connection.surroundings().faults().scsi(), session.nexus().initiator(), connection.local());
    }

    /** Takes a command with its immediate data. */
    void begin(ScsiCommand command) throws IOException {
        if (tasks.find(command.taskTag()).isPresent()) {
            outbox.status(counters -> new Reject(Reject.TASK_IN_PROGRESS, counters, 0), reader.header());
            return;
        }
        Optional<Fault<ScsiOutcome>> fault = faults.of(command, () -> unitOf(command));
        Plan plan = fault.flatMap(Commands::planOf)
                .orElseGet(() -> devices.plan(session.nexus(), command.lun(), Cdb.parse(command.cdb())));
        int wanted = wantedLength(plan, command).orElse(0);
        DataOutTransfer transfer = new DataOutTransfer(command, parameters, wanted);
        transfer.immediate(reader.dataLength(), parameters);
        Task task = new Task(command, unitOf(command), plan, transfer, fault);
        boolean inPlace = transfer.isComplete()
                && reader.dataLength() <= IN_PLACE
                && isQuick(plan)
                && task.delay().isZero();
        if (inPlace) {
            tasks.add(task);
            execute(task, wanted == 0 ? NO_DATA : dataInPlace(task, wanted));
            return;
        }
        if (wanted > 0 && transfer.fault().isEmpty()) {
            collect(task, wanted);
        } else {
            tasks.add(task);
            proceed(task);
        }
    }

    /** The plan of a command that isn't to be carried out; nothing if it is. */
    private static Optional<Plan> planOf(Fault<ScsiOutcome> fault) {
        return switch (fault.outcome()) {
            case ScsiOutcome.Proceed _, ScsiOutcome.DropAfter _ -> Optional.empty();
            case ScsiOutcome.Refuse(Sense sense) -> Optional.of(new Plan.Refuse(sense));
            case ScsiOutcome.Busy _, ScsiOutcome.DropBefore _ -> Optional.of(new Plan.Busy());
        };
    }

    /**
     * Takes a piece of a command's data. What belongs to no command is passed over, as it was aborted; so is what comes
     * after all that was asked for, when the buffer is no longer this thread's.
     */
    void data(DataOut pdu) throws IOException {
        Optional<Task> found = tasks.findCollecting(pdu.taskTag());
        if (found.isEmpty()) {
            return;
        }
        Task task = found.get();
        int at = task.transfer().received();
        if (task.transfer().accept(pdu, reader.dataLength())) {
            keep(task, at);
        }
        if (!unitOf(task.command()).equals(task.unit())) {
            // Disconnected while its data was under way, and perhaps connected to another host by now.
            task.transfer().refuse(Sense.UNIT_NOT_SUPPORTED);
        }
        proceed(task);
    }

    /** The unit that a command is for, as the initiator sees it now. */
    private Optional<LogicalUnit> unitOf(ScsiCommand command) {
        return devices.unit(session.nexus().initiator(), command.lun());
    }

    /** Gives back the buffers of tasks that were aborted by others. */
    void releaseLeftOvers() {
        tasks.takeLeftOvers().forEach(this::release);
    }

    /** Aborts everything and returns when nothing can touch a unit any more. */
    void bringToRest() {
        tasks.awaitEnd(tasks.abort(task -> true));
        releaseLeftOvers();
    }

    private static boolean isQuick(Plan plan) {
        return !(plan instanceof Plan.Run run) || run.pace() == Plan.Pace.QUICK;
    }

    /** Bytes of data to run the plan with; nothing if it isn't to be run. */
    private static OptionalInt wantedLength(Plan plan, ScsiCommand command) {
        return plan instanceof Plan.Run run ? run.lengthFor(writeLength(command)) : OptionalInt.empty();
    }

    private static long writeLength(ScsiCommand command) {
        return command.write() ? command.expectedBytes() : 0;
    }

    private void collect(Task task, int wanted) throws IOException {
        boolean tooMuch = bufferedBytes.get() + wanted
                > connection.surroundings().limits().load().connectionBytes();
        Optional<ByteBuffer> buffer = tooMuch ? Optional.empty() : buffers.take(wanted);
        if (buffer.isEmpty()) {
            DataOutTransfer nothing = new DataOutTransfer(task.command(), parameters, 0);
            nothing.immediate(reader.dataLength(), parameters);
            Task busy = new Task(task.command(), task.unit(), new Plan.Busy(), nothing, Optional.empty());
            tasks.add(busy);
            proceed(busy);
            return;
        }
        task.useBuffer(buffer.get());
        bufferedBytes.addAndGet(wanted);
        tasks.add(task);
        keep(task, 0);
        proceed(task);
    }

    /** What is wanted of the present PDU's data, where it lies. */
    private ByteBuffer dataInPlace(Task task, int wanted) throws IOException {
        try {
            return reader.data().slice(0, wanted);
        } catch (DataDigestError e) {
            damaged(task);
            return NO_DATA;
        }
    }

    /** Copies what is wanted of the present PDU's data into the task's buffer. */
    private void keep(Task task, int at) throws IOException {
        Optional<ByteBuffer> buffer = task.buffer();
        int length = reader.dataLength();
        if (buffer.isEmpty() || length == 0 || at >= buffer.get().limit()) {
            return;
        }
        int room = buffer.get().limit() - at;
        try {
            if (length <= room) {
                reader.readData(buffer.get().slice(at, length));
            } else {
                buffer.get().put(at, reader.data(), 0, room);
            }
        } catch (DataDigestError e) {
            damaged(task);
        }
    }

    /** At error recovery level 0 the command fails, and the initiator repeats it. RFC 7143, section 7.8. */
    private void damaged(Task task) throws IOException {
        outbox.status(counters -> new Reject(Reject.DATA_DIGEST, counters, 0), reader.header());
        task.transfer().refuse(DataOutTransfer.CRC_ERROR);
    }

    /** Asks for more data or, when all is there, has the command carried out. */
    private void proceed(Task task) throws IOException {
        DataOutTransfer transfer = task.transfer();
        if (transfer.isComplete()) {
            execute(task, task.buffer().orElse(NO_DATA));
            return;
        }
        Optional<DataOutTransfer.Request> request = transfer.nextRequest(freshTransferTag());
        if (request.isPresent()) {
            ScsiCommand command = task.command();
            DataOutTransfer.Request next = request.get();
            outbox.plain(counters -> new ReadyToTransfer(
                    command.lun(),
                    command.taskTag(),
                    next.tag(),
                    counters,
                    next.sequence(),
                    next.offset(),
                    next.length()));
        }
    }

    private int freshTransferTag() {
        lastTransferTag++;
        if (lastTransferTag == Pdu.RESERVED_TAG) {
            lastTransferTag++;
        }
        return lastTransferTag;
    }

    private void execute(Task task, ByteBuffer data) throws IOException {
        if (task.delay().isPositive()) {
            executeLate(task, data);
        } else if (!runs(task)) {
            answerWithoutRunning(task, Stage.COLLECTING);
        } else if (!isStillAdmitted(task)) {
            answerConflict(task, Stage.COLLECTING);
        } else if (isQuick(task.plan())) {
            executeHere(task, data);
        } else {
            executeElsewhere(task, data);
        }
    }

    private static boolean runs(Task task) {
        return task.transfer().fault().isEmpty()
                && wantedLength(task.plan(), task.command()).isPresent();
    }

    /**
     * Asked again now that the task can be found: who takes a unit away from this initiator aborts what is under way, and
     * must not miss a command between its plan and its entry into the table.
     */
    private boolean isStillAdmitted(Task task) {
        return task.unit().isEmpty()
                || devices.isStillAdmitted(
                        session.nexus(), task.unit().get(), task.command().cdb());
    }

    private void answerConflict(Task task, Stage from) throws IOException {
        if (ends(task, from)) {
            responses.conflict(task.command());
        }
    }

    /** Ends a task that is still in this state; otherwise it was aborted. Either way its buffer is given back. */
    private boolean ends(Task task, Stage from) {
        boolean ended = tasks.move(task, from, Stage.ENDED);
        if (ended || from == Stage.QUEUED) {
            release(task); // of those aborted while they collected, the tasks have a list
        }
        return ended;
    }

    private void answerWithoutRunning(Task task, Stage from) throws IOException {
        // Reading isn't fenced: a task that has ended may still read, which harms nobody.
        if (!ends(task, from)) {
            return;
        }
        ScsiCommand command = task.command();
        if (task.isDropped()) {
            drop();
        }
        if (task.transfer().fault().isPresent()) {
            responses.refuse(command, task.transfer().fault().get());
            return;
        }
        switch (task.plan()) {
            case Plan.Refuse(Sense sense) -> responses.refuse(command, sense);
            case Plan.Busy() -> responses.busy(command, busyStatus(task));
            case Plan.Conflict() -> responses.conflict(command);
            case Plan.Send(ByteBuffer data) -> responses.send(command, data);
            case Plan.Read read -> responses.read(command, read);
            // The initiator sends less than the command needs: nothing is written, as half a block can't be.
            case Plan.Run run ->
                responses.check(
                        command, Sense.INVALID_FIELD_IN_COMMAND_IU, Residual.of(writeLength(command), run.length()), 0);
        }
    }

    private static int busyStatus(Task task) {
        return task.fault()
                .map(Fault::outcome)
                .map(outcome -> outcome instanceof ScsiOutcome.Busy(int status) ? status : ScsiStatus.BUSY)
                .orElse(ScsiStatus.BUSY);
    }

    /**
     * What was gathered for others is sent; then the connection ends instead of an answer.
     *
     * @throws ClosedChannelException always, so that nothing that came behind is looked at
     */
    private void drop() throws IOException {
        outbox.flush();
        connection.close();
        throw new ClosedChannelException();
    }

    private void executeHere(Task task, ByteBuffer data) throws IOException {
        if (!tasks.move(task, Stage.COLLECTING, Stage.RUNNING)) {
            return;
        }
        Ending outcome;
        try {
            outcome = run(task, data);
        } finally {
            release(task);
            tasks.move(task, Stage.RUNNING, Stage.ENDED);
        }
        answer(task, outcome);
    }

    private void executeElsewhere(Task task, ByteBuffer data) throws IOException {
        if (tasks.move(task, Stage.COLLECTING, Stage.QUEUED)) {
            offer(task, data);
        }
    }

    /** Has a task that is queued carried out by the slow lane. */
    private void offer(Task task, ByteBuffer data) throws IOException {
        if (!connection.surroundings().slowLane().offer(() -> runSlowly(task, data))) {
            release(task);
            if (tasks.move(task, Stage.QUEUED, Stage.ENDED)) {
                responses.busy(task.command(), ScsiStatus.BUSY);
            }
        }
    }

    /** Waits on a thread of its own: meanwhile the connection serves pings and other commands. */
    private void executeLate(Task task, ByteBuffer data) {
        if (!tasks.move(task, Stage.COLLECTING, Stage.QUEUED)) {
            return;
        }
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(task.delay());
                executeNow(task, data);
            } catch (IOException | InterruptedException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": response not sent", e);
                connection.close();
            }
        });
    }

    /** Carries out what has waited. */
    private void executeNow(Task task, ByteBuffer data) throws IOException {
        if (!unitOf(task.command()).equals(task.unit())) {
            task.transfer().refuse(Sense.UNIT_NOT_SUPPORTED); // disconnected meanwhile
        }
        if (!runs(task)) {
            answerWithoutRunning(task, Stage.QUEUED);
        } else if (!isStillAdmitted(task)) {
            answerConflict(task, Stage.QUEUED);
        } else {
            offer(task, data);
        }
        outbox.flush();
    }

    private void runSlowly(Task task, ByteBuffer data) {
        if (!tasks.move(task, Stage.QUEUED, Stage.RUNNING)) {
            release(task);
            return;
        }
        Ending outcome = Ending.check(Sense.INTERNAL_FAILURE);
        try {
            outcome = run(task, data);
        } finally {
            release(task);
            tasks.move(task, Stage.RUNNING, Stage.ENDED);
            deliver(task, outcome);
        }
    }

    /** Answers on a thread of its own, so that a peer that doesn't read holds up no worker. */
    private void deliver(Task task, Ending outcome) {
        Thread.ofVirtual().start(() -> {
            try {
                answer(task, outcome);
                outbox.flush();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": response not sent", e);
                connection.close();
            }
        });
    }

    private Ending run(Task task, ByteBuffer data) {
        if (!(task.plan() instanceof Plan.Run run)) {
            throw new IllegalStateException("nothing to run in " + task.plan());
        }
        long written = WriteCommands.written(task.command(), data.remaining());
        long begun = System.nanoTime();
        try {
            Ending outcome = run.action().run(data);
            if (written >= 0 && outcome == Ending.GOOD && task.unit().isPresent()) {
                session.meter().wrote(task.unit().get(), written, System.nanoTime() - begun);
            }
            return outcome;
        } catch (LogicalUnit.OutOfSpace full) {
            return Ending.check(Sense.OUT_OF_SPACE);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "LUN {0}: command failed: {1}",
                    Long.toHexString(task.command().lun()),
                    e.getMessage());
            return Ending.check(DeviceServer.senseOf(e));
        }
    }

    private void answer(Task task, Ending outcome) throws IOException {
        if (task.isAborted()) {
            return;
        }
        if (task.isDropped()) {
            drop();
        }
        ScsiCommand command = task.command();
        int moved = task.plan() instanceof Plan.Run run ? run.length() : 0;
        Residual residual = Residual.of(writeLength(command), moved);
        int requests = task.transfer().requests();
        if (outcome.sense().isPresent()) {
            responses.check(command, outcome.sense().get(), residual, requests);
        } else {
            responses.status(command, outcome.status(), residual, requests);
        }
    }

    private void release(Task task) {
        task.buffer().ifPresent(buffer -> bufferedBytes.addAndGet(-buffer.limit()));
        task.releaseBuffer(buffers);
    }
}
