package io.stowage.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.UnitMissing;
import io.stowage.model.Extent;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for initiators of every protocol against the array's own target. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ArrayTargetContract {
    protected static final int BLOCK = 4096;
    protected static final long SIZE = 16 << 20;

    @TempDir
    protected Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    private final Protocol protocol;
    private final String target;
    private final String identity;

    /**
     * The contract of one protocol.
     *
     * @param target IQN or NQN
     * @param identity of the one unit, as this protocol tells it
     */
    protected ArrayTargetContract(Protocol protocol, String target, String identity) {
        this.protocol = protocol;
        this.target = target;
        this.identity = identity;
    }

    /** Starts a target that is closed with the test; gives where it is reached, at each portal. */
    protected abstract List<Integer> serve(CachingUnits units, int portals) throws IOException;

    /** An initiator that notices soon when something is lost. */
    protected abstract Initiator initiator(Path state);

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    protected final <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    protected final CachingUnits units() throws IOException {
        return closing(new CachingUnits(folder.resolve("blocks"), SIZE));
    }

    private Initiator initiator() {
        return closing(initiator(folder.resolve("state")));
    }

    protected final AttachRequest request(int unit, String expected, List<Integer> ports) {
        List<Portal> portals =
                ports.stream().map(port -> new Portal("127.0.0.1", port)).toList();
        return new AttachRequest("a", new RemoteTarget(target, portals), unit, new ExpectedIdentity(expected));
    }

    protected final AttachRequest request(List<Integer> ports) {
        return request(1, identity, ports);
    }

    protected static List<Integer> portsOf(List<InetSocketAddress> addresses) {
        return addresses.stream().map(InetSocketAddress::getPort).toList();
    }

    protected static ByteBuffer bytes(int length, int seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return ByteBuffer.allocateDirect(length).put(content).flip();
    }

    protected static byte[] array(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    protected static byte[] read(RemoteUnit unit, long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(length);
        unit.read(offset, into);
        return array(into.flip());
    }

    protected static void write(RemoteUnit unit, int block, int seed) {
        try {
            unit.write((long) block * BLOCK, bytes(BLOCK, seed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for 200 further writes. */
    protected static void awaitMore(AtomicInteger written, CompletableFuture<Void> writer) throws Exception {
        int goal = written.get() + 200;
        while (written.get() < goal && !writer.isDone()) {
            Thread.sleep(5);
        }
    }

    /** In the command, asked for by the target, and in several commands. */
    @Test
    void readsWritesDiscardsAndGrows() throws IOException {
        CachingUnits units = units();
        Initiator initiator = initiator();
        RemoteUnit unit = initiator.open(request(serve(units, 1)));
        assertThat(unit.size()).isEqualTo(SIZE);
        for (int length : List.of(512, 8192, 8704, 3 << 20)) {
            unit.write(BLOCK, bytes(length, length));
            assertThat(read(unit, BLOCK, length)).isEqualTo(array(bytes(length, length)));
        }
        unit.flush();
        unit.discard(BLOCK, 1 << 20);
        unit.writeZeroes(BLOCK + (2 << 20), 1 << 20);
        byte[] expected = array(bytes(3 << 20, 3 << 20));
        Arrays.fill(expected, 0, 1 << 20, (byte) 0);
        Arrays.fill(expected, 2 << 20, 3 << 20, (byte) 0);
        assertThat(read(unit, BLOCK, 3 << 20)).isEqualTo(expected);
        units.grow(2 * SIZE);
        initiator.awaitSize(unit, 2 * SIZE);
        unit.write(2 * SIZE - BLOCK, bytes(BLOCK, 2));
        assertThat(read(unit, 2 * SIZE - BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 2)));
        initiator.close(unit);
    }

    /** More ranges than one answer has room for, and a question that begins and ends in the middle of one. */
    @Test
    void itIsToldWhereSomethingIsStored() throws IOException {
        CachingUnits units = units();
        List<Extent> stored = new ArrayList<>();
        for (long at = 1024; at < SIZE; at += 3 * 1024) {
            stored.add(new Extent(at, 1024));
        }
        units.stored(stored.stream()
                .map(extent -> new io.stowage.array.store.Extent(extent.offset(), extent.length()))
                .toList());
        RemoteUnit unit = initiator().open(request(serve(units, 1)));
        assertThat(unit.stored(new Extent(0, SIZE))).isEqualTo(stored);
        assertThat(unit.stored(new Extent(1536, 3072))).containsExactly(new Extent(1536, 512), new Extent(4096, 512));
    }

    @Test
    void anotherVolumeAndAMissingOneAreRefused() throws IOException {
        List<Integer> ports = serve(units(), 1);
        Initiator initiator = initiator();
        String other = identity.substring(0, identity.length() - 1) + "1";
        assertThatThrownBy(() -> initiator.open(request(1, other, ports))).isInstanceOf(IdentityMismatch.class);
        assertThatThrownBy(() -> initiator.open(request(2, identity, ports))).isInstanceOf(UnitMissing.class);
    }

    @Test
    void aFullArrayIsAnErrorOfItsOwn() throws IOException {
        CachingUnits units = units();
        RemoteUnit unit = initiator().open(request(serve(units, 1)));
        units.full(true);
        assertThatThrownBy(() -> unit.write(0, bytes(BLOCK, 1)))
                .isInstanceOfSatisfying(
                        RemoteError.class, e -> assertThat(e.errno()).isEqualTo(28)); // ENOSPC
        units.full(false);
        unit.write(0, bytes(BLOCK, 2));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 2)));
    }

    @Test
    void anExchangedVolumeIsNotTouched() throws IOException {
        CachingUnits units = units();
        RemoteUnit unit = initiator().open(request(serve(units, 1)));
        unit.write(0, bytes(BLOCK, 1));
        units.exchange();
        // The target tells it when it likes.
        assertThatThrownBy(() -> {
                    while (true) {
                        read(unit, 0, BLOCK);
                    }
                })
                .isInstanceOf(RemoteError.class)
                .hasMessageContaining("not " + identity);
        assertThatThrownBy(() -> unit.write(0, bytes(BLOCK, 2))).isInstanceOf(RemoteError.class);
        ByteBuffer content = ByteBuffer.allocate(BLOCK);
        units.read(0, content);
        assertThat(content.array()).isEqualTo(array(bytes(BLOCK, 1)));
    }

    @Test
    void aLostPortalIsReplacedByTheOther() throws IOException {
        List<Integer> ports = serve(units(), 2);
        HoldingProxy first = closing(new HoldingProxy(ports.getFirst()));
        HoldingProxy second = closing(new HoldingProxy(ports.getLast()));
        RemoteUnit unit = initiator().open(request(List.of(first.port(), second.port())));
        unit.write(0, bytes(BLOCK, 3));
        first.close();
        unit.write(BLOCK, bytes(BLOCK, 4));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 3)));
        assertThat(read(unit, BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 4)));
    }

    @Test
    void aDelayedWriteNeverLandsAfterANewerOne() throws Exception {
        HoldingProxy proxy = closing(new HoldingProxy(serve(units(), 1).getFirst()));
        RemoteUnit unit = initiator().open(request(List.of(proxy.port())));
        List<HoldingProxy.Link> old = proxy.hold();
        CompletableFuture<Void> delayed = Background.run(() -> write(unit, 0, 5));
        HoldingProxy.Link.awaitHeldByAny(old, BLOCK);
        for (HoldingProxy.Link link : old) {
            link.cut(); // the target's end of the old connections stays open, with the write on its way
        }
        delayed.join();
        unit.write(0, bytes(BLOCK, 6));
        old.forEach(HoldingProxy.Link::release);
        for (HoldingProxy.Link link : old) {
            link.awaitTargetGone();
        }
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 6)));
    }

    /** A write that the array is busy with when its connection ends is fenced like one that is still on its way. */
    @Test
    void nothingIsSentAgainWhileTheArrayIsStillBusyWithIt() throws Exception {
        CachingUnits units = units();
        HoldingProxy proxy = closing(new HoldingProxy(serve(units, 1).getFirst()));
        RemoteUnit unit = initiator().open(request(List.of(proxy.port())));
        CachingUnits.Gate gate = closing(units.stopNextWrite());
        CompletableFuture<Void> delayed = Background.run(() -> write(unit, 0, 7));
        gate.awaitWrite();
        proxy.hold().forEach(HoldingProxy.Link::drop);
        assertThatThrownBy(() -> delayed.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        gate.close();
        delayed.join();
        unit.write(0, bytes(BLOCK, 8));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 8)));
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheArrayIsKilled() throws Exception {
        Path file = folder.resolve("blocks");
        TargetProcess process = closing(TargetProcess.start(protocol, target, file, SIZE));
        HoldingProxy proxy = closing(new HoldingProxy(process.port()));
        RemoteUnit unit = initiator().open(request(List.of(proxy.port())));
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
            process = closing(TargetProcess.start(protocol, target, file, SIZE));
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
}
