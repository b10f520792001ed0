package io.stowage.array.iscsi;

import io.stowage.iscsi.login.InitiatorChap;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.InitiatorLogin;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.DataIn;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.InitiatorPdu;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.pdu.TargetPdu;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.stream.Digests;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** An initiator that does one thing after the other and lets a test send whatever it likes. */
public final class TestInitiator implements AutoCloseable {
    /** How a command ended. */
    public record Outcome(int status, Sense sense, Residual residual, ByteBuffer data) {
        public boolean isGood() {
            return status == ScsiStatus.GOOD;
        }
    }

    /** A PDU of the target with its data. */
    public record Received(TargetPdu pdu, ByteBuffer data) {}

    private final SocketChannel channel;
    private final PduReader reader;
    private final PduWriter writer;
    private SessionParameters parameters;
    private int cmdSn = 1;
    private int tag = 100;
    private int statSn;

    private TestInitiator(SocketChannel channel, Preferences preferences) {
        this.channel = channel;
        this.reader = new PduReader(channel, 64 * 1024, Math.max(8192, preferences.maxRecvDataSegmentLength()));
        this.writer = new PduWriter(channel, 1 << 20);
        this.parameters = new SessionParameters(Digests.NONE, 8192, 8192, 262144, 65536, true, true);
    }

    public static TestInitiator login(
            InetSocketAddress address, String name, String target, long isid, Preferences wishes)
            throws IOException, LoginFailure {
        InitiatorIdentity who =
                new InitiatorIdentity(name, target, SessionType.NORMAL, new Isid(0x800000000000L | isid), 0, 0);
        return login(address, who, wishes);
    }

    static TestInitiator login(InetSocketAddress address, InitiatorIdentity who, Preferences wishes)
            throws IOException, LoginFailure {
        return login(address, who, wishes, Optional.empty());
    }

    static TestInitiator login(
            InetSocketAddress address, InitiatorIdentity who, Preferences wishes, Optional<InitiatorChap> chap)
            throws IOException, LoginFailure {
        TestInitiator initiator = connect(address, wishes);
        try {
            initiator.login(who, wishes, chap);
            return initiator;
        } catch (IOException | LoginFailure e) {
            initiator.close();
            throw e;
        }
    }

    /** A connection without a login. */
    static TestInitiator connect(InetSocketAddress address, Preferences wishes) throws IOException {
        return new TestInitiator(SocketChannel.open(address), wishes);
    }

    private void login(InitiatorIdentity who, Preferences wishes, Optional<InitiatorChap> chap)
            throws IOException, LoginFailure {
        InitiatorLogin login = new InitiatorLogin(who, wishes, cmdSn, chap);
        Optional<InitiatorLogin.Step> step = Optional.of(login.first());
        while (step.isPresent()) {
            send(step.get().request(), step.get().text());
            Received answer = receive();
            if (!(answer.pdu() instanceof LoginResponse response)) {
                throw new IOException("not a login response: " + answer.pdu());
            }
            step = login.on(response, answer.data());
        }
        statSn = login.expStatSn() - 1;
        parameters = login.parameters();
        reader.negotiated(parameters.digests(), parameters.maxReceiveLength());
        writer.negotiated(parameters.digests());
    }

    SocketChannel channel() {
        return channel;
    }

    SessionParameters parameters() {
        return parameters;
    }

    /** StatSN of the last response of the login. */
    int statSn() {
        return statSn;
    }

    int nextTag() {
        return ++tag;
    }

    int nextCmdSn() {
        return cmdSn++;
    }

    void send(InitiatorPdu pdu, ByteBuffer data) throws IOException {
        writer.add(pdu, data);
        writer.flush();
    }

    /** Sends a PDU of which one bit is flipped on its way. */
    void sendDamaged(InitiatorPdu pdu, ByteBuffer data, int at) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PduWriter aside = new PduWriter(new Gathered(bytes), 1 << 20);
        aside.negotiated(parameters.digests());
        aside.add(pdu, data);
        aside.flush();
        byte[] damaged = bytes.toByteArray();
        damaged[at] ^= 1;
        ByteBuffer sent = ByteBuffer.wrap(damaged);
        while (sent.hasRemaining()) {
            channel.write(sent);
        }
    }

    /** Adds a PDU that goes with the next one that is sent. */
    void add(InitiatorPdu pdu, ByteBuffer data) throws IOException {
        writer.add(pdu, data);
    }

    /** The next PDU that isn't a ping; pings are answered. */
    public Received receive() throws IOException {
        Received next = receiveAny();
        while (next.pdu() instanceof NopIn ping && ping.taskTag() == Pdu.RESERVED_TAG) {
            send(new NopOut(true, 0, Pdu.RESERVED_TAG, ping.transferTag(), cmdSn, 1), ByteBuffer.allocate(0));
            next = receiveAny();
        }
        return next;
    }

    Received receiveAny() throws IOException {
        if (!reader.next()) {
            throw new EOFException("the target closed the connection");
        }
        TargetPdu pdu = TargetPdu.parse(reader.header());
        ByteBuffer data = reader.data();
        return new Received(pdu, ByteBuffer.allocate(data.remaining()).put(data).flip());
    }

    /** Carries a command out; {@code allocation} is what the initiator is ready to receive. */
    public Outcome in(int lun, Cdb cdb, int allocation) throws IOException {
        ScsiCommand command = command(lun, cdb, true, allocation > 0, false, allocation);
        send(command, ByteBuffer.allocate(0));
        return outcome(command.taskTag(), ByteBuffer.allocate(0));
    }

    /** Carries a command out that takes data, as the session's parameters tell to. */
    Outcome out(int lun, Cdb cdb, ByteBuffer data) throws IOException {
        int tagSent = startOut(lun, cdb, data, data.remaining());
        return outcome(tagSent, data);
    }

    /** Sends a command with all data that may come unasked, and returns its tag. */
    public int startOut(int lun, Cdb cdb, ByteBuffer data, int expected) throws IOException {
        int immediate = parameters.immediateData()
                ? Math.min(Math.min(data.remaining(), parameters.firstBurstLength()), parameters.maxSendLength())
                : 0;
        int unasked = parameters.initialR2t() ? immediate : Math.min(data.remaining(), parameters.firstBurstLength());
        ScsiCommand command = command(lun, cdb, unasked == immediate, false, expected > 0, expected);
        send(command, data.slice(0, immediate));
        if (unasked > immediate) {
            sendData(lun, command.taskTag(), Pdu.RESERVED_TAG, data, immediate, unasked - immediate);
        }
        return command.taskTag();
    }

    ScsiCommand command(int lun, Cdb cdb, boolean isFinal, boolean read, boolean write, int expected) {
        return new ScsiCommand(
                false,
                isFinal,
                read,
                write,
                ScsiCommand.SIMPLE,
                Lun.encode(lun),
                nextTag(),
                expected,
                nextCmdSn(),
                1,
                cdb.encode());
    }

    void sendData(int lun, int taskTag, int transferTag, ByteBuffer data, int offset, int length) throws IOException {
        int dataSn = 0;
        for (int done = 0; done < length; ) {
            int piece = Math.min(parameters.maxSendLength(), length - done);
            boolean last = done + piece == length;
            send(
                    new DataOut(last, Lun.encode(lun), taskTag, transferTag, 1, dataSn++, offset + done),
                    data.slice(offset + done, piece));
            done += piece;
        }
    }

    /** Serves R2Ts and gathers data until the command ends. */
    Outcome outcome(int taskTag, ByteBuffer data) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (true) {
            Received received = receive();
            switch (received.pdu()) {
                case ReadyToTransfer r2t
                when r2t.taskTag() == taskTag ->
                    sendData(
                            Lun.decode(r2t.lun()).orElseThrow(),
                            taskTag,
                            r2t.transferTag(),
                            data,
                            r2t.bufferOffset(),
                            r2t.desiredLength());
                case DataIn in
                when in.taskTag() == taskTag -> {
                    if (in.bufferOffset() != read.size()) {
                        throw new IOException("data out of order: " + in);
                    }
                    read.writeBytes(received.data().array());
                    if (in.hasStatus()) {
                        return new Outcome(in.status(), Sense.NONE, in.residual(), ByteBuffer.wrap(read.toByteArray()));
                    }
                }
                case ScsiResponse response
                when response.taskTag() == taskTag -> {
                    return new Outcome(
                            response.status(),
                            sense(received.data()),
                            response.residual(),
                            ByteBuffer.wrap(read.toByteArray()));
                }
                default -> throw new IOException("not expected for task " + taskTag + ": " + received.pdu());
            }
        }
    }

    private static Sense sense(ByteBuffer data) {
        return data.remaining() < 2 ? Sense.NONE : Sense.parse(data.slice(2, data.remaining() - 2));
    }

    /** Text keys in one request and what is answered. */
    ByteBuffer text(String... pairs) throws IOException {
        var keys = Arrays.stream(pairs)
                .map(pair -> pair.split("=", 2))
                .map(pair -> new KeyValue(pair[0], pair[1]))
                .toList();
        send(new TextRequest(true, true, false, 0, nextTag(), Pdu.RESERVED_TAG, cmdSn, 1), KeyText.encode(keys));
        return receive().data();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
