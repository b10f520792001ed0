package io.stowage.host.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.iscsi.CachingUnits;
import io.stowage.host.loop.Sweeper;
import io.stowage.model.Portal;
import io.stowage.system.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserspaceConnectorTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final UUID SERVER = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    private static final int MIB = 1 << 20;
    private static final Duration HOLDER = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private CachingUnits units;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        units = new CachingUnits(folder.resolve("blocks"), 16 * MIB);
        target = IscsiTarget.start(IQN, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), units);
    }

    @AfterEach
    void stop() throws IOException {
        // Devices first: what is open on them may wait for the target.
        Sweeper.sweep(folder);
        target.close();
        units.close();
    }

    private Connector connector() throws IOException {
        return UserspaceConnector.open(folder.resolve("state"), SERVER, HOLDER).getFirst();
    }

    private AttachRequest request(String naa) {
        int port = target.addresses().getFirst().getPort();
        return new AttachRequest(
                "volume-1",
                new RemoteTarget(IQN, List.of(new Portal("127.0.0.1", port))),
                1,
                new ExpectedIdentity(naa));
    }

    private byte[] readDevice(AttachedDevice device, int bytes) throws IOException {
        Path output = folder.resolve("output");
        Command.of("dd", "if=" + device.path(), "of=" + output, "bs=1M", "count=" + bytes / MIB, "iflag=direct")
                .runOrThrow();
        return Files.readAllBytes(output);
    }

    private byte[] writeDevice(AttachedDevice device, int bytes, int seed) throws IOException {
        byte[] data = new byte[bytes];
        new Random(seed).nextBytes(data);
        Path input = Files.write(folder.resolve("input"), data);
        Command.of("dd", "if=" + input, "of=" + device.path(), "bs=1M", "oflag=direct", "conv=fsync")
                .runOrThrow();
        return data;
    }

    @Test
    void aUnitIsABlockDeviceThatGrowsAndGoes() throws IOException {
        try (Connector connector = connector()) {
            assertThat(connector.initiatorName()).isEqualTo("iqn.2026-11.io.stowage:" + SERVER);
            AttachedDevice device = connector.attach(request(CachingUnits.NAA));
            assertThat(connector.attach(request(CachingUnits.NAA))).isSameAs(device);
            byte[] data = writeDevice(device, 3 * MIB, 1);
            assertThat(readDevice(device, 3 * MIB)).isEqualTo(data);
            units.grow(32 * MIB);
            device.grow(32 * MIB);
            assertThat(device.size()).isEqualTo(32 * MIB);
            assertThat(Command.of("blockdev", "--getsize64", device.path().toString())
                            .runOrThrow()
                            .output()
                            .strip())
                    .isEqualTo(Long.toString(32 * MIB));
            device.detach();
            device.detach();
            assertThat(connector.attached()).isEmpty();
            assertThat(connector.leftBehind()).isEmpty();
            AttachedDevice again = connector.attach(request(CachingUnits.NAA));
            assertThat(readDevice(again, 3 * MIB)).isEqualTo(data);
            connector.detachAll();
        }
    }

    @Test
    void discardedAndZeroedRangesReadAsZeroes() throws IOException {
        try (Connector connector = connector()) {
            AttachedDevice device = connector.attach(request(CachingUnits.NAA));
            byte[] data = writeDevice(device, 3 * MIB, 3);
            clear(device, data, 1024, 1536, "--zeroout");
            clear(device, data, 60 * 1024 + 512, 9 * 1024, "--zeroout");
            clear(device, data, MIB + 4096, 68 * 1024, "--force");
            clear(device, data, 2 * MIB, MIB / 2, "--force");
            assertThat(readDevice(device, 3 * MIB)).isEqualTo(data);
            device.detach();
            AttachedDevice again = connector.attach(request(CachingUnits.NAA));
            assertThat(readDevice(again, 3 * MIB)).isEqualTo(data);
            connector.detachAll();
        }
    }

    private static void clear(AttachedDevice device, byte[] expected, int offset, int length, String how)
            throws IOException {
        Command.of(
                        "blkdiscard",
                        how,
                        "--offset",
                        Integer.toString(offset),
                        "--length",
                        Integer.toString(length),
                        device.path().toString())
                .runOrThrow();
        Arrays.fill(expected, offset, offset + length, (byte) 0);
    }

    @Test
    void theWrongVolumeBecomesNoDevice() throws IOException {
        try (Connector connector = connector()) {
            assertThatThrownBy(() -> connector.attach(request("624a9370aaaabbbbccccdddd00011011")))
                    .isInstanceOf(IdentityMismatch.class);
            assertThat(connector.leftBehind()).isEmpty();
        }
    }

    @Test
    void aSuccessorCarriesTheDeviceOn() throws IOException {
        byte[] data;
        Path path;
        try (Connector connector = connector()) {
            AttachedDevice device = connector.attach(request(CachingUnits.NAA));
            path = device.path();
            data = writeDevice(device, 2 * MIB, 2);
        }
        try (Connector successor = connector()) {
            assertThat(successor.leftBehind()).containsExactly("volume-1");
            AttachedDevice device = successor.attach(request(CachingUnits.NAA));
            assertThat(device.takenOver()).isTrue();
            assertThat(device.path()).isEqualTo(path);
            assertThat(readDevice(device, 2 * MIB)).isEqualTo(data);
            device.detach();
        }
    }
}
