package io.stowage.host.nvme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.nvme.NvmeTarget;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.UnitMissing;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.OneSubsystem;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.model.Portal;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.pdu.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host against the array's own target. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrayTargetTest {
    private static final String NQN = "nqn.2010-06.com.purestorage:flasharray.test";
    private static final HostIdentity HOST = HostIdentity.of(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
    private static final int BLOCK = 4096;
    private static final long SIZE = 16 << 20;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    private CachingUnits units() throws IOException {
        return closing(new CachingUnits(folder.resolve("blocks"), SIZE));
    }

    private Initiator host(NvmeOptions options) {
        return closing(NvmeHost.of(HOST, folder.resolve("controllers"), InitiatorOptions.DEFAULT, options));
    }

    private static AttachRequest request(NvmeTarget target, int namespace, String nguid) {
        List<Portal> portals = target.addresses().stream()
                .map(address -> new Portal("127.0.0.1", address.getPort()))
                .toList();
        return new AttachRequest("a", new RemoteTarget(NQN, portals), namespace, new ExpectedIdentity(nguid));
    }

    private static ByteBuffer bytes(int length, int seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return ByteBuffer.allocateDirect(length).put(content).flip();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static byte[] read(RemoteUnit unit, long offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(length);
        unit.read(offset, target);
        return array(target.flip());
    }

    @ParameterizedTest
    @CsvSource({"false, false, true", "true, true, true", "false, false, false", "true, false, false"})
    void readsWritesDiscardsAndGrows(boolean headers, boolean data, boolean flowControl) throws IOException {
        CachingUnits units = units();
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units, 1));
        NvmeOptions options = NvmeOptions.DEFAULT.withDigests(new Digests(headers, data));
        Initiator host = host(flowControl ? options : options.withoutFlowControl());
        RemoteUnit unit = host.open(request(target, 1, CachingUnits.NGUID));
        assertThat(unit.size()).isEqualTo(SIZE);
        // In the capsule, by R2T, and in several commands.
        for (int length : List.of(512, 8192, 8704, 3 << 20)) {
            unit.write(BLOCK, bytes(length, length));
            assertThat(read(unit, BLOCK, length)).isEqualTo(array(bytes(length, length)));
        }
        unit.flush();
        ByteBuffer content = bytes(3 << 20, 3 << 20);
        unit.discard(BLOCK, 1 << 20);
        unit.writeZeroes(BLOCK + (2 << 20), 1 << 20);
        byte[] expected = array(content);
        Arrays.fill(expected, 0, 1 << 20, (byte) 0);
        Arrays.fill(expected, 2 << 20, 3 << 20, (byte) 0);
        assertThat(read(unit, BLOCK, 3 << 20)).isEqualTo(expected);
        units.grow(2 * SIZE);
        host.awaitSize(unit, 2 * SIZE);
        unit.write(2 * SIZE - BLOCK, bytes(BLOCK, 2));
        assertThat(read(unit, 2 * SIZE - BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 2)));
        host.close(unit);
    }

    @Test
    void anotherVolumeAndAMissingOneAreRefused() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 1));
        Initiator host = host(NvmeOptions.DEFAULT);
        assertThatThrownBy(() -> host.open(request(target, 1, "00aaaabbbbccccdd24a937dd00011011")))
                .isInstanceOf(IdentityMismatch.class);
        assertThatThrownBy(() -> host.open(request(target, 2, CachingUnits.NGUID)))
                .isInstanceOf(UnitMissing.class);
    }

    @Test
    void theSubsystemIsDiscoveredAtBothPorts() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 2));
        for (var address : List.of(
                target.addresses().getFirst(), target.discoveryAddresses().getFirst())) {
            List<DiscoveryEntry> found =
                    Discovery.ask(HOST, new Portal("127.0.0.1", address.getPort()), Duration.ofSeconds(60));
            assertThat(found)
                    .filteredOn(entry -> entry.kind() == DiscoveryEntry.NVM)
                    .allSatisfy(entry -> assertThat(entry.subsystem()).isEqualTo(NQN))
                    .extracting(DiscoveryEntry::service)
                    .containsExactlyInAnyOrderElementsOf(target.addresses().stream()
                            .map(each -> Integer.toString(each.getPort()))
                            .toList());
        }
    }
}
