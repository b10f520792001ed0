package io.stowage.array.nvme;

import io.stowage.array.net.Portal;
import io.stowage.array.net.Wire;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.ConnectionResponse;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TerminationRequest;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import io.stowage.nvme.stream.PduWriter;
import io.stowage.nvme.stream.ProtocolViolation;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One TCP connection with its thread: initializes it, makes it a queue, then serves until either side has enough. */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int READ_AHEAD = 64 * 1024;

    /** Data of a command that may come in its capsule, as IOCCSZ says, and as is usual for admin queues. */
    private static final int IN_CAPSULE = 8192;

    /** MAXH2CDATA. */
    private static final int HOST_DATA = 1 << 20;

    private static final int SMALL_WRITE_BUFFER = 32 * 1024;
    private static final int WRITE_BUFFER = 256 * 1024;
    private static final int MAX_MESSAGE = 300;

    private final Surroundings surroundings;
    private final Entrance entrance;
    private final Portal portal;
    private final SocketChannel channel;
    private final Wire wire;
    private final InetSocketAddress peer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Queue queue;
    private volatile boolean dismissed;

    Connection(Surroundings surroundings, Entrance entrance, Portal portal, SocketChannel channel) throws IOException {
        this.surroundings = surroundings;
        this.entrance = entrance;
        this.portal = portal;
        this.channel = channel;
        this.wire = new Wire(channel);
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
    }

    /** What the connection is after Connect. */
    private record Queue(Controller controller, int number, Commands commands, Replies replies) {}

    Surroundings surroundings() {
        return surroundings;
    }

    Entrance entrance() {
        return entrance;
    }

    Portal portal() {
        return portal;
    }

    /** The address of the host. */
    InetSocketAddress peer() {
        return peer;
    }

    /** Whether it is a queue whose host has proven who it is, if it has to. */
    boolean isQueue() {
        return commands().filter(Commands::isOpen).isPresent();
    }

    /** Whether the peer was told that the connection is over. */
    boolean isDismissed() {
        return dismissed;
    }

    /** See {@link Wire#reads}. */
    long reads() {
        return wire.reads();
    }

    /** See {@link Wire#writes}. */
    long writes() {
        return wire.writes();
    }

    /** Where the queue answers; nothing before it is one. */
    Optional<Replies> replies() {
        return Optional.ofNullable(queue).map(Queue::replies);
    }

    /** The queue's commands; nothing before it is one. */
    Optional<Commands> commands() {
        return Optional.ofNullable(queue).map(Queue::commands);
    }

    /** Serves the connection until it ends; called once, by its own thread. */
    void run() {
        try (wire) {
            PduReader reader = new PduReader(wire, PduReader.From.HOST, READ_AHEAD, IN_CAPSULE, HOST_DATA);
            try {
                if (reader.next()) {
                    serve(reader, initialize(reader));
                }
            } catch (ProtocolViolation violation) {
                LOG.log(Level.INFO, "{0}: connection ends: {1}", peer, printable(violation));
                terminate(violation.termination());
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "{0}: closed", peer);
        } catch (IOException e) {
            LOG.log(Level.INFO, "{0}: connection ends: {1}", peer, printable(e));
        } catch (RuntimeException | OutOfMemoryError e) {
            // A fault of ours in what a stranger sent, or no memory for it, must not reach beyond its connection.
            LOG.log(Level.ERROR, peer + ": connection ends over an internal fault", e);
        } finally {
            end();
            ended.countDown();
        }
    }

    /** What was agreed at the beginning. TCP Transport 1.0, section 3.4.1. */
    private ConnectionRequest initialize(PduReader reader) throws IOException {
        if (reader.type() != PduType.IC_REQ) {
            throw reader.violation(FatalError.SEQUENCE_ERROR, "a connection begins with ICReq");
        }
        ConnectionRequest request = ConnectionRequest.parse(reader.header());
        if (request.version() != 0) {
            throw unsupported(reader, ConnectionRequest.VERSION_OFFSET, "version");
        }
        if (request.alignment() > ConnectionRequest.HIGHEST_ALIGNMENT) {
            throw unsupported(reader, ConnectionRequest.ALIGNMENT_OFFSET, "alignment");
        }
        // Digests as asked for: Linux refuses anything else.
        PduWriter writer = new PduWriter(wire, SMALL_WRITE_BUFFER);
        writer.add(new ConnectionResponse(0, 0, request.digests(), HOST_DATA));
        writer.flush();
        reader.agreed(request.digests());
        return request;
    }

    private static ProtocolViolation unsupported(PduReader reader, int field, String what) {
        return new ProtocolViolation(
                FatalError.UNSUPPORTED_PARAMETER, field, reader.header(), what + " in ICReq is not supported");
    }

    private void serve(PduReader reader, ConnectionRequest agreed) throws IOException {
        int lastEntry = surroundings.allowance().load().entries() - 1;
        ConnectPhase phase = new ConnectPhase(this, lastEntry);
        PduWriter small = writer(agreed, SMALL_WRITE_BUFFER);
        Queue connected = null;
        while (true) {
            if (!reader.hasBuffered() && connected != null) {
                connected.replies().flush();
            }
            if (!reader.next()) {
                return;
            }
            switch (reader.type()) {
                case PduType.CAPSULE_CMD -> {
                    if (connected != null) {
                        connected.commands().begin(reader.entry());
                    } else {
                        connected = connect(reader, agreed, phase, small, lastEntry);
                    }
                }
                case PduType.H2C_DATA -> {
                    if (connected == null) {
                        throw reader.violation(FatalError.SEQUENCE_ERROR, "data before Connect");
                    }
                    connected.commands().data();
                }
                case PduType.H2C_TERM_REQ -> {
                    TerminationRequest told = TerminationRequest.parse(reader.header(), reader.data());
                    LOG.log(Level.INFO, "{0}: the host ends the connection with status {1}", peer, told.status());
                    return;
                }
                default -> throw reader.violation(FatalError.SEQUENCE_ERROR, "a second ICReq");
            }
            if (connected != null && connected.commands().isOver()) {
                connected.replies().flush();
                return;
            }
        }
    }

    private PduWriter writer(ConnectionRequest agreed, int bytes) {
        PduWriter writer = new PduWriter(wire, bytes);
        writer.agreed(agreed.digests(), agreed.alignment());
        return writer;
    }

    /** @return the queue; null if there is none yet */
    private @Nullable Queue connect(
            PduReader reader, ConnectionRequest agreed, ConnectPhase phase, PduWriter small, int lastEntry)
            throws IOException {
        int id = reader.entry().commandId();
        ConnectPhase.Outcome outcome;
        try {
            outcome = phase.handle(reader.entry(), reader.data());
        } catch (DataDigestError e) {
            outcome = new ConnectPhase.Outcome.Refused(Commands.TRANSPORT_ERROR);
        }
        return switch (outcome) {
            case ConnectPhase.Outcome.Refused(Status status, long result) -> {
                LOG.log(Level.INFO, "{0}: Connect refused with {1}", peer, status);
                small.addResponse(result, 0, 0, id, status);
                small.flush();
                yield null;
            }
            case ConnectPhase.Outcome.Connected(Controller controller, Connect connect) -> {
                boolean carriesData = connect.queue() > 0;
                PduWriter writer = carriesData ? writer(agreed, WRITE_BUFFER) : small;
                Replies replies =
                        new Replies(writer, connect, controller.service().meter());
                Optional<Authentication> authentication = controller.authentication();
                Commands commands = new Commands(this, controller, connect, lastEntry, reader, replies, authentication);
                Queue made = new Queue(controller, connect.queue(), commands, replies);
                queue = made;
                replies.taken();
                replies.end(id, Status.SUCCESS, new ConnectResult(controller.id(), authentication.isPresent()).dword());
                yield made;
            }
        };
    }

    /** Tells the peer what was wrong, and waits until it closes or the watch does. TCP Transport 1.0, section 3.5. */
    private void terminate(TerminationRequest why) throws IOException {
        PduWriter writer = new PduWriter(wire, SMALL_WRITE_BUFFER);
        writer.add(why, PduType.C2H_TERM_REQ);
        writer.flush();
        channel.shutdownOutput();
        dismissed = true;
        ByteBuffer rest = ByteBuffer.allocate(READ_AHEAD);
        while (wire.read(rest.clear()) >= 0) {
            // what was under way; closing over it would take the message back
        }
    }

    private void end() {
        Queue ending = queue;
        if (ending == null) {
            return;
        }
        ending.commands().execution().bringToRest();
        Controller controller = ending.controller();
        if (ending.number() > 0) {
            controller.leave(ending.number(), this);
            return;
        }
        // Nobody waits for an answer any more: the controller is gone with its admin queue.
        controller.ioConnections().forEach(Connection::close);
        controller.ioConnections().forEach(Connection::awaitEnd);
        surroundings.controllers().remove(controller);
        controller.service().close();
    }

    /** Messages may repeat what a stranger sent: one short line, whatever that was. */
    private static String printable(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.substring(0, Math.min(text.length(), MAX_MESSAGE)).replaceAll("\\p{Cntrl}", "?");
    }

    void endUnlessQueue() {
        if (!isQueue()) {
            end("no Connect in time");
        }
    }

    /** Ends the connection from any thread. */
    void end(String why) {
        LOG.log(Level.INFO, "{0}: {1}, the connection ends", peer, why);
        close();
    }

    /** Ends the connection from any thread. Its own thread then brings its commands to rest. */
    void close() {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, peer + ": closing", e);
        }
    }

    /** Waits until none of its commands can touch a unit any more. */
    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
