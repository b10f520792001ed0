package io.stowage.host.iscsi;

import io.stowage.host.remote.Interruptions;
import io.stowage.host.remote.Verdict;
import io.stowage.host.remote.Wire;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.pdu.AsyncMessage;
import io.stowage.iscsi.pdu.DataIn;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.pdu.TargetPdu;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import io.stowage.iscsi.pdu.TextResponse;
import io.stowage.iscsi.pdu.UnknownPdu;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import io.stowage.iscsi.stream.ProtocolViolation;
import io.stowage.model.Portal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One logged in TCP connection. Callers' threads send, the session's reader receives.
 */
final class Connection {
    /** The tag of our pings; no task has it, as the tasks' are not negative. */
    private static final int PING_TAG = 0x8000_0001;

    private static final int LOGOUT_TAG = 0x8000_0002;

    private final Portal portal;
    private final PduReader reader;
    private final PduWriter writer;
    private final SessionParameters parameters;
    private final TaskTable tasks;
    private final Runnable onChange;

    private final Wire wire;
    private int cmdSn; // whose turn it is to send

    private final CountDownLatch loggedOut = new CountDownLatch(1);
    private volatile int expStatSn;
    private volatile long lastHeard = System.nanoTime();
    private long pingedAt = System.nanoTime(); // the keeper's
    private volatile @Nullable NopIn pingToAnswer;
    private volatile boolean dismissed;

    /** @param onChange called when it dies or the target pings; must not block */
    Connection(LoggedIn login, int depth, Runnable onChange) {
        this.portal = login.portal();
        this.reader = login.reader();
        this.writer = login.writer();
        this.parameters = login.parameters();
        this.cmdSn = login.cmdSn();
        this.expStatSn = login.expStatSn();
        this.tasks = new TaskTable(depth, login.maxCmdSn());
        this.onChange = onChange;
        this.wire = new Wire(portal, login.channel(), tasks, writer::flush);
        wire.onDeath(onChange);
    }

    Portal portal() {
        return portal;
    }

    /** Its life and its death. */
    Wire wire() {
        return wire;
    }

    /** Sends a command and waits for its end. */
    Verdict carryOut(Task task) {
        if (!tasks.enter(task)) {
            return Verdict.LOST;
        }
        sendCommand(task);
        for (ReadyToTransfer wanted = task.awaitNews(); wanted != null; wanted = task.awaitNews()) {
            sendData(task, wanted);
        }
        tasks.leave(task);
        return task.isAnswered() ? ScsiVerdict.of(task) : Verdict.LOST;
    }

    private void sendCommand(Task task) {
        while (!wire.send(() -> addIfAllowed(task)) && wire.alive()) {
            tasks.awaitWindow(task.cmdSn);
        }
    }

    private boolean addIfAllowed(Task task) throws IOException {
        task.cmdSn = cmdSn;
        if (!tasks.allows(cmdSn)) {
            return false;
        }
        task.sent();
        addCommand(task);
        cmdSn++;
        return true;
    }

    private void addCommand(Task task) throws IOException {
        boolean write = task.direction == Task.Direction.WRITE;
        ScsiCommand command = new ScsiCommand(
                false,
                true,
                task.direction == Task.Direction.READ,
                write,
                ScsiCommand.SIMPLE,
                task.lun,
                task.tag(),
                task.length(),
                cmdSn,
                expStatSn,
                task.cdb);
        int immediate = write && parameters.immediateData()
                ? Math.min(task.length(), Math.min(parameters.firstBurstLength(), parameters.maxSendLength()))
                : 0;
        if (immediate > 0) {
            writer.add(command, task.data.slice(0, immediate));
        } else {
            writer.add(command);
        }
    }

    private void sendData(Task task, ReadyToTransfer wanted) {
        wire.send(() -> {
            int offset = wanted.bufferOffset();
            int end = offset + wanted.desiredLength();
            for (int number = 0; offset < end && wire.alive(); number++) {
                int length = Math.min(end - offset, parameters.maxSendLength());
                writer.add(
                        new DataOut(
                                offset + length == end,
                                wanted.lun(),
                                task.tag(),
                                wanted.transferTag(),
                                expStatSn,
                                number,
                                offset),
                        task.data.slice(offset, length));
                offset += length;
            }
            return true;
        });
    }

    /** Sends a ping if nothing came for this long, and answers the target's. To be called by the keeper. */
    void ping(Duration silence) {
        NopIn asked = pingToAnswer;
        if (asked != null) {
            pingToAnswer = null;
            sendNop(Pdu.RESERVED_TAG, asked.transferTag(), asked.lun());
        }
        if (heardBefore(silence) && System.nanoTime() - pingedAt >= silence.toNanos()) {
            pingedAt = System.nanoTime();
            sendNop(PING_TAG, Pdu.RESERVED_TAG, 0);
        }
    }

    private void sendNop(int taskTag, int transferTag, long lun) {
        wire.send(() -> {
            writer.add(new NopOut(true, lun, taskTag, transferTag, cmdSn, expStatSn));
            return true;
        });
    }

    /** Whether the target has asked for a logout, since the portal goes out of service. */
    boolean isDismissed() {
        return dismissed;
    }

    /**
     * Ends the session properly; whether the target said that it is done. Tasks under way are lost: the target has
     * brought them to rest by then.
     */
    boolean logout(Duration patience) {
        wire.send(() -> {
            writer.add(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, LOGOUT_TAG, 0, cmdSn, expStatSn));
            return true;
        });
        boolean done = false;
        try {
            done = loggedOut.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Interruptions.note();
        }
        wire.fail(new EOFException("logged out"));
        return done;
    }

    /** Whether the last PDU came longer ago than this. */
    boolean heardBefore(Duration time) {
        return System.nanoTime() - lastHeard >= time.toNanos();
    }

    /** Whether a command is unanswered for longer than this. */
    boolean owesAnswerSince(Duration time) {
        return tasks.hasSentBefore(System.nanoTime() - time.toNanos(), task -> true);
    }

    /** Whether the target waits for an answer to its ping. */
    boolean isAsked() {
        return pingToAnswer != null;
    }

    /** Receives until the connection ends, and ends its tasks. To be called exactly once. */
    void receive() {
        wire.receive(() -> {
            while (reader.next()) {
                lastHeard = System.nanoTime();
                take(TargetPdu.parse(reader.header()));
            }
        });
    }

    private void take(TargetPdu pdu) throws IOException {
        tasks.window(pdu.counters().expCmdSn(), pdu.counters().maxCmdSn());
        switch (pdu) {
            case DataIn in -> take(in);
            case ScsiResponse response -> take(response);
            case ReadyToTransfer wanted -> take(wanted);
            case NopIn ping -> take(ping);
            case AsyncMessage message -> take(message);
            case LogoutResponse response -> {
                sawStatus(response.counters().statSn());
                loggedOut.countDown();
            }
            case Reject reject ->
                throw new ProtocolViolation(
                        "portal %s rejected a PDU for reason 0x%02x".formatted(portal, reject.reason()));
            case TextResponse text -> sawStatus(text.counters().statSn());
            case TaskManagementResponse response ->
                sawStatus(response.counters().statSn());
            case LoginResponse login -> throw new ProtocolViolation("login response after the login from " + portal);
            case UnknownPdu unknown ->
                throw new ProtocolViolation(
                        "PDU with unknown opcode 0x%02x from %s".formatted(unknown.opcode(), portal));
        }
    }

    private void take(DataIn in) throws IOException {
        Task task = require(in.taskTag());
        int length = reader.dataLength();
        ByteBuffer place = task.place(in.dataSn(), in.bufferOffset(), length);
        if (place == null) {
            throw new ProtocolViolation("Data-In %d with %d bytes at %d from %s is not the expected piece"
                    .formatted(in.dataSn(), length, in.bufferOffset(), portal));
        }
        reader.readData(place);
        task.received(length);
        if (in.hasStatus()) {
            sawStatus(in.counters().statSn());
            task.answered(in.status(), Sense.NONE);
        }
    }

    private void take(ScsiResponse response) throws IOException {
        Task task = require(response.taskTag());
        sawStatus(response.counters().statSn());
        if (response.response() != ScsiResponse.COMPLETED) {
            task.answered(ScsiStatus.CHECK_CONDITION, Sense.INTERNAL_FAILURE);
            return;
        }
        task.answered(response.status(), senseOf(reader.data()));
    }

    private static Sense senseOf(ByteBuffer data) {
        if (data.remaining() < Short.BYTES) {
            return Sense.NONE;
        }
        int length = Math.min(data.getShort(data.position()) & 0xFFFF, data.remaining() - Short.BYTES);
        return Sense.parse(data.slice(data.position() + Short.BYTES, length));
    }

    private void take(ReadyToTransfer wanted) throws IOException {
        if (wanted.desiredLength() > parameters.maxBurstLength()
                || !require(wanted.taskTag()).wants(wanted)) {
            throw new ProtocolViolation("%s asked for %d bytes at %d, which no task has to give now"
                    .formatted(portal, wanted.desiredLength(), wanted.bufferOffset()));
        }
    }

    private void take(NopIn ping) {
        if (ping.taskTag() != Pdu.RESERVED_TAG) {
            sawStatus(ping.counters().statSn());
        }
        if (ping.transferTag() != Pdu.RESERVED_TAG) {
            pingToAnswer = ping;
            onChange.run();
        }
    }

    private void take(AsyncMessage message) throws IOException {
        sawStatus(message.counters().statSn());
        switch (message.event()) {
            case AsyncMessage.SCSI_EVENT -> {}
            case AsyncMessage.LOGOUT_REQUESTED -> {
                dismissed = true;
                onChange.run();
            }
            default ->
                throw new EOFException("portal %s ends the session (event %d)".formatted(portal, message.event()));
        }
    }

    private Task require(int tag) throws ProtocolViolation {
        Task task = tasks.find(tag);
        if (task == null) {
            throw new ProtocolViolation("PDU from %s for the unknown task 0x%08x".formatted(portal, tag));
        }
        return task;
    }

    private void sawStatus(int statSn) {
        expStatSn = statSn + 1;
    }
}
