package io.stowage.host.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.array.nvme.NvmeTarget;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.loop.Sweeper;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.OneSubsystem;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.system.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserspaceConnectorTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String NQN = "nqn.2010-06.com.purestorage:flasharray.test";
    private static final UUID SERVER = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    private static final int MIB = 1 << 20;
    private static final Duration HOLDER = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private CachingUnits units;
    private IscsiTarget iscsi;
    private NvmeTarget nvme;

    @BeforeEach
    void start() throws IOException {
        units = new CachingUnits(folder.resolve("blocks"), 16 * MIB);
        iscsi = IscsiTarget.start(IQN, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), units);
        nvme = OneSubsystem.serve(NQN, units, 1);
    }

    @AfterEach
    void stop() throws IOException {
        // Devices first: what is open on them may wait for the target.
        Sweeper.sweep(folder);
        iscsi.close();
        nvme.close();
        units.close();
    }

    private List<Connector> connectors() throws IOException {
        return UserspaceConnector.open(folder.resolve("state"), SERVER, HOLDER);
    }

    /** One of them; the other is closed at once. */
    private Connector connector(Protocol protocol) throws IOException {
        Connector used = null;
        for (Connector connector : connectors()) {
            if (connector.protocol() == protocol) {
                used = connector;
            } else {
                connector.close();
            }
        }
        return Objects.requireNonNull(used);
    }

    private AttachRequest request(Protocol protocol, String key, boolean right) {
        boolean isIscsi = protocol == Protocol.ISCSI;
        int port = (isIscsi ? iscsi.addresses() : nvme.addresses()).getFirst().getPort();
        String identity = isIscsi ? CachingUnits.NAA : CachingUnits.NGUID;
        return new AttachRequest(
                key,
                new RemoteTarget(isIscsi ? IQN : NQN, List.of(new Portal("127.0.0.1", port))),
                1,
                new ExpectedIdentity(right ? identity : identity.replace('d', 'e')));
    }

    private AttachRequest request(Protocol protocol) {
        return request(protocol, "volume-1", true);
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

    @ParameterizedTest
    @EnumSource
    void aUnitIsABlockDeviceThatGrowsAndGoes(Protocol protocol) throws IOException {
        try (Connector connector = connector(protocol)) {
            assertThat(connector.initiatorName())
                    .isEqualTo(
                            protocol == Protocol.ISCSI
                                    ? "iqn.2026-11.io.stowage:" + SERVER
                                    : "nqn.2014-08.org.nvmexpress:uuid:" + SERVER);
            AttachedDevice device = connector.attach(request(protocol));
            assertThat(connector.attach(request(protocol))).isSameAs(device);
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
            AttachedDevice again = connector.attach(request(protocol));
            assertThat(readDevice(again, 3 * MIB)).isEqualTo(data);
            connector.detachAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void discardedAndZeroedRangesReadAsZeroes(Protocol protocol) throws IOException {
        try (Connector connector = connector(protocol)) {
            AttachedDevice device = connector.attach(request(protocol));
            byte[] data = writeDevice(device, 3 * MIB, 3);
            clear(device, data, 1024, 1536, "--zeroout");
            clear(device, data, 60 * 1024 + 512, 9 * 1024, "--zeroout");
            clear(device, data, MIB + 4096, 68 * 1024, "--force");
            clear(device, data, 2 * MIB, MIB / 2, "--force");
            assertThat(readDevice(device, 3 * MIB)).isEqualTo(data);
            device.detach();
            AttachedDevice again = connector.attach(request(protocol));
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

    @ParameterizedTest
    @EnumSource
    void theWrongVolumeBecomesNoDevice(Protocol protocol) throws IOException {
        try (Connector connector = connector(protocol)) {
            assertThatThrownBy(() -> connector.attach(request(protocol, "volume-1", false)))
                    .isInstanceOf(IdentityMismatch.class);
            assertThat(connector.leftBehind()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSuccessorCarriesTheDeviceOn(Protocol protocol) throws IOException {
        byte[] data;
        Path path;
        try (Connector connector = connector(protocol)) {
            AttachedDevice device = connector.attach(request(protocol));
            device.keep();
            path = device.path();
            data = writeDevice(device, 2 * MIB, 2);
        }
        try (Connector successor = connector(protocol)) {
            assertThat(successor.leftBehind()).containsExactly("volume-1");
            AttachedDevice device = successor.attach(request(protocol));
            assertThat(device.takenOver()).isTrue();
            assertThat(device.path()).isEqualTo(path);
            assertThat(readDevice(device, 2 * MIB)).isEqualTo(data);
            device.detach();
        }
    }

    /** Devices of both protocols hang on one holder: what one connector leaves, or takes away, is no matter to the other. */
    @Test
    void connectorsOfBothProtocolsShareWhatEarlierOnesLeft() throws IOException {
        List<Connector> both = connectors();
        byte[] data;
        try (Connector first = both.getFirst();
                Connector second = both.getLast()) {
            AttachedDevice one = first.attach(request(first.protocol(), "volume-1", true));
            AttachedDevice two = second.attach(request(second.protocol(), "volume-2", true));
            one.keep();
            two.keep();
            data = writeDevice(two, MIB, 4);
            first.close();
            assertThat(one.path()).isNotEqualTo(two.path());
            assertThat(readDevice(two, MIB)).isEqualTo(data);
            second.abandon("volume-2");
            assertThat(readDevice(two, MIB)).isEqualTo(data);
        }
        List<Connector> successors = connectors();
        try (Connector first = successors.getFirst();
                Connector second = successors.getLast()) {
            assertThat(first.leftBehind()).containsExactlyInAnyOrder("volume-1", "volume-2");
            AttachedDevice one = first.attach(request(first.protocol(), "volume-1", true));
            assertThat(second.leftBehind()).containsExactly("volume-2");
            AttachedDevice two = second.attach(request(second.protocol(), "volume-2", true));
            assertThat(one.takenOver()).isTrue();
            assertThat(two.takenOver()).isTrue();
            second.detachAll();
            assertThat(first.attached()).containsExactly(one);
            assertThat(readDevice(one, MIB)).isEqualTo(data);
            first.detachAll();
            assertThat(first.leftBehind()).isEmpty();
        }
    }
}
