package io.stowage.host.nvme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.nvme.NvmeTarget;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.HoldingProxy;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.OneSubsystem;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.model.Portal;
import io.stowage.nvme.pdu.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the host does when a controller, or the network before it, talks nonsense: nothing hangs, nothing wrong is believed. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileControllerTest {
    private static final String NQN = "nqn.2010-06.com.purestorage:flasharray.test";
    private static final HostIdentity HOST = HostIdentity.of(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 64;

    @TempDir
    Path folder;

    private CachingUnits units;
    private NvmeTarget target;
    private HoldingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        units = new CachingUnits(folder.resolve("blocks"), 16 << 20);
        target = OneSubsystem.serve(NQN, units, 1);
        proxy = new HoldingProxy(target.addresses().getFirst().getPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        target.close();
        units.close();
    }

    private AttachRequest request() {
        RemoteTarget where = new RemoteTarget(NQN, List.of(new Portal("127.0.0.1", proxy.port())));
        return new AttachRequest("a", where, 1, new ExpectedIdentity(CachingUnits.NGUID));
    }

    private static byte[] content(int block, int seed) {
        byte[] content = new byte[BLOCK];
        new Random((long) block << 32 | seed).nextBytes(content);
        return content;
    }

    /** Both digests are on, so every flipped bit behind the first exchange can be noticed, and has to be. */
    @Test
    void damageOnTheWayIsNoticed() throws IOException {
        NvmeOptions options = NvmeOptions.DEFAULT.withDigests(new Digests(true, true));
        Random random = new Random(11);
        int[] seeds = new int[BLOCKS];
        try (Initiator host = NvmeHost.of(HOST, folder.resolve("state"), InitiatorOptions.DEFAULT, options)) {
            RemoteUnit unit = host.open(request());
            int rounds = SOAK ? 400 : 12;
            for (int round = 1; round <= rounds; round++) {
                // a header, or data
                proxy.damageAfter(random.nextInt(round % 2 == 0 ? 64 : 3 * BLOCK), random.nextInt(8));
                for (int i = 0; i < 4; i++) {
                    int block = random.nextInt(BLOCKS);
                    unit.write(
                            (long) block * BLOCK,
                            ByteBuffer.allocateDirect(BLOCK)
                                    .put(content(block, round))
                                    .flip());
                    seeds[block] = round;
                    int other = random.nextInt(BLOCKS);
                    ByteBuffer read = ByteBuffer.allocateDirect(BLOCK);
                    unit.read((long) other * BLOCK, read);
                    byte[] bytes = new byte[BLOCK];
                    read.flip().get(bytes);
                    assertThat(bytes).isEqualTo(seeds[other] == 0 ? new byte[BLOCK] : content(other, seeds[other]));
                }
            }
            assertThat(proxy.damaged()).isPositive();
        }
    }

    /** Afterwards the same host works with a controller that does. */
    @Test
    void nonsenseEndsAttemptsOnly() throws IOException {
        InitiatorOptions hasty = InitiatorOptions.DEFAULT.withAttachTimeout(Duration.ofMillis(SOAK ? 60_000 : 3_000));
        try (NonsenseTarget nonsense = new NonsenseTarget(5);
                Initiator host = NvmeHost.of(HOST, folder.resolve("state"), hasty, NvmeOptions.DEFAULT)) {
            proxy.leadTo(nonsense.port());
            assertThatThrownBy(() -> host.open(request())).isInstanceOf(IOException.class);
            assertThat(nonsense.connections()).isPositive();
            proxy.leadTo(target.addresses().getFirst().getPort());
        }
        try (Initiator host =
                NvmeHost.of(HOST, folder.resolve("state"), InitiatorOptions.DEFAULT, NvmeOptions.DEFAULT)) {
            RemoteUnit unit = host.open(request());
            assertThat(unit.size()).isEqualTo(16 << 20);
        }
    }
}
