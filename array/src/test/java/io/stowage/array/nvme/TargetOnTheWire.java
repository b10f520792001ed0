package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.ID;
import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Aborters;
import io.stowage.array.fault.Faults;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.pdu.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A target with one unit, which one host may use, and hosts that say what a test wants. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class TargetOnTheWire {
    static final int SIZE = 8 << 20;
    static final int BLOCK = 512;
    static final String STRANGER = "nqn.2014-08.org.nvmexpress:uuid:99999999-2222-3333-4444-555555555555";

    final TestSubsystems subsystems = new TestSubsystems();
    final GatedUnit unit = new GatedUnit(1, SIZE);
    final Aborters aborters = new Aborters();
    private final List<AutoCloseable> open = new ArrayList<>();
    NvmeTarget target;

    @BeforeEach
    void start() throws IOException {
        subsystems.connect(NQN, 1, unit);
        target = start(Allowance.DEFAULT);
    }

    private NvmeTarget start(Allowance allowance) throws IOException {
        var loopback = InetAddress.getByName("127.0.0.1");
        var other = InetAddress.getByName("127.0.0.2");
        return NvmeTarget.start(
                List.of(subsystems),
                new NvmeTarget.Doors(List.of(loopback, other), 0, 0),
                new Faults(),
                aborters,
                allowance);
    }

    void restart(Allowance allowance) throws IOException {
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

    InetSocketAddress portal() {
        return target.addresses().getFirst();
    }

    <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    TestHost host() throws IOException {
        return opened(TestHost.initialized(portal()));
    }

    /** An I/O queue of a controller of its own. */
    TestHost queue(Digests digests, int alignment, int attributes) throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = opened(new TestHost(portal()));
        queue.initialize(digests, alignment);
        assertThat(queue.connectIo(controller, 1, attributes).status()).isEqualTo(Status.SUCCESS);
        return queue;
    }

    TestHost queue() throws IOException {
        return queue(Digests.NONE, 0, 0);
    }

    static SubmissionEntry read(long block, int blocks) {
        return new SubmissionEntry()
                .opcode(NvmOpcode.READ)
                .namespace(1)
                .data(SubmissionEntry.BY_TRANSPORT, blocks * BLOCK)
                .dwords(10, block)
                .dword(12, blocks - 1);
    }

    static SubmissionEntry write(int form, long block, int blocks) {
        return new SubmissionEntry()
                .opcode(NvmOpcode.WRITE)
                .namespace(1)
                .data(form, blocks * BLOCK)
                .dwords(10, block)
                .dword(12, blocks - 1);
    }

    static SubmissionEntry flush() {
        return new SubmissionEntry().opcode(NvmOpcode.FLUSH).namespace(1).data(SubmissionEntry.BY_TRANSPORT, 0);
    }

    static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    byte[] stored(int offset, int length) {
        return Arrays.copyOfRange(unit.bytes(), offset, offset + length);
    }

    static ConnectData wellKnown() {
        return new ConnectData(ID, ConnectData.ANY, TestSubsystems.NQN, NQN);
    }

    static SubmissionEntry setFeature(int feature, int value) {
        return new SubmissionEntry()
                .opcode(AdminOpcode.SET_FEATURES)
                .dword(10, feature)
                .dword(11, value);
    }

    static SubmissionEntry log(int page, int length, long offset) {
        int dwords = length / 4 - 1;
        return new SubmissionEntry()
                .opcode(AdminOpcode.GET_LOG_PAGE)
                .data(SubmissionEntry.BY_TRANSPORT, length)
                .dword(10, page | dwords << 16)
                .dword(11, dwords >>> 16)
                .dwords(12, offset);
    }
}
