package io.stowage.array.nvme;

import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.ConnectionResponse;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TerminationRequest;
import io.stowage.nvme.pdu.TransferHeader;
import io.stowage.nvme.stream.PduReader;
import io.stowage.nvme.stream.PduWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.UUID;

/** One connection of a host, for tests: says what they want, and nothing by itself. */
public final class TestHost implements AutoCloseable {
    static final String NQN = "nqn.2014-08.org.nvmexpress:uuid:11111111-2222-3333-4444-555555555555";
    static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final PduReader reader;
    private final PduWriter writer;
    private int lastId = 0x100;

    /** @param portal {@code ADDRESS:PORT} */
    static InetSocketAddress address(String portal) {
        var colon = portal.lastIndexOf(':');
        return new InetSocketAddress(portal.substring(0, colon), Integer.parseInt(portal.substring(colon + 1)));
    }

    TestHost(InetSocketAddress portal) throws IOException {
        channel = SocketChannel.open(portal);
        reader = new PduReader(channel, PduReader.From.CONTROLLER, 64 * 1024, 0, 2 << 20);
        writer = new PduWriter(channel, 64 * 1024);
    }

    /** A connection that is initialized without digests. */
    static TestHost initialized(InetSocketAddress portal) throws IOException {
        var host = new TestHost(portal);
        host.initialize(Digests.NONE, 0);
        return host;
    }

    /** An admin queue whose controller is enabled. */
    static TestHost enabled(InetSocketAddress portal) throws IOException {
        var host = initialized(portal);
        host.connectAdmin(TestSubsystems.NQN);
        host.enable();
        return host;
    }

    ConnectionResponse initialize(Digests digests, int alignment) throws IOException {
        writer.add(new ConnectionRequest(0, alignment, digests, 0));
        writer.flush();
        require(PduType.IC_RESP);
        var response = ConnectionResponse.parse(reader.header());
        reader.agreed(response.digests());
        writer.agreed(response.digests(), response.alignment());
        return response;
    }

    /** @return the controller's number */
    int connectAdmin(String subsystem) throws IOException {
        return connectAdmin(subsystem, NQN);
    }

    int connectAdmin(String subsystem, String host) throws IOException {
        var end = connect(new Connect(0, 0, 31, 0, 0), new ConnectData(ID, ConnectData.ANY, subsystem, host));
        if (!end.status().isSuccess()) {
            throw new IOException("Connect refused with " + end.status());
        }
        return (int) end.result() & 0xFFFF;
    }

    CompletionEntry connectIo(int controller, int queue, int attributes) throws IOException {
        return connect(
                new Connect(0, queue, 127, attributes, 0), new ConnectData(ID, controller, TestSubsystems.NQN, NQN));
    }

    CompletionEntry connect(Connect connect, ConnectData data) throws IOException {
        var entry = new SubmissionEntry();
        connect.write(entry);
        return run(entry, data.bytes());
    }

    void enable() throws IOException {
        setConfiguration(Configuration.USUAL.enabled());
    }

    CompletionEntry setConfiguration(Configuration configuration) throws IOException {
        var entry = new SubmissionEntry();
        Property.set(entry, Property.CC, configuration.value());
        return run(entry);
    }

    CompletionEntry property(boolean wide, int offset) throws IOException {
        var entry = new SubmissionEntry();
        Property.get(entry, wide, offset);
        return run(entry);
    }

    public CompletionEntry run(SubmissionEntry entry) throws IOException {
        return run(entry, NONE);
    }

    /** Sends a command with data in its capsule, and waits for its end. */
    CompletionEntry run(SubmissionEntry entry, ByteBuffer data) throws IOException {
        send(entry, data);
        return completion();
    }

    /** Sends a command under a fresh identifier. */
    public int send(SubmissionEntry entry, ByteBuffer data) throws IOException {
        lastId++;
        sendAs(lastId, entry, data);
        return lastId;
    }

    public int send(SubmissionEntry entry) throws IOException {
        return send(entry, NONE);
    }

    void sendAs(int id, SubmissionEntry entry, ByteBuffer data) throws IOException {
        if (!entry.pointsBySgl() && entry.opcode() != 0xFF) {
            entry.byteAt(1, entry.byteAt(1) | 0x40);
        }
        writer.addCommand(entry.commandId(id), data);
        writer.flush();
    }

    void sendData(int id, int tag, int offset, byte[] data, boolean last) throws IOException {
        writer.addHostData(id, tag, offset, ByteBuffer.wrap(data), last);
        writer.flush();
    }

    /** Sends bytes as they are. */
    void sendRaw(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    public CompletionEntry completion() throws IOException {
        require(PduType.CAPSULE_RESP);
        return current();
    }

    Status status() throws IOException {
        return completion().status();
    }

    /** Waits for what comes next: whether a completion, which {@link #current} then is. */
    boolean isCompletionNext() throws IOException {
        if (!reader.next()) {
            throw new IOException("the connection has ended");
        }
        return reader.type() == PduType.CAPSULE_RESP;
    }

    CompletionEntry current() {
        return CompletionEntry.parse(reader.header(), CommonHeader.BYTES);
    }

    /** @param tag TTAG */
    record Request(int command, int tag, int offset, int length) {}

    Request request() throws IOException {
        require(PduType.R2T);
        return currentRequest();
    }

    Request currentRequest() {
        var header = reader.header();
        return new Request(
                TransferHeader.commandId(header), TransferHeader.tag(header), (int) TransferHeader.offset(header), (int)
                        TransferHeader.length(header));
    }

    /** All data of one command, and whether they stood for its completion too. */
    record Data(byte[] bytes, boolean success, int firstOffset) {}

    Data data() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int first = -1;
        while (true) {
            require(PduType.C2H_DATA);
            if (TransferHeader.offset(reader.header()) != bytes.size()) {
                throw new IOException("data out of order");
            }
            first = first < 0 ? CommonHeader.dataOffset(reader.header()) : first;
            boolean last = reader.has(CommonHeader.LAST);
            boolean success = reader.has(CommonHeader.SUCCESS);
            var piece = new byte[reader.dataLength()];
            reader.readData(ByteBuffer.wrap(piece));
            bytes.write(piece);
            if (last) {
                return new Data(bytes.toByteArray(), success, first);
            }
        }
    }

    /** What a discovery controller lists. */
    DiscoveryLog discovered() throws IOException {
        send(TargetOnTheWire.log(DiscoveryLog.LOG_ID, 16 * 1024, 0));
        var bytes = data().bytes();
        if (!status().isSuccess()) {
            throw new IOException("no discovery log");
        }
        return DiscoveryLog.parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The message that ends the connection, and its end. */
    TerminationRequest termination() throws IOException {
        require(PduType.C2H_TERM_REQ);
        var request = TerminationRequest.parse(reader.header(), reader.data());
        if (reader.next()) {
            throw new IOException("something after the end");
        }
        return request;
    }

    /** Whether the connection ends, perhaps by a reset, before anything else comes. */
    boolean isEnded() {
        try {
            return !reader.next();
        } catch (IOException e) {
            return true;
        }
    }

    private void require(int type) throws IOException {
        if (!reader.next()) {
            throw new IOException("the connection has ended, expected " + PduType.name(type));
        }
        if (reader.type() != type) {
            throw new IOException("%s instead of %s".formatted(PduType.name(reader.type()), PduType.name(type)));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
