package io.stowage.host.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.remote.Background;
import io.stowage.host.remote.HoldingProxy;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.RemoteError;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.model.Portal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InitiatorTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String NAME = "iqn.2026-11.io.stowage:test";
    private static final int SIZE = 8 << 20;

    @TempDir
    Path folder;

    private final ScriptedDisk disk = new ScriptedDisk(SIZE);
    private ScriptedTarget target;
    private HoldingProxy proxy;
    private Initiator initiator;

    @BeforeEach
    void start() throws IOException {
        target = new ScriptedTarget(disk);
        proxy = new HoldingProxy(target.port());
        initiator = IscsiInitiator.of(NAME, folder, InitiatorOptions.DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        initiator.close();
        proxy.close();
        target.close();
    }

    private AttachRequest request(String naa) {
        RemoteTarget where = new RemoteTarget(IQN, List.of(new Portal("127.0.0.1", proxy.port())));
        return new AttachRequest("a", where, 1, new ExpectedIdentity(naa, ScriptedDisk.SERIAL));
    }

    private RemoteUnit open() throws IOException {
        return initiator.open(request(ScriptedDisk.NAA));
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

    private static Function<Cdb, ScriptedDisk.@Nullable Answer> on(
            Class<? extends Cdb> kind, ScriptedDisk.Answer answer) {
        return cdb -> kind.isInstance(cdb) ? answer : null;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        RemoteUnit unit = open();
        assertThat(unit.size()).isEqualTo(SIZE);
        // More than one command, one burst, the first burst and one segment.
        ByteBuffer content = bytes(3 << 20, 1);
        unit.write(512, content.duplicate());
        assertThat(read(unit, 512, 3 << 20)).isEqualTo(array(content));
        assertThat(disk.content(512, 3 << 20)).isEqualTo(array(content));
    }

    @Test
    void allDataIsAskedForWhereImmediateDataIsNotAllowed() throws IOException {
        disk.preferences(new Preferences(List.of("CRC32C"), List.of("CRC32C"), 8192, 65536, 16384, true, false));
        RemoteUnit unit = open();
        ByteBuffer content = bytes(300_032, 2);
        unit.write(0, content.duplicate());
        assertThat(read(unit, 0, 300_032)).isEqualTo(array(content));
    }

    @Test
    void manyThreadsShareAWindowOfOneCommand() throws Exception {
        disk.window(1);
        RemoteUnit unit = open();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Void>> done = java.util.stream.IntStream.range(0, 64)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> writeBlock(unit, i, i), threads))
                    .toList();
            done.forEach(CompletableFuture::join);
        }
        for (int i = 0; i < 64; i++) {
            assertThat(disk.content(i * 4096, 4096)).isEqualTo(array(bytes(4096, i)));
        }
    }

    private static void writeBlock(RemoteUnit unit, int block, int seed) {
        try {
            unit.write(block * 4096L, bytes(4096, seed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void flushReachesTheTarget() throws IOException {
        RemoteUnit unit = open();
        unit.write(0, bytes(4096, 3));
        assertThat(disk.isSynchronized()).isFalse();
        unit.flush();
        assertThat(disk.isSynchronized()).isTrue();
    }

    @Test
    void discardsAndZeroesReadAsZeroes() throws IOException {
        RemoteUnit unit = open();
        unit.write(0, bytes(1 << 20, 4));
        unit.discard(0, 65536);
        unit.writeZeroes(131072, 65536);
        assertThat(read(unit, 0, 65536)).containsOnly(0);
        assertThat(read(unit, 131072, 65536)).containsOnly(0);
        assertThat(disk.seen()).hasAtLeastOneElementOfType(Cdb.WriteSame.class);
    }

    @Test
    void whatWasReadWhileTheUnitWasInDoubtIsReadAgain() throws IOException {
        RemoteUnit unit = open();
        unit.write(0, bytes(4096, 21));
        unit.write(0, bytes(4096, 22));
        // As when older writes are being repeated, and this read comes between them.
        disk.once(cdb -> {
            if (!(cdb instanceof Cdb.Read)) {
                return null;
            }
            unit.examineAgain();
            return new ScriptedDisk.Data(ByteBuffer.wrap(array(bytes(4096, 21))));
        });
        assertThat(read(unit, 0, 4096)).isEqualTo(array(bytes(4096, 22)));
    }

    @Test
    void anotherVolumeIsRefusedBeforeAnyInputOrOutput() {
        assertThatThrownBy(() -> initiator.open(request("624a93701234567890abcdef00011011")))
                .isInstanceOf(IdentityMismatch.class)
                .hasMessageContaining(ScriptedDisk.NAA);
        assertThat(disk.seen()).doesNotHaveAnyElementsOfTypes(Cdb.Read.class, Cdb.Write.class);
    }

    @Test
    void anUnreachableTargetIsSaidToBeOne() throws IOException {
        proxy.leadTo(-1);
        try (Initiator hasty = IscsiInitiator.of(
                NAME, folder.resolve("hasty"), InitiatorOptions.DEFAULT.withAttachTimeout(Duration.ofMillis(300)))) {
            assertThatThrownBy(() -> hasty.open(request(ScriptedDisk.NAA)))
                    .isInstanceOf(TargetUnreachable.class)
                    .hasMessageContaining("127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void attentionsAndBusyUnitsAreNoErrors() throws IOException {
        disk.once(on(Cdb.Inquiry.class, ScriptedDisk.check(Sense.POWER_ON)));
        disk.once(on(Cdb.ReadCapacity16.class, ScriptedDisk.check(Sense.REPORTED_LUNS_CHANGED)));
        RemoteUnit unit = open();
        ByteBuffer none = ByteBuffer.allocate(0);
        disk.once(on(Cdb.Write.class, ScriptedDisk.check(Sense.UNIT_RESET)));
        disk.once(on(Cdb.Write.class, new ScriptedDisk.Status(ScsiStatus.BUSY, none)));
        disk.once(on(Cdb.Write.class, new ScriptedDisk.Status(ScsiStatus.TASK_SET_FULL, none)));
        unit.write(0, bytes(4096, 5));
        assertThat(disk.content(0, 4096)).isEqualTo(array(bytes(4096, 5)));
    }

    @Test
    void senseBecomesAnErrorNumber() throws IOException {
        RemoteUnit unit = open();
        disk.once(on(Cdb.Write.class, ScriptedDisk.check(Sense.OUT_OF_SPACE)));
        assertThatThrownBy(() -> unit.write(0, bytes(4096, 6)))
                .isInstanceOfSatisfying(
                        RemoteError.class, e -> assertThat(e.errno()).isEqualTo(28)); // ENOSPC
        disk.once(on(Cdb.Read.class, ScriptedDisk.check(Sense.READ_ERROR)));
        assertThatThrownBy(() -> read(unit, 0, 512))
                .isInstanceOfSatisfying(
                        RemoteError.class, e -> assertThat(e.errno()).isEqualTo(5)); // EIO
    }

    @Test
    void aGrownUnitIsSeen() throws IOException {
        RemoteUnit unit = open();
        disk.resize(2 * SIZE);
        disk.once(on(Cdb.Read.class, ScriptedDisk.check(Sense.CAPACITY_CHANGED)));
        assertThat(read(unit, 0, 512)).containsOnly(0);
        assertThat(unit.size()).isEqualTo(2 * SIZE);
        disk.resize(3 * SIZE);
        initiator.awaitSize(unit, 3 * SIZE);
        assertThat(unit.size()).isEqualTo(3 * SIZE);
    }

    @Test
    void commandsOutliveConnections() throws IOException {
        RemoteUnit unit = open();
        disk.once(on(Cdb.Write.class, new ScriptedDisk.Hangup()));
        unit.write(0, bytes(4096, 7));
        disk.once(on(Cdb.Read.class, new ScriptedDisk.Hangup()));
        assertThat(read(unit, 0, 4096)).isEqualTo(array(bytes(4096, 7)));
        disk.once(on(Cdb.SynchronizeCache.class, new ScriptedDisk.Hangup()));
        unit.flush();
        assertThat(target.logins()).isEqualTo(4);
        assertThat(disk.isSynchronized()).isTrue();
    }

    @Test
    void aSilentTargetIsGivenUpAndAskedAgain() throws IOException {
        try (Initiator watchful = IscsiInitiator.of(
                NAME,
                folder.resolve("watchful"),
                InitiatorOptions.DEFAULT.withPings(Duration.ofMillis(200), Duration.ofMillis(300)))) {
            RemoteUnit unit = watchful.open(request(ScriptedDisk.NAA));
            disk.silentPings();
            disk.once(on(Cdb.Write.class, new ScriptedDisk.Silence()));
            unit.write(0, bytes(4096, 8));
            assertThat(disk.content(0, 4096)).isEqualTo(array(bytes(4096, 8)));
        }
    }

    @Test
    void acknowledgedWritesAreRepeatedWhenTheTargetLostItsCache() throws IOException {
        RemoteUnit unit = open();
        unit.write(0, bytes(4096, 9));
        unit.flush();
        unit.write(4096, bytes(4096, 10));
        unit.write(4096, bytes(4096, 11));
        unit.writeZeroes(0, 512);
        unit.discard(1024, 512);
        target.dropConnections();
        disk.loseCache();
        byte[] first = array(bytes(4096, 9));
        Arrays.fill(first, 0, 512, (byte) 0);
        Arrays.fill(first, 1024, 1536, (byte) 0);
        assertThat(read(unit, 0, 4096)).isEqualTo(first);
        assertThat(read(unit, 4096, 4096)).isEqualTo(array(bytes(4096, 11)));
        unit.flush();
        disk.loseCache();
        assertThat(disk.content(4096, 4096)).isEqualTo(array(bytes(4096, 11)));
    }

    @Test
    void sharedUnitsRepeatNothingThatWasAcknowledged() throws IOException {
        AttachRequest mine = request(ScriptedDisk.NAA);
        RemoteUnit unit = initiator.open(new AttachRequest(
                mine.key(), mine.target(), mine.unit(), mine.identity(), AttachRequest.Sharing.SHARED));
        unit.write(0, bytes(4096, 12));
        target.dropConnections();
        disk.loseCache();
        assertThat(read(unit, 0, 4096)).containsOnly(0);
    }

    @Test
    void keptWritesAreBoundedByFlushes() throws IOException {
        RemoteUnit unit = open();
        for (int i = 0; i < 40; i++) {
            unit.write((i % 8) << 20, bytes(1 << 20, i));
        }
        assertThat(disk.seen()).hasAtLeastOneElementOfType(Cdb.SynchronizeCache.class);
        target.dropConnections();
        disk.loseCache();
        for (int i = 32; i < 40; i++) {
            assertThat(read(unit, (i % 8) << 20, 1 << 20)).isEqualTo(array(bytes(1 << 20, i)));
        }
    }

    @Test
    void aDelayedWriteNeverLandsAfterANewerOne() throws Exception {
        RemoteUnit unit = open();
        unit.write(0, bytes(4096, 13));
        HoldingProxy.Link old = proxy.hold().getFirst();
        CompletableFuture<Void> delayed = Background.run(() -> writeBlock(unit, 0, 14));
        old.awaitHeld();
        old.cut(); // the initiator must connect again; the target still waits at its end of the old connection
        delayed.join();
        assertThat(disk.content(0, 4096)).isEqualTo(array(bytes(4096, 14)));
        unit.write(0, bytes(4096, 15));
        old.release();
        old.awaitTargetGone();
        assertThat(disk.content(0, 4096)).isEqualTo(array(bytes(4096, 15)));
        assertThat(read(unit, 0, 4096)).isEqualTo(array(bytes(4096, 15)));
    }

    @Test
    void aSuccessorFencesTheSessionOfAKilledProcess() throws Exception {
        RemoteUnit unit = open();
        HoldingProxy.Link old = proxy.hold().getFirst();
        CompletableFuture<Void> delayed = Background.run(() -> {
            assertThatThrownBy(() -> unit.write(0, bytes(4096, 16))).isInstanceOf(RemoteError.class);
        });
        old.awaitHeld();
        proxy.leadTo(-1); // the first process never comes back
        old.cut();
        initiator.close();
        delayed.join();
        proxy.leadTo(target.port());
        try (Initiator successor = IscsiInitiator.of(NAME, folder, InitiatorOptions.DEFAULT)) {
            RemoteUnit again = successor.open(request(ScriptedDisk.NAA));
            again.write(0, bytes(4096, 17));
            old.release();
            old.awaitTargetGone();
            assertThat(read(again, 0, 4096)).isEqualTo(array(bytes(4096, 17)));
        }
    }

    @Test
    void anotherPortalIsUsedOnlyAfterTheFenceBound() throws IOException {
        try (HoldingProxy second = new HoldingProxy(target.port());
                Initiator quick = IscsiInitiator.of(
                        NAME,
                        folder.resolve("quick"),
                        InitiatorOptions.DEFAULT.withFenceBound(Duration.ofMillis(1500)))) {
            RemoteTarget both = new RemoteTarget(
                    IQN, List.of(new Portal("127.0.0.1", proxy.port()), new Portal("127.0.0.1", second.port())));
            RemoteUnit unit = quick.open(new AttachRequest("a", both, 1, new ExpectedIdentity(ScriptedDisk.NAA)));
            proxy.leadTo(-1);
            long start = System.nanoTime();
            target.dropConnections();
            unit.write(0, bytes(4096, 18));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
            assertThat(disk.content(0, 4096)).isEqualTo(array(bytes(4096, 18)));
        }
    }

    @Test
    void aWaitingCommandEndsWithTheUnit() throws Exception {
        RemoteUnit unit = open();
        proxy.leadTo(-1);
        target.dropConnections();
        CompletableFuture<Void> waiting = Background.run(() -> {
            assertThatThrownBy(() -> unit.write(0, bytes(4096, 19))).isInstanceOf(RemoteError.class);
        });
        initiator.close();
        waiting.join();
    }

    @Test
    void theSessionIsLoggedOutWithItsLastUnit() throws IOException {
        RemoteUnit unit = open();
        unit.write(0, bytes(4096, 20));
        initiator.close(unit);
        assertThat(disk.isSynchronized()).isTrue();
        assertThat(folder.resolve(IQN.replace(':', '_') + ".session")).content().doesNotContain("portal");
        assertThat(read(open(), 0, 4096)).isEqualTo(array(bytes(4096, 20)));
    }
}
