package io.stowage.array.iscsi;

import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.InitiatorPdu;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Opcode;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.Reject;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.pdu.UnknownPdu;
import io.stowage.iscsi.stream.DataDigestError;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The full feature phase of one connection: reads PDUs and sees that each is answered. Owned by the connection's
 * thread. RFC 7143, section 4.2.
 */
final class FullFeature {
    private static final int WRITE_BUFFER = 1024 * 1024;
    private static final int DISCOVERY_WRITE_BUFFER = 32 * 1024;

    /** Immediate commands beyond the window: some pings and task management functions must always get through. */
    private static final int IMMEDIATE_RESERVE = 16;

    /** What only a normal session has. */
    private record Scsi(Session session, Commands commands, TaskManagement taskManagement) {}

    private final Connection connection;
    private final PduReader reader;
    private final SessionParameters parameters;
    private final CommandWindow window;
    private final Tasks tasks;
    private final Outbox outbox;
    private final Optional<Scsi> scsi;
    private final TextPhase text;
    private final int depth;
    private boolean over;

    FullFeature(
            Connection connection,
            PduReader reader,
            InitiatorIdentity identity,
            Optional<Session> session,
            SessionParameters parameters,
            int cmdSn,
            int statSn) {
        this.connection = connection;
        this.reader = reader;
        this.parameters = parameters;
        this.depth = connection.surroundings().limits().load().tasks();
        this.window = new CommandWindow(cmdSn, depth);
        this.tasks = session.map(Session::tasks).orElseGet(Tasks::new);
        PduWriter writer =
                new PduWriter(connection.wire(), session.isPresent() ? WRITE_BUFFER : DISCOVERY_WRITE_BUFFER);
        writer.negotiated(parameters.digests());
        this.outbox = new Outbox(writer, window, tasks, statSn);
        this.scsi = session.map(there -> new Scsi(
                there,
                new Commands(connection, there, parameters, reader, outbox),
                new TaskManagement(connection, there, outbox)));
        this.text = new TextPhase(connection, identity.initiator(), session.map(Session::target), outbox);
    }

    /** Serves until the connection ends, and returns when the session is quiet. */
    void run() throws IOException {
        connection.serveThrough(outbox, scsi.isPresent());
        try {
            while (!over && connection.wire().isOpen() && readNext()) {
                scsi.ifPresent(there -> there.commands().releaseLeftOvers());
                handle();
            }
            outbox.flush();
        } finally {
            scsi.ifPresent(this::end);
        }
    }

    private void end(Scsi ended) {
        // Nobody waits for a response any more, and a peer that doesn't read must not hold up the end.
        connection.close();
        ended.commands().bringToRest();
        if (!over) {
            ended.session().target().nexuses().lose(ended.session().nexus());
        }
        ended.session().target().sessions().close(ended.session());
    }

    /** Answers are sent when there is nothing left to read: one write for many. */
    private boolean readNext() throws IOException {
        if (!reader.hasBuffered()) {
            outbox.flush();
        }
        return reader.next();
    }

    private void handle() throws IOException {
        try {
            handle(InitiatorPdu.parse(reader.header()));
        } catch (DataDigestError e) {
            reject(Reject.DATA_DIGEST);
        }
    }

    private void handle(InitiatorPdu pdu) throws IOException {
        switch (pdu) {
            case ScsiCommand command -> command(command);
            case DataOut data -> {
                if (scsi.isPresent()) {
                    scsi.get().commands().data(data);
                }
            }
            case NopOut nop -> ping(nop);
            case TaskManagementRequest request -> taskManagement(request);
            case TextRequest request -> {
                if (accept(request.immediate(), request.cmdSn())) {
                    text.handle(request, reader.header(), reader.data());
                }
            }
            case LogoutRequest request -> {
                if (accept(request.immediate(), request.cmdSn())) {
                    logout(request);
                }
            }
            case LoginRequest request -> reject(Reject.PROTOCOL_ERROR);
            case UnknownPdu unknown ->
                reject(unknown.opcode() == Opcode.SNACK_REQUEST ? Reject.SNACK : Reject.NOT_SUPPORTED);
        }
    }

    /** Whether a PDU's number is the next one. Others are ignored without a word, as the RFC wants it. */
    private boolean accept(boolean immediate, int cmdSn) {
        if (immediate) {
            return true;
        }
        outbox.lock().lock();
        try {
            return window.accept(cmdSn, tasks.count());
        } finally {
            outbox.lock().unlock();
        }
    }

    private void command(ScsiCommand command) throws IOException {
        if (scsi.isEmpty()) {
            reject(Reject.PROTOCOL_ERROR);
        } else if (command.immediate() && tasks.count() >= depth + IMMEDIATE_RESERVE) {
            reject(Reject.TOO_MANY_IMMEDIATE);
        } else if (accept(command.immediate(), command.cmdSn())) {
            scsi.get().commands().begin(command);
        }
    }

    private void taskManagement(TaskManagementRequest request) throws IOException {
        if (scsi.isEmpty()) {
            reject(Reject.PROTOCOL_ERROR);
        } else if (accept(request.immediate(), request.cmdSn())) {
            scsi.get().taskManagement().handle(request);
        }
    }

    private void ping(NopOut nop) throws IOException {
        if (!accept(nop.immediate(), nop.cmdSn()) || nop.taskTag() == Pdu.RESERVED_TAG) {
            return;
        }
        ByteBuffer data = reader.data();
        int length = Math.min(data.remaining(), parameters.maxSendLength());
        // A copy: what the reader has read ahead is overwritten before a long answer is sent.
        ByteBuffer echoed = ByteBuffer.allocate(length).put(0, data, data.position(), length);
        outbox.status(counters -> new NopIn(nop.lun(), nop.taskTag(), Pdu.RESERVED_TAG, counters), echoed);
    }

    private void logout(LogoutRequest request) throws IOException {
        switch (request.reason()) {
            case LogoutRequest.REMOVE_FOR_RECOVERY -> logoutResponse(request, LogoutResponse.RECOVERY_UNSUPPORTED);
            case LogoutRequest.CLOSE_SESSION -> leave(request);
            // Its only connection is the session.
            case LogoutRequest.CLOSE_CONNECTION -> {
                if (scsi.isEmpty() || scsi.get().session().identity().cid() == request.cid()) {
                    leave(request);
                } else {
                    logoutResponse(request, LogoutResponse.NO_SUCH_CONNECTION);
                }
            }
            default -> reject(Reject.INVALID_FIELD);
        }
    }

    private void leave(LogoutRequest request) throws IOException {
        scsi.ifPresent(there -> {
            there.commands().bringToRest();
            // Before the answer: what the session had reserved is free for whoever knows that it is over.
            there.session().target().nexuses().leave(there.session().nexus());
        });
        logoutResponse(request, LogoutResponse.CLOSED);
        over = true;
    }

    private void logoutResponse(LogoutRequest request, int response) throws IOException {
        outbox.status(counters -> new LogoutResponse(response, request.taskTag(), counters, 0, 0));
    }

    private void reject(int reason) throws IOException {
        outbox.status(counters -> new Reject(reason, counters, 0), reader.header());
    }
}
