package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.ID;
import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.fault.Faults;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.fabrics.ControllerStatus;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.text.Nqn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wire sees: sections and figures of TCP Transport 1.0 (TCP) and of the NVM Express Base specification 2.0. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class NvmeTransportTest {
    private static final int SIZE = 8 << 20;
    private static final int BLOCK = 512;
    private static final String STRANGER = "nqn.2014-08.org.nvmexpress:uuid:99999999-2222-3333-4444-555555555555";

    private final TestSubsystems subsystems = new TestSubsystems();
    private final GatedUnit unit = new GatedUnit(1, SIZE);
    private final List<AutoCloseable> open = new ArrayList<>();
    private NvmeTarget target;

    @BeforeEach
    void start() throws IOException {
        subsystems.connect(NQN, 1, unit);
        target = start(Allowance.DEFAULT);
    }

    private NvmeTarget start(Allowance allowance) throws IOException {
        var loopback = InetAddress.getByName("127.0.0.1");
        var other = InetAddress.getByName("127.0.0.2");
        return NvmeTarget.start(
                List.of(subsystems), new NvmeTarget.Doors(List.of(loopback, other), 0, 0), new Faults(), allowance);
    }

    private void restart(Allowance allowance) throws IOException {
        target.close();
        target = start(allowance);
    }

    @AfterEach
    void stop() throws Exception {
        unit.openGate();
        for (var each : open) {
            each.close();
        }
        target.close();
        assertThat(subsystems.watchers()).isZero();
    }

    private InetSocketAddress portal() {
        return target.addresses().getFirst();
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private TestHost host() throws IOException {
        return opened(TestHost.initialized(portal()));
    }

    /** An I/O queue of a controller of its own. */
    private TestHost queue(Digests digests, int alignment, int attributes) throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = opened(new TestHost(portal()));
        queue.initialize(digests, alignment);
        assertThat(queue.connectIo(controller, 1, attributes).status()).isEqualTo(Status.SUCCESS);
        return queue;
    }

    private TestHost queue() throws IOException {
        return queue(Digests.NONE, 0, 0);
    }

    private static SubmissionEntry read(long block, int blocks) {
        return new SubmissionEntry()
                .opcode(NvmOpcode.READ)
                .namespace(1)
                .data(SubmissionEntry.BY_TRANSPORT, blocks * BLOCK)
                .dwords(10, block)
                .dword(12, blocks - 1);
    }

    private static SubmissionEntry write(int form, long block, int blocks) {
        return new SubmissionEntry()
                .opcode(NvmOpcode.WRITE)
                .namespace(1)
                .data(form, blocks * BLOCK)
                .dwords(10, block)
                .dword(12, blocks - 1);
    }

    private static SubmissionEntry flush() {
        return new SubmissionEntry().opcode(NvmOpcode.FLUSH).namespace(1).data(SubmissionEntry.BY_TRANSPORT, 0);
    }

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] stored(int offset, int length) {
        return Arrays.copyOfRange(unit.bytes(), offset, offset + length);
    }

    // ---- Initialization: TCP 3.4.1, figures 21 and 22

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void digestsAreWhatTheHostAsksFor(boolean header, boolean data) throws IOException {
        var host = opened(new TestHost(portal()));
        var response = host.initialize(new Digests(header, data), 0);
        assertThat(response.version()).isZero();
        assertThat(response.digests()).isEqualTo(new Digests(header, data));
        assertThat(response.alignment()).isZero(); // Linux refuses others
        assertThat(response.maxHostData()).isGreaterThanOrEqualTo(4096);
        assertThat(response.maxHostData() % 4).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,0,8", "0,32,10"})
    void unsupportedParametersEndTheConnection(int version, int alignment, int field) throws IOException {
        var host = opened(new TestHost(portal()));
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        new ConnectionRequest(version, alignment, Digests.NONE, 0).write(bytes);
        host.sendRaw(bytes.flip());
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.UNSUPPORTED_PARAMETER);
        assertThat(end.information()).isEqualTo(field);
        assertThat(end.header().remaining()).isEqualTo(128); // TCP figure 24: the header that was wrong
    }

    @Test
    void aCommandBeforeInitializationIsASequenceError() throws IOException {
        var host = opened(new TestHost(portal()));
        host.send(new SubmissionEntry());
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    @Test
    void asSoonAsASecondInitializationIs() throws IOException {
        var host = host();
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        new ConnectionRequest(0, 0, Digests.NONE, 0).write(bytes);
        host.sendRaw(bytes.flip());
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    /** TCP figure 20: what hosts don't send; HLEN of figure 21. */
    @ParameterizedTest
    @CsvSource({"01,80,0", "05,18,0", "07,18,0", "09,18,0", "08,18,0", "ff,18,0", "00,48,2", "04,18,2"})
    void wrongHeadersAreNamedByTheirField(String type, String length, int field) throws IOException {
        var host = opened(new TestHost(portal()));
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) Integer.parseInt(type, 16))
                .put(2, (byte) Integer.parseInt(length, 16))
                .putInt(4, 128);
        host.sendRaw(bytes);
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.INVALID_HEADER_FIELD);
        assertThat(end.information()).isEqualTo(field);
    }

    @Test
    void aWrongHeaderDigestEndsTheConnection() throws IOException {
        var host = opened(new TestHost(portal()));
        host.initialize(new Digests(true, false), 0);
        var bytes = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.CAPSULE_CMD)
                .put(1, (byte) 1)
                .put(2, (byte) 72)
                .putInt(4, 76);
        host.sendRaw(bytes);
        assertThat(host.termination().error()).contains(FatalError.HEADER_DIGEST_ERROR);
    }

    /** TCP 3.3.1: the flag says that a digest is there. */
    @Test
    void aMissingHeaderDigestEndsTheConnection() throws IOException {
        var host = opened(new TestHost(portal()));
        host.initialize(new Digests(true, false), 0);
        var bytes = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.CAPSULE_CMD).put(2, (byte) 72).putInt(4, 76);
        host.sendRaw(bytes);
        var end = host.termination();
        assertThat(end.error()).contains(FatalError.INVALID_HEADER_FIELD);
        assertThat(end.information()).isEqualTo(1);
    }

    @Test
    void whoNeverConnectsIsSentAway() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMinutes(2))));
        assertThat(opened(new TestHost(portal())).isEnded()).isTrue();
        assertThat(host().isEnded()).isTrue();
    }

    @Test
    void aHostMayEndTheConnection() throws IOException {
        var host = host();
        var bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, (byte) PduType.H2C_TERM_REQ).put(2, (byte) 24).putInt(4, 24);
        host.sendRaw(bytes);
        assertThat(host.isEnded()).isTrue();
    }

    // ---- Connect: Base 6.3, figures 385 to 388

    private static ConnectData data(int controller, String subsystem, String host) {
        return new ConnectData(ID, controller, subsystem, host);
    }

    private static ConnectData wellKnown() {
        return data(ConnectData.ANY, TestSubsystems.NQN, NQN);
    }

    @Test
    void onlyConnectIsTakenFirst() throws IOException {
        var host = host();
        assertThat(host.property(true, Property.CAP).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        assertThat(host.connectAdmin(TestSubsystems.NQN)).isBetween(1, 0xFFEF);
    }

    @Test
    void fieldsOfConnectAreChecked() throws IOException {
        var host = host();
        var entry = new Connect(0, 0, 31, 0, 0);
        assertThat(host.connect(new Connect(1, 0, 31, 0, 0), wellKnown()).status())
                .isEqualTo(Status.INCOMPATIBLE_FORMAT);
        for (int size : new int[] {0, 1024, 0xFFFF}) {
            var end = host.connect(new Connect(0, 0, size, 0, 0), wellKnown());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(ConnectResult.wrongInEntry(44));
        }
        record Wrong(ConnectData data, int field) {}
        for (var wrong : List.of(
                new Wrong(data(5, TestSubsystems.NQN, NQN), 16),
                new Wrong(data(ConnectData.ANY, "nqn.2010-06.com.purestorage:other", NQN), 256),
                new Wrong(data(ConnectData.ANY, TestSubsystems.NQN, ""), 512),
                new Wrong(data(ConnectData.ANY, TestSubsystems.NQN, "iqn.2026-11.io.stowage:x"), 512))) {
            var end = host.connect(entry, wrong.data());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(1 << 16 | wrong.field());
        }
        assertThat(host.connect(entry, data(ConnectData.ANY, TestSubsystems.NQN, STRANGER))
                        .status())
                .isEqualTo(Status.INVALID_HOST);
        assertThat(host.connect(entry, wellKnown()).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.connect(entry, wellKnown()).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
    }

    @Test
    void connectNeedsItsDataInTheCapsule() throws IOException {
        var host = host();
        var entry = new SubmissionEntry();
        new Connect(0, 0, 31, 0, 0).write(entry);
        assertThat(host.run(entry.copy(), wellKnown().bytes().limit(1000)).status())
                .isEqualTo(Status.SGL_OFFSET_INVALID);
        assertThat(host.run(entry.copy().data(SubmissionEntry.BY_TRANSPORT, 1024))
                        .status())
                .isEqualTo(Status.SGL_TYPE_INVALID);
        assertThat(host.run(
                                entry.copy().data(SubmissionEntry.IN_CAPSULE, 512),
                                wellKnown().bytes())
                        .status())
                .isEqualTo(Status.SGL_LENGTH_INVALID);
    }

    @Test
    void controllerNumbersAreUniqueOverAllPortals() throws IOException {
        var numbers = new HashSet<Integer>();
        for (int i = 0; i < 5; i++) {
            for (var portal : target.addresses()) {
                numbers.add(opened(TestHost.initialized(portal)).connectAdmin(TestSubsystems.NQN));
            }
        }
        assertThat(numbers).hasSize(10);
    }

    @Test
    void anIoQueueBelongsToAController() throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        var io = new Connect(0, 1, 127, 0, 0);
        var wanted = data(controller, TestSubsystems.NQN, NQN);
        // Base 3.5: only of a controller that is enabled.
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        admin.enable();

        record Wrong(ConnectData data, int field) {}
        for (var wrong : List.of(
                new Wrong(data(controller + 1, TestSubsystems.NQN, NQN), 16),
                new Wrong(data(controller, Nqn.DISCOVERY, NQN), 256),
                new Wrong(data(controller, TestSubsystems.NQN, STRANGER), 512),
                new Wrong(new ConnectData(UUID.randomUUID(), controller, TestSubsystems.NQN, NQN), 0))) {
            var end = host().connect(io, wrong.data());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(1 << 16 | wrong.field());
        }
        var beyond = host().connect(new Connect(0, 17, 127, 0, 0), wanted);
        assertThat(beyond.status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(beyond.result()).isEqualTo(42);
        var elsewhere =
                opened(TestHost.initialized(target.addresses().getLast())).connect(io, wanted);
        assertThat(elsewhere.result()).isEqualTo(1 << 16 | 16);

        var queue = host();
        assertThat(queue.connect(io, wanted).status()).isEqualTo(Status.SUCCESS);
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        // Base 6.4: after Disconnect there is room for another.
        var disconnect = new SubmissionEntry();
        FabricsCommand.disconnect(disconnect);
        assertThat(queue.run(disconnect).status()).isEqualTo(Status.SUCCESS);
        assertThat(queue.isEnded()).isTrue();
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void theEndOfTheAdminQueueEndsAll() throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);
        admin.close();
        assertThat(queue.isEnded()).isTrue();
    }

    @Test
    void connectionsAreLimited() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Crowd(4, 4, 2, 16)));
        host();
        host();
        assertThat(opened(new TestHost(portal())).isEnded()).isTrue(); // two are no queues yet
    }

    // ---- Properties: Base 3.1.3, 3.5, 3.6

    @Test
    void aControllerIsEnabledResetAndShutDown() throws IOException {
        var host = host();
        int controller = host.connectAdmin(TestSubsystems.NQN);
        // Figure 36: 1024 entries, contiguous queues, 7.5 s, NVM commands, 4 KiB pages.
        assertThat(host.property(true, Property.CAP).result()).isEqualTo(0x0000_0020_0F01_03FFL);
        assertThat(host.property(false, Property.VS).result()).isEqualTo(0x0001_0400);
        assertThat(host.property(false, Property.CSTS).result()).isZero();
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE))
                        .status())
                .isEqualTo(Status.COMMAND_SEQUENCE_ERROR);

        host.enable();
        assertThat(host.property(false, Property.CC).result()).isEqualTo(0x0046_0001);
        assertThat(status(host).isReady()).isTrue();
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE))
                        .status())
                .isEqualTo(Status.SUCCESS);
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);

        host.setConfiguration(Configuration.USUAL);
        assertThat(status(host).isReady()).isFalse();
        assertThat(queue.isEnded()).isTrue();

        host.enable();
        host.setConfiguration(Configuration.USUAL.enabled().shuttingDown());
        assertThat(status(host).isShutDown()).isTrue();
    }

    private static ControllerStatus status(TestHost host) throws IOException {
        return new ControllerStatus((int) host.property(false, Property.CSTS).result());
    }

    @Test
    void otherPropertiesAreInvalidFields() throws IOException {
        var host = host();
        host.connectAdmin(TestSubsystems.NQN);
        assertThat(host.property(false, 0x20).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.property(false, Property.CAP).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.property(true, Property.VS).status()).isEqualTo(Status.INVALID_FIELD);
        // Figure 46: only NVM commands and pages of 4 KiB.
        assertThat(host.setConfiguration(new Configuration(0x0046_0011)).status())
                .isEqualTo(Status.INVALID_FIELD);
        assertThat(host.setConfiguration(new Configuration(0x0046_0081)).status())
                .isEqualTo(Status.INVALID_FIELD);
    }

    // ---- Data: TCP 3.4.2, 3.5; figures 25 to 29

    @ParameterizedTest
    @CsvSource({
        "1,false,false,0",
        "8,false,false,0",
        "8,true,true,0",
        "1,true,false,31",
        "2048,true,true,7",
        "2048,false,false,0"
    })
    void readsDeliverEverything(int blocks, boolean header, boolean data, int alignment) throws IOException {
        System.arraycopy(noise(blocks * BLOCK), 0, unit.bytes(), 3 * BLOCK, blocks * BLOCK);
        var queue = queue(new Digests(header, data), alignment, 0);
        queue.send(read(3, blocks));
        var found = queue.data();
        assertThat(found.bytes()).isEqualTo(noise(blocks * BLOCK));
        assertThat(found.firstOffset() % ((alignment + 1) * 4)).isZero();
        assertThat(found.success()).isFalse();
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
    }

    /** TCP 3.4.2: without flow control the last data may stand for the completion. */
    @Test
    void withoutFlowControlSuccessfulReadsNeedNoCompletion() throws IOException {
        var queue = queue(Digests.NONE, 0, Connect.NO_FLOW_CONTROL);
        queue.send(read(0, 8));
        assertThat(queue.data().success()).isTrue();
        // Figure 90: SQHD means nothing then.
        assertThat(queue.run(flush()).queueHead()).isEqualTo(0xFFFF);
        assertThat(queue.run(read(SIZE / BLOCK, 1)).status()).isEqualTo(Status.LBA_OUT_OF_RANGE);
    }

    /** Base 3.3.1.2.1: SQHD goes round. */
    @Test
    void completionsSayWhatWasTaken() throws IOException {
        var queue = queue();
        for (int i = 2; i < 300; i++) {
            assertThat(queue.run(flush()).queueHead()).isEqualTo(i % 128);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16})
    void writesMayComeInTheirCapsules(int blocks) throws IOException {
        var queue = queue(new Digests(true, true), 0, 0);
        var bytes = noise(blocks * BLOCK);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 5, blocks), ByteBuffer.wrap(bytes))
                        .status())
                .isEqualTo(Status.SUCCESS);
        assertThat(stored(5 * BLOCK, bytes.length)).isEqualTo(bytes);
    }

    /** IOCCSZ says 8 KiB; more is refused before it is looked at. */
    @Test
    void capsulesHaveALimit() throws IOException {
        var queue = queue();
        queue.send(write(SubmissionEntry.IN_CAPSULE, 0, 17), ByteBuffer.allocate(17 * BLOCK));
        assertThat(queue.termination().error()).contains(FatalError.INVALID_HEADER_FIELD);
    }

    /** Base 4.1.2, figures 112 to 119; over fabrics PRPs don't exist. */
    @Test
    void dataPointersAreChecked() throws IOException {
        var queue = queue();
        var prp = read(0, 1).byteAt(1, 0).byteAt(0, NvmOpcode.READ);
        queue.sendAs(7, prp.opcode(0xFF), ByteBuffer.allocate(0));
        assertThat(queue.status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(queue.run(read(0, 1).data(0x00, BLOCK)).status()).isEqualTo(Status.SGL_TYPE_INVALID);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 0, 2), ByteBuffer.allocate(BLOCK))
                        .status())
                .isEqualTo(Status.SGL_OFFSET_INVALID);
        assertThat(queue.run(read(0, 1).data(SubmissionEntry.IN_CAPSULE, BLOCK), ByteBuffer.allocate(BLOCK))
                        .status())
                .isEqualTo(Status.INVALID_FIELD);
    }

    @Test
    void aWriteIsAskedForAtOnceAndWhole() throws IOException {
        var queue = queue(new Digests(true, true), 0, 0);
        int blocks = 2048;
        var bytes = noise(blocks * BLOCK);
        int id = queue.send(write(SubmissionEntry.BY_TRANSPORT, 0, blocks));
        var request = queue.request();
        assertThat(request.command()).isEqualTo(id);
        assertThat(request.offset()).isZero();
        assertThat(request.length()).isEqualTo(bytes.length);
        int piece = 100_000;
        for (int at = 0; at < bytes.length; at += piece) {
            int end = Math.min(at + piece, bytes.length);
            queue.sendData(id, request.tag(), at, Arrays.copyOfRange(bytes, at, end), end == bytes.length);
        }
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        assertThat(stored(0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void transfersOfManyCommandsMayMix() throws IOException {
        var queue = queue();
        int count = 40;
        var requests = new ArrayList<TestHost.Request>();
        for (int i = 0; i < count; i++) {
            queue.send(write(SubmissionEntry.BY_TRANSPORT, i * 32L, 32));
            requests.add(queue.request());
        }
        var bytes = noise(count * 32 * BLOCK);
        for (int half = 0; half < 2; half++) {
            for (int i = count - 1; i >= 0; i--) {
                int at = half * 16 * BLOCK;
                int start = i * 32 * BLOCK + at;
                queue.sendData(
                        requests.get(i).command(),
                        requests.get(i).tag(),
                        at,
                        Arrays.copyOfRange(bytes, start, start + 16 * BLOCK),
                        half == 1);
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(stored(0, bytes.length)).isEqualTo(bytes);
    }

    /** What has no room waits until others have theirs written. */
    @Test
    void roomForDataIsLimited() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Load(128, 64 * 1024, 64 * 1024)));
        var queue = queue();
        int blocks = 64;
        for (int i = 0; i < 4; i++) {
            queue.send(write(SubmissionEntry.BY_TRANSPORT, (long) i * blocks, blocks));
        }
        var first = queue.request();
        var second = queue.request();
        queue.sendData(second.command(), second.tag(), 0, noise(blocks * BLOCK), true);
        assertThat(queue.completion().commandId()).isEqualTo(second.command());
        var third = queue.request();
        queue.sendData(first.command(), first.tag(), 0, noise(blocks * BLOCK), true);
        assertThat(queue.completion().commandId()).isEqualTo(first.command());
        var fourth = queue.request();
        for (var each : List.of(third, fourth)) {
            queue.sendData(each.command(), each.tag(), 0, noise(blocks * BLOCK), true);
            assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        }
    }

    /** Data that nobody asked for: TCP figure 24. */
    @ParameterizedTest
    @CsvSource({
        "1,0,0,512,true,INVALID_HEADER_FIELD", // another tag
        "0,1,0,512,true,INVALID_HEADER_FIELD", // another command
        "0,0,512,512,true,DATA_OUT_OF_RANGE", // not in order
        "0,0,0,1024,true,DATA_OUT_OF_RANGE", // too much
        "0,0,0,256,true,INVALID_HEADER_FIELD" // the last, and yet not all
    })
    void dataMustBeWhatWasAskedFor(int tag, int command, int offset, int length, boolean last, FatalError error)
            throws IOException {
        var queue = queue();
        queue.send(write(SubmissionEntry.BY_TRANSPORT, 0, 1));
        var request = queue.request();
        queue.sendData(request.command() + command, request.tag() + tag, offset, noise(length), last);
        assertThat(queue.termination().error()).contains(error);
        assertThat(stored(0, BLOCK)).containsOnly(0);
    }

    @Test
    void dataBeforeConnectAreASequenceError() throws IOException {
        var host = host();
        host.sendData(1, 1, 0, new byte[4], true);
        assertThat(host.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    /** TCP 3.3.2: a data digest is the command's error, and not the connection's. */
    @Test
    void damagedDataFailTheirCommandOnly() throws IOException {
        var queue = queue(new Digests(false, true), 0, 0);
        var bytes = ByteBuffer.allocate(72 + BLOCK + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) PduType.CAPSULE_CMD).put((byte) 2).put((byte) 72).put((byte) 72);
        bytes.putInt(bytes.capacity());
        bytes.put(write(SubmissionEntry.IN_CAPSULE, 0, 1).commandId(9).bytes());
        queue.sendRaw(bytes.rewind());
        var end = queue.completion();
        assertThat(end.commandId()).isEqualTo(9);
        assertThat(end.status()).isEqualTo(new Status(0x022)); // Transient Transport Error, to be tried again
        assertThat(queue.run(flush()).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void commandIdentifiersMustBeFree() throws Exception {
        var queue = queue();
        unit.closeGate();
        queue.sendAs(5, flush(), ByteBuffer.allocate(0));
        unit.awaitFlush();
        queue.sendAs(5, flush(), ByteBuffer.allocate(0));
        assertThat(queue.status()).isEqualTo(Status.COMMAND_ID_CONFLICT);
        unit.openGate();
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
    }

    /** Slow work holds up nothing else. */
    @Test
    void readsPassFlushes() throws Exception {
        var queue = queue();
        unit.closeGate();
        int flush = queue.send(flush());
        unit.awaitFlush();
        queue.send(read(0, 1));
        assertThat(queue.data().bytes()).hasSize(BLOCK);
        assertThat(queue.status()).isEqualTo(Status.SUCCESS);
        unit.openGate();
        assertThat(queue.completion().commandId()).isEqualTo(flush);
    }

    /** Base 3.3.1: no more commands than the queue has entries. */
    @Test
    void queuesHaveALimit() throws Exception {
        var queue = queue();
        unit.closeGate();
        for (int i = 0; i < 128; i++) {
            queue.send(flush());
        }
        queue.send(flush());
        assertThat(queue.termination().error()).contains(FatalError.SEQUENCE_ERROR);
    }

    // ---- Admin commands of the transport

    private static SubmissionEntry setFeature(int feature, int value) {
        return new SubmissionEntry()
                .opcode(AdminOpcode.SET_FEATURES)
                .dword(10, feature)
                .dword(11, value);
    }

    private static SubmissionEntry getFeature(int feature) {
        return new SubmissionEntry().opcode(AdminOpcode.GET_FEATURES).dword(10, feature);
    }

    /** Base 5.27.1.5: counts are 0-based. */
    @Test
    void queuesAreGrantedBeforeTheyExist() throws IOException {
        var host = host();
        int controller = host.connectAdmin(TestSubsystems.NQN);
        host.enable();
        assertThat(host.run(setFeature(7, 0xFFFF_0001)).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.run(setFeature(7, 0x00FE_00FE)).result()).isEqualTo(0x000F_000F);
        assertThat(host.run(setFeature(7, 0x0001_0001)).result()).isEqualTo(0x0001_0001);
        assertThat(host.run(getFeature(7)).result()).isEqualTo(0x0001_0001);
        assertThat(host().connectIo(controller, 3, 0).status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(host().connectIo(controller, 2, 0).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(setFeature(7, 0x0003_0003)).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
    }

    /** Base 3.9: KATO is rounded up to KAS. */
    @Test
    void theKeepAliveTimeCanBeSet() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        assertThat(host.run(setFeature(0x0F, 5001)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(getFeature(0x0F)).result()).isEqualTo(6000);
    }

    @Test
    void whoIsSilentIsGivenUp() throws Exception {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMinutes(2))));
        var host = host();
        var end = host.connect(new Connect(0, 0, 31, 0, 0), wellKnown());
        int controller = (int) end.result();
        host.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(setFeature(0x0F, 1000)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.isEnded()).isTrue();
        assertThat(queue.isEnded()).isTrue();
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void discoveryWithoutKeepAliveIsGivenUpToo() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(3))));
        var host = opened(TestHost.initialized(target.discoveryAddresses().getFirst()));
        host.connectAdmin(Nqn.DISCOVERY);
        assertThat(host.isEnded()).isTrue();
    }

    /** Base 5.1. */
    @Test
    void abortEndsWhatHasNotBegun() throws Exception {
        var host = opened(TestHost.enabled(portal()));
        int id = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        host.send(new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, id << 16));
        var aborted = host.completion();
        assertThat(aborted.commandId()).isEqualTo(id);
        assertThat(aborted.status()).isEqualTo(Status.ABORT_REQUESTED);
        assertThat(host.completion().result()).isZero();
        // Another one isn't there.
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, 77 << 16))
                        .result())
                .isEqualTo(1);
    }

    // ---- Events: Base 5.2

    @Test
    void eventRequestsAreLimited() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        for (int i = 0; i < 4; i++) {
            host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        }
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST))
                        .status())
                .isEqualTo(Status.EVENT_LIMIT_EXCEEDED);
    }

    @Test
    void hostsHearOfNamespaces() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        assertThat(host.run(setFeature(0x0B, 0x100)).status()).isEqualTo(Status.SUCCESS);
        int id = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.connect(NQN, 2, new GatedUnit(2, SIZE));
        var event = host.completion();
        assertThat(event.commandId()).isEqualTo(id);
        assertThat(event.result()).isEqualTo(0x0004_0002); // notice, namespace attributes changed, log 04
        // The next one waits until the log was read, whatever happens.
        int next = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.disconnect(NQN, 2);
        host.send(log(4, 4096, 0));
        assertThat(ByteBuffer.wrap(host.data().bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt())
                .isEqualTo(2);
        assertThat(host.status()).isEqualTo(Status.SUCCESS);
        subsystems.connect(NQN, 3, new GatedUnit(3, SIZE));
        assertThat(host.completion().commandId()).isEqualTo(next);
    }

    // ---- Discovery: Base 3.1.2.3, 5.16.1.23

    private static SubmissionEntry log(int page, int length, long offset) {
        int dwords = length / 4 - 1;
        return new SubmissionEntry()
                .opcode(AdminOpcode.GET_LOG_PAGE)
                .data(SubmissionEntry.BY_TRANSPORT, length)
                .dword(10, page | dwords << 16)
                .dword(11, dwords >>> 16)
                .dwords(12, offset);
    }

    private TestHost discovery(InetSocketAddress portal) throws IOException {
        var host = opened(TestHost.initialized(portal));
        host.connectAdmin(Nqn.DISCOVERY);
        host.enable();
        return host;
    }

    private static DiscoveryLog discovered(TestHost host) throws IOException {
        host.send(log(DiscoveryLog.LOG_ID, 16 * 1024, 0));
        var bytes = host.data().bytes();
        assertThat(host.status()).isEqualTo(Status.SUCCESS);
        return DiscoveryLog.parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void bothPortsTellWhereTheSubsystemIs() throws IOException {
        for (var portal : List.of(portal(), target.discoveryAddresses().getFirst())) {
            var log = discovered(discovery(portal));
            var here = log.entries().getFirst();
            assertThat(here.kind()).isEqualTo(DiscoveryEntry.CURRENT_DISCOVERY);
            assertThat(here.service()).isEqualTo(Integer.toString(portal.getPort()));
            assertThat(here.subsystem()).isEqualTo(Nqn.DISCOVERY);
            var others = log.entries().subList(1, log.entries().size());
            assertThat(others).extracting(DiscoveryEntry::subsystem).containsOnly(TestSubsystems.NQN);
            assertThat(others).extracting(DiscoveryEntry::kind).containsOnly(DiscoveryEntry.NVM);
            assertThat(others).extracting(DiscoveryEntry::address).containsExactly("127.0.0.1", "127.0.0.2");
            assertThat(others)
                    .extracting(DiscoveryEntry::service)
                    .containsExactlyElementsOf(target.addresses().stream()
                            .map(at -> Integer.toString(at.getPort()))
                            .toList());
        }
    }

    @Test
    void thePortOfDiscoveryHasNothingElse() throws IOException {
        var host = opened(TestHost.initialized(target.discoveryAddresses().getFirst()));
        var end = host.connect(new Connect(0, 0, 31, 0, 0), wellKnown());
        assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(end.result()).isEqualTo(1 << 16 | 256);
    }

    /** The log is read in pieces, and its counter tells whether they fit: libnvme reads the header twice. */
    @Test
    void theLogCanBeReadInPieces() throws IOException {
        var host = discovery(portal());
        var whole = discovered(host).bytes();
        for (int at = 0; at < whole.limit(); at += 1024) {
            host.send(log(DiscoveryLog.LOG_ID, 1024, at));
            assertThat(ByteBuffer.wrap(host.data().bytes())).isEqualTo(whole.slice(at, 1024));
            assertThat(host.status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(host.run(log(DiscoveryLog.LOG_ID, 1024, whole.limit() + 4)).status())
                .isEqualTo(Status.INVALID_FIELD);
        assertThat(host.run(log(DiscoveryLog.LOG_ID, 1024, 2)).status()).isEqualTo(Status.INVALID_FIELD);
    }

    @Test
    void changesRaiseTheGenerationAndAreTold() throws IOException {
        var host = discovery(portal());
        long before = discovered(host).generation();
        assertThat(discovered(host).generation()).isEqualTo(before);
        assertThat(host.run(setFeature(0x0B, 1 << 31)).status()).isEqualTo(Status.SUCCESS);
        host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.hide(NQN);
        assertThat(host.completion().result()).isEqualTo(0x0070_F002);
        var after = discovered(host);
        assertThat(after.generation()).isGreaterThan(before);
        assertThat(after.entries()).hasSize(1);
        // A later one sees it too: blktests nvme/030.
        assertThat(discovered(discovery(portal())).generation()).isEqualTo(after.generation());
    }

    // ---- Portals

    @Test
    void aPortalOutOfServiceLetsNobodyIn() throws IOException {
        var stays = opened(TestHost.initialized(target.addresses().getLast()));
        stays.connectAdmin(TestSubsystems.NQN);
        var host = host();
        host.connectAdmin(TestSubsystems.NQN);
        var gone = portal();
        var discovery = target.discoveryAddresses().getFirst();
        target.takeOutOfService(gone);
        assertThat(host.isEnded()).isTrue();
        assertThat(target.isInService(gone)).isFalse();
        for (var portal : List.of(gone, discovery)) {
            try (var again = new TestHost(portal)) {
                assertThat(again.isEnded()).isTrue();
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("refused");
            }
        }
        assertThat(discovered(discovery(target.addresses().getLast())).entries())
                .hasSize(2);
        assertThat(stays.property(false, Property.VS).status()).isEqualTo(Status.SUCCESS);
        target.putIntoService(gone);
        host().connectAdmin(TestSubsystems.NQN);
        assertThat(discovered(discovery(discovery)).entries()).hasSize(3);
    }

    @Test
    void whoIsConnectedIsTold() throws IOException {
        host().connectAdmin(TestSubsystems.NQN);
        discovery(portal());
        assertThat(target.now()).singleElement().satisfies(login -> {
            assertThat(login.initiator()).isEqualTo(NQN);
            assertThat(login.portal()).isEqualTo(portal());
        });
    }
}
