package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many changes in any order and of any alignment, and after each of them every volume reads as arrays of bytes do. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContentTest {
    private static final int SECTOR = 512;
    private static final int LARGEST = 600; // sectors
    private static final int STEPS = 400;
    private static final long CAPACITY = 64L << 20;

    @TempDir
    Path folder;

    private final Map<Long, byte[]> expected = new TreeMap<>();
    private final SpaceModel space = new SpaceModel();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void volumesReadAsWhatWasDoneToThem(int seed) {
        Random random = new Random(seed);
        DiskStore store = DiskStore.open(folder, CAPACITY);
        try {
            for (int step = 0; step < STEPS; step++) {
                int action = random.nextInt(46);
                if (action == 0) {
                    store.close();
                    store = DiskStore.open(folder, CAPACITY);
                    space.requireExclusive(store);
                } else {
                    change(store, random, action);
                }
                compare(store, seed + ", step " + step);
                space.requireAllocated(store);
                if (random.nextInt(4) == 0) {
                    store.settle();
                    space.requireExclusive(store);
                    space.requireUsed(store);
                }
            }
            expected.keySet().forEach(store::delete);
            store.settle();
            assertThat(store.space().used()).isZero();
        } finally {
            store.close();
        }
        assertThat(StoreCheck.check(folder)).isEmpty();
    }

    private void change(DiskStore store, Random random, int action) {
        List<Long> writable = expected.keySet().stream()
                .filter(id -> !store.require(id).readOnly())
                .toList();
        if (writable.isEmpty() || action == 1 && expected.size() < 8) {
            int size = size(random);
            long created = store.create(size);
            expected.put(created, new byte[size]);
            space.create(created, size);
            return;
        }
        long id = writable.get(random.nextInt(writable.size()));
        byte[] content = contentOf(id);
        int from = random.nextInt(content.length / SECTOR) * SECTOR;
        int length = Math.min(content.length - from, (1 + random.nextInt(random.nextBoolean() ? 9 : 300)) * SECTOR);
        switch (action) {
            case 2, 3 -> copied(store.snapshot(id), id);
            case 4 -> {
                long source = any(random);
                copied(store.clone(source), source);
            }
            case 5, 6 -> restore(store, id, any(random));
            case 7, 8, 9 -> {
                int size = size(random);
                store.resize(id, size);
                expected.put(id, Arrays.copyOf(content, size));
                space.resize(id, size);
            }
            case 10 -> store.flush();
            case 11 -> store.settle();
            case 12, 13 -> {
                if (expected.size() > 4) {
                    long gone = any(random);
                    store.delete(gone);
                    expected.remove(gone);
                    space.delete(gone);
                }
            }
            case 14, 15, 16, 17, 18, 19, 20, 21, 22 -> {
                store.require(id).discard(from, length);
                Arrays.fill(content, from, from + length, (byte) 0);
                space.discard(id, from, length);
            }
            case 23, 24, 25, 26, 27, 28 -> copy(store, random, id, from);
            default -> {
                byte[] bytes = DiskStoreTest.noise(random.nextInt(), length);
                store.require(id).write(from, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, content, from, length);
                space.write(id, from, length);
            }
        }
    }

    /** Copies a range, most often one whose chunks can be shared. */
    private void copy(DiskStore store, Random random, long id, int to) {
        long source = any(random);
        byte[] old = contentOf(source);
        byte[] content = contentOf(id);
        int from = random.nextInt(old.length / SECTOR) * SECTOR;
        if (random.nextInt(3) > 0) {
            from = from / Format.CHUNK * Format.CHUNK + to % Format.CHUNK;
        }
        int length = Math.min((1 + random.nextInt(400)) * SECTOR, Math.min(old.length - from, content.length - to));
        if (length <= 0 || source == id && Math.abs(from - to) < length) {
            return;
        }
        store.require(id).copyFrom(store.require(source), from, to, length);
        System.arraycopy(old, from, content, to, length);
        space.copyRange(id, source, from, to, length);
    }

    private byte[] contentOf(long id) {
        return Objects.requireNonNull(expected.get(id));
    }

    private void restore(DiskStore store, long id, long from) {
        store.restore(id, from);
        copied(id, from);
    }

    private void copied(long id, long from) {
        expected.put(id, contentOf(from).clone());
        space.copy(id, from);
    }

    private long any(Random random) {
        List<Long> ids = new ArrayList<>(expected.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private static int size(Random random) {
        return (1 + random.nextInt(LARGEST)) * SECTOR;
    }

    private void compare(DiskStore store, String when) {
        expected.forEach((id, content) -> {
            assertThat(store.require(id).size()).isEqualTo(content.length);
            int difference = Arrays.mismatch(read(store, id), content);
            assertThat(difference).as("seed %s: volume %d differs", when, id).isEqualTo(-1);
        });
    }

    private static byte[] read(DiskStore store, long id) {
        byte[] bytes = new byte[Math.toIntExact(store.require(id).size())];
        Arrays.fill(bytes, (byte) 0x55);
        store.require(id).read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
