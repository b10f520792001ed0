package io.stowage.host.nvme;

import io.stowage.host.remote.PendingTable;
import io.stowage.host.remote.Wire;
import io.stowage.model.Portal;
import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.ConnectionResponse;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TerminationRequest;
import io.stowage.nvme.pdu.TransferHeader;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import io.stowage.nvme.stream.PduWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One queue pair, which is one TCP connection. Callers' threads send under a lock, a reader receives and never sends;
 * before there is a reader, {@link #runAlone} does both.
 */
final class Queue {
    /** Fabrics and admin commands may have so much data in their capsule. TCP Transport 1.0, section 3.3.2.1. */
    static final int ADMIN_CAPSULE = 8192;

    private static final int MAX_DATA = 1 << 20;
    private static final int READ_AHEAD = 320 * 1024;
    private static final int WRITE_BEHIND = 128 * 1024;
    /** A command identifier has 16 bits, the lower 8 of which are its slot. */
    private static final int COUNT_BITS = 8;

    private static final int LEAST_HOST_DATA = 4096;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Portal portal;
    private final PduReader reader;
    private final PduWriter writer;
    private final int maxHostData;
    private final PendingTable<NvmeCommand> commands;

    private final Wire wire;
    private volatile int capsule = ADMIN_CAPSULE;

    private Queue(
            Portal portal, SocketChannel channel, PduReader reader, PduWriter writer, int maxHostData, int depth) {
        this.portal = portal;
        this.reader = reader;
        this.writer = writer;
        this.maxHostData = maxHostData;
        this.commands = new PendingTable<>(depth, COUNT_BITS);
        this.wire = new Wire(portal, channel, commands, writer::flush);
    }

    /**
     * Initializes a fresh connection: ICReq, ICResp. Blocks without a limit of its own.
     *
     * @param depth commands at a time
     */
    static Queue initialize(Portal portal, SocketChannel channel, Digests digests, int depth) throws IOException {
        PduReader reader = new PduReader(channel, PduReader.From.CONTROLLER, READ_AHEAD, 0, MAX_DATA);
        PduWriter writer = new PduWriter(channel, WRITE_BEHIND);
        writer.add(new ConnectionRequest(0, 0, digests, 0));
        writer.flush();
        if (!reader.next()) {
            throw new EOFException("portal " + portal + " closed the connection during its initialization");
        }
        if (reader.type() == PduType.C2H_TERM_REQ) {
            throw terminated(portal, reader);
        }
        if (reader.type() != PduType.IC_RESP) {
            throw reader.invalid(0, "%s instead of ICResp".formatted(PduType.name(reader.type())));
        }
        ConnectionResponse response = ConnectionResponse.parse(reader.header());
        // What Linux refuses, and an alignment that makes no sense.
        if (response.version() != 0
                || !response.digests().equals(digests)
                || response.alignment() > ConnectionRequest.HIGHEST_ALIGNMENT
                || response.maxHostData() < LEAST_HOST_DATA
                || response.maxHostData() % Integer.BYTES != 0) {
            throw new IOException("portal " + portal + " can't be used: " + response);
        }
        reader.agreed(digests);
        writer.agreed(digests, response.alignment());
        return new Queue(portal, channel, reader, writer, response.maxHostData(), depth);
    }

    private static IOException terminated(Portal portal, PduReader reader) throws IOException {
        TerminationRequest request = TerminationRequest.parse(reader.header(), reader.data());
        return new IOException("portal %s ended the connection: %s"
                .formatted(portal, request.error().map(Enum::name).orElse("reason " + request.status())));
    }

    /** How many bytes of data a command may carry in its capsule, which the controller tells for I/O queues. */
    void capsule(int bytes) {
        capsule = bytes;
    }

    /** Its life and its death. */
    Wire wire() {
        return wire;
    }

    /** Sends a command and waits for its end; whether it was answered. */
    boolean run(NvmeCommand command) {
        if (!start(command)) {
            return false;
        }
        for (var wanted = command.awaitNews(); wanted != null; wanted = command.awaitNews()) {
            sendData(command, wanted);
        }
        commands.leave(command);
        return command.isAnswered();
    }

    /** Sends a command without data and waits for its end; the queue dies if that lasts longer. */
    boolean run(NvmeCommand command, Duration limit) {
        if (!start(command)) {
            return false;
        }
        if (!command.awaitEnd(limit.toMillis())) {
            wire.fail(new EOFException("a command was not answered for " + limit.toMillis() + " ms"));
            wire.awaitBurial();
        }
        commands.leave(command);
        return command.isAnswered();
    }

    /** Sends a command and receives until it has ended; for who is the only user of the queue. */
    void runAlone(NvmeCommand command) throws IOException {
        if (!start(command)) {
            throw new EOFException(wire.epitaph());
        }
        while (!command.hasEnded()) {
            if (!reader.next()) {
                throw new EOFException("portal " + portal + " closed the connection");
            }
            take();
            if (command.hasRequest()) {
                var wanted = command.awaitNews();
                if (wanted != null) {
                    sendData(command, wanted);
                }
            }
        }
        commands.leave(command);
    }

    /** Sends a command whose end nobody waits for here; false if the queue is dead. To be given to {@link #leave}. */
    boolean start(NvmeCommand command) {
        if (!commands.enter(command)) {
            return false;
        }
        boolean inCapsule = command.direction == NvmeCommand.Direction.WRITE && command.length() <= capsule;
        command.entry
                .commandId(command.tag())
                .data(inCapsule ? SubmissionEntry.IN_CAPSULE : SubmissionEntry.BY_TRANSPORT, command.length());
        command.sent();
        wire.send(() -> {
            writer.addCommand(command.entry, inCapsule ? command.data.duplicate() : NOTHING);
            return true;
        });
        return true;
    }

    /** A started command has ended. */
    void leave(NvmeCommand command) {
        commands.leave(command);
    }

    private void sendData(NvmeCommand command, NvmeCommand.Transfer wanted) {
        wire.send(() -> {
            int offset = wanted.offset();
            int end = offset + wanted.length();
            while (offset < end && wire.alive()) {
                int length = Math.min(end - offset, maxHostData);
                writer.addHostData(
                        command.tag(),
                        wanted.tag(),
                        offset,
                        command.data.slice(offset, length),
                        offset + length == end);
                offset += length;
            }
            return true;
        });
    }

    /** Whether a command that should be answered is unanswered for longer than this. */
    boolean owesAnswerSince(Duration time) {
        return commands.hasSentBefore(System.nanoTime() - time.toNanos(), command -> !command.isPatient());
    }

    /** Receives until the connection ends, and ends its commands. To be called exactly once. */
    void receive() {
        wire.receive(() -> {
            while (reader.next()) {
                take();
            }
        });
    }

    private void take() throws IOException {
        switch (reader.type()) {
            case PduType.C2H_DATA -> takeData();
            case PduType.CAPSULE_RESP -> {
                CompletionEntry entry = CompletionEntry.parse(reader.header(), CommonHeader.BYTES);
                require(entry.commandId()).answered(entry.status(), entry.result());
            }
            case PduType.R2T -> takeRequest();
            case PduType.C2H_TERM_REQ -> throw terminated(portal, reader);
            default ->
                throw new IOException(
                        "%s was not expected from portal %s".formatted(PduType.name(reader.type()), portal));
        }
    }

    private void takeData() throws IOException {
        NvmeCommand command = require(TransferHeader.commandId(reader.header()));
        long offset = TransferHeader.offset(reader.header());
        boolean last = reader.has(CommonHeader.LAST);
        boolean success = reader.has(CommonHeader.SUCCESS);
        int length = reader.dataLength();
        ByteBuffer place = command.place(offset, length);
        if (place == null || success && !last) {
            throw new IOException("%d bytes at %d from portal %s are not the expected piece of data"
                    .formatted(length, offset, portal));
        }
        try {
            reader.readData(place);
        } catch (DataDigestError e) {
            command.damaged();
        }
        command.received(length);
        if (success) {
            command.answered(Status.SUCCESS, 0);
        }
    }

    private void takeRequest() throws IOException {
        ByteBuffer header = reader.header();
        NvmeCommand command = require(TransferHeader.commandId(header));
        if (!command.wants(TransferHeader.tag(header), TransferHeader.offset(header), TransferHeader.length(header))) {
            throw new IOException("portal %s asked for %d bytes at %d, which no command has to give now"
                    .formatted(portal, TransferHeader.length(header), TransferHeader.offset(header)));
        }
    }

    private NvmeCommand require(int id) throws IOException {
        NvmeCommand command = commands.find(id);
        if (command == null || command.hasEnded()) {
            throw new IOException("a PDU from portal %s for the unknown command 0x%04x".formatted(portal, id));
        }
        return command;
    }
}
