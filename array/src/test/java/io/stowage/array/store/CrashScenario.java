package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A store on a {@link SimulatedDisk} beside its {@link StoreModel}, and random operations on both, all
 * from one seed. Each transaction also keeps the record of the volumes it makes or deletes, so that the
 * two are seen to change together.
 */
final class CrashScenario {
    private static final long CAPACITY = 18L * Format.CHUNK;
    private static final int MOST_VOLUMES = 6;

    /** Two places in a volume, below different leaves: its first sectors and some beyond 254 chunks. */
    private static final int NEAR_SECTORS = 420;

    private static final int FAR = 254 * 128 - 100;
    private static final int FAR_SECTORS = 360;

    private final Random random;
    private final SimulatedDisk disk;
    private StoreModel model = new StoreModel();
    private @Nullable StoreModel inFlight;
    private @Nullable DiskStore store;
    private @Nullable HousekeepingByHand housekeeper;
    private long lastStamp;
    private long lastVolume;

    CrashScenario(long seed, SimulatedDisk.Lie lie) {
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(lie, random.nextBoolean());
    }

    SimulatedDisk disk() {
        return disk;
    }

    void open() throws IOException {
        store = DiskStore.open(disk, CAPACITY, 8, (housekeeping, commits) -> {
            housekeeper = new HousekeepingByHand(housekeeping, commits);
            return housekeeper;
        });
    }

    private DiskStore store() {
        return Objects.requireNonNull(store);
    }

    /** Takes so many random steps; a {@link PowerCut} may end them. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    /** The power comes back: the store must be sound and hold one of the states that are allowed. */
    void recover() throws IOException {
        disk.restart(random);
        if (disk.metadata().size() > (long) Format.FIRST_PAGE * Format.PAGE) {
            assertThat(StoreCheck.check(disk)).isEmpty();
        }
        open();
        StoreModel after = inFlight;
        inFlight = null;
        AssertionError wrong = takeOver(model);
        if (wrong != null && after != null) {
            AssertionError alsoWrong = takeOver(after);
            if (alsoWrong != null) {
                alsoWrong.addSuppressed(wrong);
            }
            wrong = alsoWrong;
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    private @Nullable AssertionError takeOver(StoreModel candidate) {
        try {
            model = observe(candidate, true);
            model.settle();
            lastVolume = Math.max(
                    lastVolume, model.volumes().isEmpty() ? 0 : model.volumes().lastKey());
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }

    /** What a volume has for itself comes back when it is deleted, and everything deleted leaves nothing behind. */
    void finish() {
        attempt(StoreModel::settle, after -> store().flush());
        verify();
        store().settle();
        for (long id : List.copyOf(model.volumes().keySet())) {
            StoredVolume volume = store().require(id);
            assertThat(volume.allocatedBytes())
                    .isEqualTo(volume.allocated(0, volume.size(), 1000).stream()
                            .mapToLong(extent -> Format.roundUp(extent.length(), Format.BLOCK))
                            .sum());
            long left = store().space().used() - volume.exclusiveBytes();
            delete(id);
            store().settle();
            assertThat(store().space().used()).isEqualTo(left);
            assertThat(store().space().exclusive()).isLessThanOrEqualTo(left);
        }
        assertThat(store().space().used()).isZero();
        store().close();
    }

    void verify() {
        observe(model, false);
    }

    private void step() {
        int choice = random.nextInt(100);
        if (model.volumes().isEmpty() || choice < 4) {
            create();
        } else if (choice < 36) {
            write();
        } else if (choice < 44) {
            copyRange();
        } else if (choice < 56) {
            discard();
        } else if (choice < 64) {
            attempt(after -> after.settle(), after -> store().flush());
        } else if (choice < 70) {
            copy(true);
        } else if (choice < 74) {
            copy(false);
        } else if (choice < 78) {
            restore();
        } else if (choice < 83) {
            resize();
        } else if (choice < 88) {
            delete(randomVolume());
        } else if (choice < 90) {
            verify();
        } else {
            Objects.requireNonNull(housekeeper).step();
        }
    }

    /** Does the same to both; should the power go meanwhile, both states are allowed. */
    private void attempt(Consumer<StoreModel> onModel, Consumer<StoreModel> onStore) {
        StoreModel after = model.copy();
        onModel.accept(after);
        inFlight = after;
        onStore.accept(after);
        model = after;
        inFlight = null;
    }

    private void transact(Consumer<StoreModel> onModel, Consumer<StoreTransaction> onStore) {
        attempt(
                after -> {
                    onModel.accept(after);
                    after.settle();
                },
                after -> store().transact(onStore));
    }

    private void create() {
        if (model.volumes().size() >= MOST_VOLUMES) {
            return;
        }
        long id = lastVolume + 1;
        int sectors = randomSize();
        transact(
                after -> after.volumes().put(id, new StoreModel.Content(sectors, false, new TreeMap<>())),
                transaction -> {
                    assertThat(transaction.create((long) sectors * Format.SECTOR))
                            .isEqualTo(id);
                    transaction.put(key(id), key(-id));
                });
        lastVolume = id;
    }

    private int randomSize() {
        return switch (random.nextInt(3)) {
            case 0 -> 1 + random.nextInt(NEAR_SECTORS);
            case 1 -> NEAR_SECTORS;
            default -> FAR + 1 + random.nextInt(FAR_SECTORS);
        };
    }

    private void write() {
        long id = randomVolume();
        StoreModel.Content content = model.volume(id);
        if (content.readOnly()) {
            return;
        }
        int start = randomSector(content);
        int length = Math.min(randomLength(), end(start, content) - start);
        long stamp = lastStamp + 1;
        lastStamp += length;
        ByteBuffer bytes = ByteBuffer.allocate(length * Format.SECTOR);
        for (int sector = 0; sector < length; sector++) {
            for (int i = 0; i < Format.SECTOR / Long.BYTES; i++) {
                bytes.putLong(stamp + sector);
            }
        }
        try {
            attempt(
                    after -> {
                        for (int sector = 0; sector < length; sector++) {
                            after.volume(id).write(start + sector, stamp + sector);
                        }
                    },
                    after -> store().require(id).write((long) start * Format.SECTOR, bytes.flip()));
        } catch (StoreFull full) {
            inFlight = null;
        }
    }

    private void discard() {
        long id = randomVolume();
        StoreModel.Content content = model.volume(id);
        if (content.readOnly()) {
            return;
        }
        int start = randomSector(content);
        int end = random.nextInt(6) == 0 ? content.sectors() : Math.min(start + randomLength(), content.sectors());
        try {
            attempt(
                    after -> after.volume(id).discard(start, end),
                    after -> store().require(id)
                            .discard((long) start * Format.SECTOR, (long) (end - start) * Format.SECTOR));
        } catch (StoreFull full) {
            // One edge may be zeroed already, the other was refused.
            observeEither(id, start, end, sector -> 0);
        }
    }

    /** Each sector of a range may hold what it held or something else. */
    private void observeEither(long id, int start, int end, IntToLongFunction otherwise) {
        inFlight = null;
        StoreModel.Content content = model.volume(id);
        StoreModel.Content either = content.copy();
        for (int sector = start; sector < end; sector++) {
            long current = content.current(sector);
            if (current != otherwise.applyAsLong(sector)) {
                either.write(sector, otherwise.applyAsLong(sector));
                either.write(sector, current);
            }
        }
        model.volumes().put(id, observe(id, either, sector -> sector >= start && sector < end));
    }

    /** Most often from and to places that lie alike, so that chunks are shared. */
    private void copyRange() {
        long id = randomVolume();
        long source = randomVolume();
        StoreModel.Content content = model.volume(id);
        StoreModel.Content old = model.volume(source);
        int start = randomSector(content);
        int from = randomSector(old);
        if (random.nextInt(4) > 0) {
            int chunk = Format.CHUNK / Format.SECTOR;
            start = Math.min(start / chunk * chunk, content.sectors() - 1);
            from = Math.min(from / chunk * chunk, old.sectors() - 1);
        }
        boolean looked = (start < NEAR_SECTORS || start >= FAR) && (from < NEAR_SECTORS || from >= FAR);
        int length = Math.min(1 + random.nextInt(400), Math.min(end(start, content) - start, end(from, old) - from));
        if (content.readOnly() || !looked || source == id && Math.abs(start - from) < length) {
            return;
        }
        int to = start;
        int distance = from - start;
        try {
            attempt(
                    after -> {
                        for (int sector = to; sector < to + length; sector++) {
                            after.volume(id).write(sector, old.current(sector + distance));
                        }
                    },
                    after -> store().require(id)
                            .copyFrom(
                                    store().require(source),
                                    (long) (to + distance) * Format.SECTOR,
                                    (long) to * Format.SECTOR,
                                    (long) length * Format.SECTOR));
        } catch (StoreFull full) {
            observeEither(id, to, to + length, sector -> old.current(sector + distance));
        }
    }

    private void copy(boolean readOnly) {
        if (model.volumes().size() >= MOST_VOLUMES) {
            return;
        }
        long source = randomVolume();
        long id = lastVolume + 1;
        transact(
                after -> {
                    StoreModel.Content content = after.volume(source);
                    after.volumes().put(id, content.with(content.sectors(), readOnly));
                },
                transaction -> {
                    assertThat(readOnly ? transaction.snapshot(source) : transaction.clone(source))
                            .isEqualTo(id);
                    transaction.put(key(id), key(-id));
                });
        lastVolume = id;
    }

    private void restore() {
        long id = randomVolume();
        long source = randomVolume();
        if (!model.volume(id).readOnly()) {
            transact(
                    after -> {
                        StoreModel.Content content = after.volume(source);
                        after.volumes().put(id, content.with(content.sectors(), false));
                    },
                    transaction -> transaction.restore(id, source));
        }
    }

    private void resize() {
        long id = randomVolume();
        if (model.volume(id).readOnly()) {
            return;
        }
        int sectors = randomSize();
        try {
            transact(
                    after -> after.volumes().put(id, after.volume(id).with(sectors, false)),
                    transaction -> transaction.resize(id, (long) sectors * Format.SECTOR));
        } catch (StoreFull full) {
            inFlight = null;
        }
    }

    private void delete(long id) {
        transact(after -> after.volumes().remove(id), transaction -> {
            transaction.delete(id);
            transaction.remove(key(id));
        });
    }

    private long randomVolume() {
        return List.copyOf(model.volumes().keySet())
                .get(random.nextInt(model.volumes().size()));
    }

    private int randomSector(StoreModel.Content content) {
        if (content.sectors() > FAR && random.nextBoolean()) {
            return FAR + random.nextInt(Math.min(FAR_SECTORS, content.sectors() - FAR));
        }
        return random.nextInt(Math.min(NEAR_SECTORS, content.sectors()));
    }

    private int randomLength() {
        return random.nextInt(6) == 0 ? 100 + random.nextInt(300) : 1 + random.nextInt(40);
    }

    /** Where a write that starts at a sector must end to stay within the places that are looked at. */
    private static int end(int start, StoreModel.Content content) {
        return Math.min(content.sectors(), start < NEAR_SECTORS ? NEAR_SECTORS : FAR + FAR_SECTORS);
    }

    private StoreModel observe(StoreModel expected, boolean afterCrash) {
        assertThat(store().volumes())
                .containsExactlyElementsOf(expected.volumes().keySet());
        assertThat(store().scan(new byte[0]).keySet())
                .containsExactlyElementsOf(expected.volumes().keySet().stream()
                        .map(CrashScenario::key)
                        .toList());
        StoreModel observed = new StoreModel();
        expected.volumes()
                .forEach((id, content) -> observed.volumes().put(id, observe(id, content, sector -> afterCrash)));
        return observed;
    }

    private interface Uncertain {
        boolean at(int sector);
    }

    private StoreModel.Content observe(long id, StoreModel.Content expected, Uncertain uncertain) {
        StoredVolume volume = store().require(id);
        assertThat(volume.size()).isEqualTo((long) expected.sectors() * Format.SECTOR);
        assertThat(volume.readOnly()).isEqualTo(expected.readOnly());
        NavigableMap<Integer, Long> found = new TreeMap<>();
        found.putAll(read(volume, 0, Math.min(NEAR_SECTORS, expected.sectors())));
        found.putAll(read(volume, FAR, Math.min(FAR + FAR_SECTORS, expected.sectors())));
        StoreModel.Content observed =
                new StoreModel.Content(expected.sectors(), expected.readOnly(), new TreeMap<>(expected.stamps()));
        found.forEach((sector, stamp) -> {
            if (!uncertain.at(sector)) {
                if (stamp != expected.current(sector)) {
                    throw new AssertionError("sector %d of volume %d holds %d, not %d"
                            .formatted(sector, id, stamp, expected.current(sector)));
                }
                return;
            }
            long[] possible = expected.possible(sector);
            List<Long> allowed = new ArrayList<>();
            for (long one : possible) {
                allowed.add(one);
            }
            if (!allowed.contains(stamp)) {
                throw new AssertionError(
                        "sector %d of volume %d holds %d, not one of %s".formatted(sector, id, stamp, allowed));
            }
            if (stamp != expected.current(sector)) {
                observed.write(sector, stamp);
            }
        });
        requireNothingElse(volume);
        return observed;
    }

    private static NavigableMap<Integer, Long> read(StoredVolume volume, int from, int to) {
        NavigableMap<Integer, Long> stamps = new TreeMap<>();
        if (from >= to) {
            return stamps;
        }
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * Format.SECTOR);
        volume.read((long) from * Format.SECTOR, bytes);
        bytes.flip();
        for (int sector = from; sector < to; sector++) {
            long stamp = bytes.getLong();
            for (int i = 1; i < Format.SECTOR / Long.BYTES; i++) {
                if (bytes.getLong() != stamp) {
                    throw new AssertionError("sector %d of volume %d is mixed".formatted(sector, volume.id()));
                }
            }
            stamps.put(sector, stamp);
        }
        return stamps;
    }

    private static void requireNothingElse(StoredVolume volume) {
        for (Extent extent : volume.allocated(0, volume.size(), 1000)) {
            long block = Format.BLOCK / Format.SECTOR;
            long from = extent.offset() / Format.SECTOR;
            long to = extent.end() / Format.SECTOR;
            boolean near = to <= NEAR_SECTORS + block;
            boolean far = from >= FAR - block && to <= FAR + FAR_SECTORS + block;
            assertThat(near || far).as("a place for %s", extent).isTrue();
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
