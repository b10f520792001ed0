package io.stowage.host.iscsi;

import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.NoAuthentication;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.login.TargetLogin;
import io.stowage.iscsi.pdu.Counters;
import io.stowage.iscsi.pdu.DataIn;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.InitiatorPdu;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/** One connection of the scripted target: one thread that carries out one command after the other. */
final class ScriptedConnection {
    /** A write whose data is still coming. */
    private record Incoming(ScsiCommand command, ByteBuffer data) {}

    private final ScriptedTarget target;
    private final SocketChannel channel;
    private final PduReader reader;
    private final PduWriter writer;
    private final Thread thread;
    private final Map<Integer, Incoming> incoming = new HashMap<>();
    private SessionParameters parameters;
    private int statSn = 1;
    private int expCmdSn;
    private int nextTransferTag = 1;

    ScriptedConnection(ScriptedTarget target, SocketChannel channel) {
        this.target = target;
        this.channel = channel;
        this.reader = new PduReader(channel, 64 * 1024, 256 * 1024);
        this.writer = new PduWriter(channel, 64 * 1024);
        this.thread = Thread.ofPlatform().daemon().name("scripted-connection").unstarted(this::run);
        this.parameters = new TargetLogin(target.disk().preferences(), 1, who -> new NoAuthentication()).parameters();
    }

    void start() {
        thread.start();
    }

    /** Ends the connection; returns when it is quiet. */
    void end() {
        try {
            channel.close();
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        try (channel) {
            if (login()) {
                while (reader.next()) {
                    take(InitiatorPdu.parse(reader.header()));
                    if (!reader.hasBuffered()) {
                        writer.flush();
                    }
                }
            }
        } catch (IOException | LoginFailure e) {
            // The peer or the script ended it.
        } finally {
            target.left(this);
        }
    }

    private boolean login() throws IOException, LoginFailure {
        TargetLogin login = new TargetLogin(target.disk().preferences(), 1, who -> new NoAuthentication());
        while (reader.next()) {
            LoginRequest request = (LoginRequest) InitiatorPdu.parse(reader.header());
            TargetLogin.Reply reply = login.on(request, reader.data());
            expCmdSn = request.cmdSn();
            if (reply.completes()) {
                target.enter(request.isid(), this);
            }
            writer.add(
                    new LoginResponse(
                            reply.transit(),
                            false,
                            reply.current(),
                            reply.next(),
                            request.isid(),
                            reply.completes() ? 1 : 0,
                            request.taskTag(),
                            counters(true),
                            LoginStatus.SUCCESS),
                    KeyText.encode(reply.keys()));
            writer.flush();
            if (reply.completes()) {
                parameters = login.parameters();
                reader.negotiated(parameters.digests(), parameters.maxReceiveLength());
                writer.negotiated(parameters.digests());
                return true;
            }
        }
        return false;
    }

    private Counters counters(boolean status) {
        return new Counters(
                status ? statSn++ : statSn, expCmdSn, expCmdSn + target.disk().window() - 1);
    }

    private void take(InitiatorPdu pdu) throws IOException {
        switch (pdu) {
            case ScsiCommand command -> {
                expCmdSn++;
                take(command);
            }
            case DataOut out -> take(out);
            case NopOut ping
            when ping.taskTag() != Pdu.RESERVED_TAG -> {
                if (target.disk().answersPings()) {
                    writer.add(new NopIn(0, ping.taskTag(), Pdu.RESERVED_TAG, counters(true)));
                }
            }
            case LogoutRequest logout ->
                writer.add(new LogoutResponse(LogoutResponse.CLOSED, logout.taskTag(), counters(true), 0, 0));
            default -> {}
        }
    }

    private void take(ScsiCommand command) throws IOException {
        ByteBuffer data = ByteBuffer.allocate((int) command.expectedBytes());
        if (command.write()) {
            data.put(reader.data());
            if (data.hasRemaining()) {
                incoming.put(command.taskTag(), new Incoming(command, data));
                askFor(command, data);
                return;
            }
            data.flip();
        }
        execute(command, data);
    }

    private void askFor(ScsiCommand command, ByteBuffer data) throws IOException {
        writer.add(new ReadyToTransfer(
                command.lun(),
                command.taskTag(),
                nextTransferTag++,
                counters(false),
                0,
                data.position(),
                Math.min(data.remaining(), parameters.maxBurstLength())));
    }

    private void take(DataOut out) throws IOException {
        Incoming transfer = incoming.get(out.taskTag());
        if (transfer == null || out.bufferOffset() != transfer.data().position()) {
            throw new IOException("data that nobody asked for");
        }
        transfer.data().put(reader.data());
        if (!out.isFinal()) {
            return;
        }
        if (transfer.data().hasRemaining()) {
            askFor(transfer.command(), transfer.data());
            return;
        }
        incoming.remove(out.taskTag());
        execute(transfer.command(), transfer.data().flip());
    }

    private void execute(ScsiCommand command, ByteBuffer out) throws IOException {
        ScriptedDisk.Answer answer = target.disk().execute(command, out);
        switch (answer) {
            case ScriptedDisk.Data(ByteBuffer data) -> sendData(command, data);
            case ScriptedDisk.Status(int status, ByteBuffer sense) -> {
                ByteBuffer segment = ByteBuffer.allocate(2 + sense.remaining());
                segment.putShort((short) sense.remaining()).put(sense).flip();
                ScsiResponse response = new ScsiResponse(
                        command.taskTag(), ScsiResponse.COMPLETED, status, counters(true), 0, Residual.NONE);
                writer.add(response, status == ScsiStatus.GOOD ? ByteBuffer.allocate(0) : segment);
            }
            case ScriptedDisk.Silence() -> {}
            case ScriptedDisk.Hangup() -> throw new IOException("as the script says");
        }
    }

    private void sendData(ScsiCommand command, ByteBuffer data) throws IOException {
        int offset = 0;
        int dataSn = 0;
        do {
            int length = Math.min(data.remaining() - offset, parameters.maxSendLength());
            boolean last = offset + length == data.remaining();
            Residual residual = last ? Residual.of(command.expectedBytes(), data.remaining()) : Residual.NONE;
            writer.add(
                    new DataIn(
                            last,
                            last,
                            ScsiStatus.GOOD,
                            command.lun(),
                            command.taskTag(),
                            counters(last),
                            dataSn++,
                            offset,
                            residual),
                    data.slice(offset, length));
            offset += length;
        } while (offset < data.remaining());
    }
}
