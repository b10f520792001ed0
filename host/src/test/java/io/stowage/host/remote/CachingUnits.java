package io.stowage.host.remote;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.Condition;
import io.stowage.array.core.Exclusion;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Meters;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservation;
import io.stowage.array.core.Reservations;
import io.stowage.array.core.Room;
import io.stowage.array.core.Traffic;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.store.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One unit, LUN 1 of everybody, whose writes stay in memory until they are flushed to a file: as much as an array that
 * is killed may lose.
 */
public final class CachingUnits implements LogicalUnits, LogicalUnit, AutoCloseable {
    /** Who is told of changes. */
    private static final List<String> INITIATORS = List.of(
            "iqn.2026-11.io.stowage:test", "nqn.2014-08.org.nvmexpress:uuid:01234567-89ab-cdef-0123-456789abcdef");

    public static final String NAA = "624a9370aaaabbbbccccdddd00011010";
    /** What goes with {@link #NAA} on FlashArrays: 00, the serial number with the company identifier 24a937 behind its 14th digit. */
    public static final String NGUID = "00aaaabbbbccccdd24a937dd00011010";

    public static final String SERIAL = "AAAABBBBCCCCDDDD00011010";

    private volatile Optional<ChapCredentials> credentials = Optional.empty();
    private volatile List<Extent> stored = List.of(new Extent(0, Long.MAX_VALUE / 2));
    private final FileChannel file;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Meters meters = new Meters();
    private final Traffic traffic = new Traffic();
    private final Condition condition = new Condition();
    private final Exclusion exclusion = new Exclusion();
    private final Reservations reservations = new Reservations(Reservation.none(UUID.randomUUID()), new NoHome());
    private final NavigableMap<Long, byte[]> cache = new TreeMap<>(); // guarded by this
    private final AtomicReference<@Nullable Gate> gate = new AtomicReference<>();
    private long size; // guarded by this
    private volatile String naa = NAA;
    private volatile boolean full;

    /** A unit over this file, made when absent. */
    public CachingUnits(Path path, long size) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.size = size;
    }

    /** Another volume stands under the number from now on, with a designator of its own and the same content. */
    public void exchange() {
        naa = NAA.substring(0, NAA.length() - 1) + "f";
        tell((watcher, initiator) -> {
            watcher.unitsChanged(initiator);
            watcher.sizeChanged(initiator, 1); // of which the new one is a matter of chance
        });
    }

    /** Nothing can be written any more, or again. */
    public void full(boolean isFull) {
        full = isFull;
    }

    public void grow(long newSize) {
        synchronized (this) {
            size = newSize;
        }
        tell((watcher, initiator) -> watcher.sizeChanged(initiator, 1));
    }

    private void tell(BiConsumer<Watcher, String> change) {
        INITIATORS.forEach(initiator -> watchers.forEach(watcher -> change.accept(watcher, initiator)));
    }

    @Override
    public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
        return new TreeMap<>(java.util.Map.of(1, this));
    }

    /** Has every initiator prove who it is from now on. */
    public void require(ChapCredentials proof) {
        credentials = Optional.of(proof);
    }

    @Override
    public Optional<ChapCredentials> credentialsOf(String initiator) {
        return credentials;
    }

    @Override
    public Room room() {
        return new Room(512 << 20, 512 << 20);
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        source.read(sourceOffset, bytes);
        write(offset, bytes.flip());
    }

    @Override
    public Exclusion exclusion() {
        return exclusion;
    }

    @Override
    public Condition condition() {
        return condition;
    }

    @Override
    public Reservations reservations() {
        return reservations;
    }

    /** Kept nowhere and told to nobody: no test here reserves. */
    private static final class NoHome implements Reservations.Home {
        @Override
        public void keep(Reservation reservation) {}

        @Override
        public void tell(Registrant who, Reservations.Event event) {}
    }

    @Override
    public Registration watch(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public UnitIdentity identity() {
        return new UnitIdentity("PURE", "FlashArray", "8888", SERIAL, naa);
    }

    @Override
    public synchronized long sizeBytes() {
        return size;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer into) throws IOException {
        require(offset, into.remaining());
        for (long at = offset; into.hasRemaining(); at += BLOCK_BYTES) {
            ByteBuffer block = into.slice(into.position(), BLOCK_BYTES);
            byte[] cached = cache.get(at);
            if (cached != null) {
                block.put(cached);
            } else {
                load(at, block);
            }
            into.position(into.position() + BLOCK_BYTES);
        }
    }

    private void load(long at, ByteBuffer block) throws IOException {
        while (block.hasRemaining() && file.read(block, at + block.position()) >= 0) {}
        while (block.hasRemaining()) {
            block.put((byte) 0);
        }
    }

    /** The next write stops before it does anything. */
    public Gate stopNextWrite() {
        Gate made = new Gate();
        gate.set(made);
        return made;
    }

    /** Where a write waits. */
    public static final class Gate implements AutoCloseable {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Waits until a write waits here. */
        public void awaitWrite() throws InterruptedException {
            reached.await();
        }

        private void pass() {
            reached.countDown();
            Interruptions.awaitFully(opened);
        }

        /** Lets the write go on. */
        @Override
        public void close() {
            opened.countDown();
        }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        Gate waiting = gate.getAndSet(null);
        if (waiting != null) {
            waiting.pass();
        }
        if (full) {
            throw new OutOfSpace("full", new IOException("full"));
        }
        put(offset, from);
    }

    private synchronized void put(long offset, ByteBuffer from) throws IOException {
        require(offset, from.remaining());
        for (long at = offset; from.hasRemaining(); at += BLOCK_BYTES) {
            byte[] block = new byte[BLOCK_BYTES];
            from.get(block);
            cache.put(at, block);
        }
    }

    @Override
    public synchronized void discard(long offset, long length) throws IOException {
        require(offset, length);
        for (long at = offset; at < offset + length; at += BLOCK_BYTES) {
            cache.put(at, new byte[BLOCK_BYTES]);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        for (var block : cache.entrySet()) {
            ByteBuffer bytes = ByteBuffer.wrap(block.getValue());
            while (bytes.hasRemaining()) {
                file.write(bytes, block.getKey() + bytes.position());
            }
        }
        cache.clear();
    }

    @Override
    public List<Extent> allocated(long offset, long length, int limit) {
        return stored.stream()
                .filter(extent -> extent.offset() < offset + length && extent.end() > offset)
                .map(extent -> {
                    long begin = Math.max(offset, extent.offset());
                    return new Extent(begin, Math.min(offset + length, extent.end()) - begin);
                })
                .limit(limit)
                .toList();
    }

    /** What it says to have stored from now on; at first everything. */
    public void stored(List<Extent> extents) {
        stored = List.copyOf(extents);
    }

    private void require(long offset, long length) throws OutOfRange {
        if (offset < 0 || length < 0 || offset + length > size) {
            throw new OutOfRange(offset, length, size);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
