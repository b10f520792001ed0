package io.stowage.host.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.connector.UnitMissing;
import io.stowage.host.remote.Background;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.HoldingProxy;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.iscsi.login.ChapSecret;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.model.Portal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The initiator against the array's own target. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrayTargetTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String NAME = "iqn.2026-11.io.stowage:test";
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

    private IscsiTarget target(CachingUnits units, int portals) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return closing(IscsiTarget.start(IQN, java.util.Collections.nCopies(portals, any), units));
    }

    private Initiator initiator(InitiatorOptions options) {
        return closing(IscsiInitiator.of(NAME, folder.resolve("sessions"), options));
    }

    private static AttachRequest request(int unit, String naa, List<Integer> ports) {
        List<Portal> portals =
                ports.stream().map(port -> new Portal("127.0.0.1", port)).toList();
        return new AttachRequest(
                "a", new RemoteTarget(IQN, portals), unit, new ExpectedIdentity(naa, CachingUnits.SERIAL));
    }

    private static AttachRequest request(int port) {
        return request(1, CachingUnits.NAA, List.of(port));
    }

    private static int port(IscsiTarget target) {
        return target.addresses().getFirst().getPort();
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

    @Test
    void readsWritesDiscardsAndGrows() throws IOException {
        CachingUnits units = units();
        IscsiTarget target = target(units, 1);
        Initiator initiator = initiator(InitiatorOptions.DEFAULT);
        RemoteUnit unit = initiator.open(request(port(target)));
        assertThat(unit.size()).isEqualTo(SIZE);
        ByteBuffer content = bytes(3 << 20, 1);
        unit.write(BLOCK, content.duplicate());
        unit.flush();
        assertThat(read(unit, BLOCK, 3 << 20)).isEqualTo(array(content));
        unit.discard(BLOCK, 1 << 20);
        unit.writeZeroes(BLOCK + (2 << 20), 1 << 20);
        byte[] expected = array(content);
        Arrays.fill(expected, 0, 1 << 20, (byte) 0);
        Arrays.fill(expected, 2 << 20, 3 << 20, (byte) 0);
        assertThat(read(unit, BLOCK, 3 << 20)).isEqualTo(expected);
        units.grow(2 * SIZE);
        initiator.awaitSize(unit, 2 * SIZE);
        unit.write(2 * SIZE - BLOCK, bytes(BLOCK, 2));
        assertThat(read(unit, 2 * SIZE - BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 2)));
        initiator.close(unit);
    }

    @Test
    void anotherVolumeAndAMissingOneAreRefused() throws IOException {
        IscsiTarget target = target(units(), 1);
        Initiator initiator = initiator(InitiatorOptions.DEFAULT);
        assertThatThrownBy(() -> initiator.open(request(1, "624a9370aaaabbbbccccdddd00011011", List.of(port(target)))))
                .isInstanceOf(IdentityMismatch.class);
        assertThatThrownBy(() -> initiator.open(request(2, CachingUnits.NAA, List.of(port(target)))))
                .isInstanceOf(UnitMissing.class);
    }

    @Test
    void aLostPortalIsReplacedByTheOther() throws IOException {
        IscsiTarget target = target(units(), 2);
        HoldingProxy first =
                closing(new HoldingProxy(target.addresses().getFirst().getPort()));
        HoldingProxy second =
                closing(new HoldingProxy(target.addresses().getLast().getPort()));
        Initiator initiator = initiator(InitiatorOptions.DEFAULT.withFenceBound(Duration.ofMillis(300)));
        RemoteUnit unit = initiator.open(request(1, CachingUnits.NAA, List.of(first.port(), second.port())));
        unit.write(0, bytes(BLOCK, 3));
        first.close();
        unit.write(BLOCK, bytes(BLOCK, 4));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 3)));
        assertThat(read(unit, BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 4)));
    }

    /** With a logout the target vouches for the end of the old session, so nobody waits for the fence. */
    @Test
    void aPortalThatGoesOutOfServiceIsLeftAtOnce() throws Exception {
        IscsiTarget target = target(units(), 2);
        InetSocketAddress first = target.addresses().getFirst();
        InetSocketAddress second = target.addresses().getLast();
        Initiator initiator = initiator(InitiatorOptions.DEFAULT.withFenceBound(Duration.ofHours(1)));
        RemoteUnit unit = initiator.open(request(1, CachingUnits.NAA, List.of(first.getPort(), second.getPort())));
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> writer = Background.run(() -> {
            while (!enough.get()) {
                write(unit, written.get() % 1000, written.get());
                written.incrementAndGet();
            }
        });
        for (int i = 0; i < 2; i++) {
            awaitMore(written, writer);
            target.takeOutOfService(first);
            awaitMore(written, writer);
            target.putIntoService(first);
            target.takeOutOfService(second);
            awaitMore(written, writer);
            target.putIntoService(second);
        }
        enough.set(true);
        writer.join();
        int last = written.get() - 1;
        assertThat(read(unit, (long) (last % 1000) * BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, last)));
    }

    @Test
    void aTargetThatWantsAProofGetsOneAndGivesOne() throws IOException {
        CachingUnits units = units();
        units.require(new ChapCredentials(
                new ChapCredentials.Secret("host", "secretofhost1"),
                Optional.of(new ChapCredentials.Secret("array", "secretofarray1"))));
        IscsiTarget target = target(units, 1);
        ChapSecret own = new ChapSecret("host", "secretofhost1");
        ChapSecrets right = new ChapSecrets(own, Optional.of(new ChapSecret("array", "secretofarray1")));
        Initiator initiator = closing(
                IscsiInitiator.of(NAME, folder.resolve("proven"), InitiatorOptions.DEFAULT, Optional.of(right)));
        RemoteUnit unit = initiator.open(request(port(target)));
        unit.write(0, bytes(BLOCK, 7));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 7)));

        InitiatorOptions hasty = InitiatorOptions.DEFAULT.withAttachTimeout(Duration.ofMillis(300));
        ChapSecrets wrong = new ChapSecrets(own, Optional.of(new ChapSecret("array", "secretofarray2")));
        for (Optional<ChapSecrets> secrets : List.of(Optional.<ChapSecrets>empty(), Optional.of(wrong))) {
            Initiator other = closing(IscsiInitiator.of(NAME, folder.resolve("other"), hasty, secrets));
            assertThatThrownBy(() -> other.open(request(port(target))))
                    .isInstanceOf(TargetUnreachable.class)
                    .hasMessageNotContainingAny("secretofhost1", "secretofarray2");
        }
    }

    @Test
    void aDelayedWriteNeverLandsAfterANewerOne() throws Exception {
        IscsiTarget target = target(units(), 1);
        HoldingProxy proxy = closing(new HoldingProxy(port(target)));
        RemoteUnit unit = initiator(InitiatorOptions.DEFAULT).open(request(proxy.port()));
        HoldingProxy.Link old = proxy.hold().getFirst();
        CompletableFuture<Void> delayed = Background.run(() -> write(unit, 0, 5));
        old.awaitHeld();
        old.cut(); // the target's end of the old connection stays open, with the write on its way
        delayed.join();
        unit.write(0, bytes(BLOCK, 6));
        old.release();
        old.awaitTargetGone();
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 6)));
    }

    private static void write(RemoteUnit unit, int block, int seed) {
        try {
            unit.write((long) block * BLOCK, bytes(BLOCK, seed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheArrayIsKilled() throws Exception {
        Path file = folder.resolve("blocks");
        TargetProcess process = closing(TargetProcess.start(IQN, file, SIZE));
        HoldingProxy proxy = closing(new HoldingProxy(process.port()));
        RemoteUnit unit = initiator(InitiatorOptions.DEFAULT).open(request(proxy.port()));
        int blocks = 256;
        int[] seeds = new int[blocks];
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> writer = Background.run(() -> {
            Random random = new Random(7);
            for (int seed = 1; !enough.get(); seed++) {
                int block = random.nextInt(blocks);
                write(unit, block, seed);
                seeds[block] = seed;
                written.incrementAndGet();
            }
        });
        for (int kill = 0; kill < 3; kill++) {
            awaitMore(written, writer);
            process.close();
            process = closing(TargetProcess.start(IQN, file, SIZE));
            proxy.leadTo(process.port());
        }
        awaitMore(written, writer);
        enough.set(true);
        writer.join();
        for (int block = 0; block < blocks; block++) {
            byte[] expected = seeds[block] == 0 ? new byte[BLOCK] : array(bytes(BLOCK, seeds[block]));
            assertThat(read(unit, (long) block * BLOCK, BLOCK))
                    .as("block %d", block)
                    .isEqualTo(expected);
        }
    }

    /** Waits for 200 further writes. */
    private static void awaitMore(AtomicInteger written, CompletableFuture<Void> writer) throws Exception {
        int goal = written.get() + 200;
        while (written.get() < goal && !writer.isDone()) {
            Thread.sleep(5);
        }
    }
}
