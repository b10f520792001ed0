package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.fake.World;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many clients do whatever comes to their minds with the same few names, in two pools of an array, one of another, and two
 * whose volumes only grow. None meets a refusal that isn't documented, and in the end the arrays have what the engine says,
 * of the size that it says, also when each snapshot is restored. What they ask for follows from {@code -Dstowage.seed=N} and
 * the seeds behind it, as many as {@code -Dstowage.seeds}; who comes first doesn't.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyClientsTest extends EngineTest {
    private static final boolean SOAK = Boolean.getBoolean("stowage.soak");
    private static final int CLIENTS = 32;
    private static final int STEPS = SOAK ? 40 : 20;

    private static final List<String> POOLS = List.of("p", "near", "far", "grown", "growing");
    private static final List<String> VOLUMES = List.of("ant", "bee", "cat");
    private static final List<String> SNAPSHOTS = List.of("s0", "s1");
    private static final List<String> SIZES = List.of("256MiB", "512MiB", "768MiB");

    /** What others may have done first. */
    private static final Pattern DOCUMENTED = Pattern.compile(String.join(
                    "|",
                    "BAD_INPUT A volume of content type ANY cannot be refreshed from one of content type ANY",
                    "BAD_INPUT Volume ANY cannot be refreshed from itself",
                    "BAD_INPUT Block volumes cannot be shrunk: .*",
                    "BAD_INPUT Volume ANY with ext4 cannot be shrunk from .*",
                    "BAD_INPUT A volume of content type ANY has no file system to mount; attach it as a device",
                    "IN_USE The storage volume is still in use",
                    "IN_USE The snapshot ANY is (still in use|being read)",
                    "NOT_FOUND Attachment not found",
                    "NOT_FOUND Storage volume( snapshot)? not found",
                    "CONFLICT Volume by that name already exists",
                    "CONFLICT Snapshot ANY already in use",
                    "CONFLICT Another volume is mounted at .*",
                    "LOCKED Storage volume ANY is (still being created|being refreshed or moved)",
                    "LOCKED Snapshot ANY is still being created",
                    "LOCKED A mounted ext4 cannot be grown here",
                    "LOCKED Block volume ANY cannot be resized while it is attached",
                    "LOCKED Volume ANY cannot be resized while it is attached as a device",
                    "LOCKED Volume ANY cannot be (shrunk|refreshed|restored) while it is attached",
                    "LOCKED Volume ANY cannot be renamed while it is mounted at .*",
                    "LOCKED Snapshot ANY cannot be renamed while it is attached",
                    "LOCKED The attachment is being (made|ended) already")
            .replace("ANY", "\"[^\"]*\""));

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    static LongStream seeds() {
        long first = Long.getLong("stowage.seed", 1);
        return LongStream.range(first, first + Long.getLong("stowage.seeds", SOAK ? 40 : 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theyAgreeInTheEnd(long seed) throws Exception {
        World.makeNearPool(engine, "near");
        World.makeDistantPool(engine, "far");
        World.makePoolThatOnlyGrows(engine, "grown");
        World.makePoolThatOnlyGrows(engine, "growing");
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed * CLIENTS + i);
            clients.add(Thread.ofVirtual().start(() -> wander(random)));
        }
        for (Thread client : clients) {
            client.join();
        }
        @Nullable Throwable first = failure.get();
        if (first != null) {
            throw new AssertionError("seed " + seed + ": " + first, first);
        }
        assertThat(done).as("what succeeded").hasValueGreaterThan(CLIENTS);
        engine.settle();
        world.check(engine);
        for (Volume volume : engine.volumes().list()) {
            requireSize("seed " + seed, volume);
            for (Snapshot snapshot : engine.snapshots().list(volume.name())) {
                Volume restored = engine.volumes().restore(snapshot.name()).await();
                requireSize("seed " + seed + ", restored from " + snapshot, restored);
            }
        }
    }

    /** All sizes are multiples of what either array rounds to, so that it is the same everywhere. */
    private void requireSize(String when, Volume volume) {
        String what = when + ": bytes of " + volume;
        long bytes = world.size(volume);
        assertThat(engine.volumes().state(volume.name()).totalBytes()).as(what).isEqualTo(bytes);
        assertThat(told(volume.config())).as(what).isEqualTo(bytes);
        if (volume.content() == ContentType.FILESYSTEM) {
            assertThat(world.content(volume).fileSystemBytes()).as(what).isEqualTo(bytes);
        }
    }

    private static long told(Map<String, String> config) {
        return ByteSize.parse(config.getOrDefault("size", "")).bytes();
    }

    /** When one fails, the others end too. */
    private void wander(Random random) {
        try {
            for (int i = 0; i < STEPS && failure.get() == null; i++) {
                stepOrRefusal(random);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void stepOrRefusal(Random random) {
        try {
            step(random);
            done.incrementAndGet();
        } catch (Refused e) {
            String refusal = e.kind() + " " + e.getMessage();
            if (!DOCUMENTED.matcher(refusal).matches()) {
                throw new AssertionError(refusal, e);
            }
        }
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static VolumeName volume(Random random) {
        return VolumeName.of(pick(random, POOLS), pick(random, VOLUMES));
    }

    private static SnapshotName snapshot(Random random) {
        return volume(random).snapshot(pick(random, SNAPSHOTS));
    }

    private void step(Random random) {
        VolumeName name = volume(random);
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> create(name, random);
            case 3 ->
                engine.snapshots()
                        .create(new SnapshotCreation(name, pick(random, SNAPSHOTS), null, new Expiry.Never()))
                        .await();
            case 4 -> engine.snapshots().delete(snapshot(random)).await();
            case 5 ->
                engine.snapshots()
                        .rename(snapshot(random), pick(random, SNAPSHOTS))
                        .await();
            case 6 -> engine.volumes().restore(snapshot(random)).await();
            case 7 -> copy(name, volume(random), false);
            case 8, 9 -> copy(name, volume(random), true);
            case 10 -> engine.volumes().rename(name, pick(random, VOLUMES)).await();
            case 11 -> engine.volumes().move(name, volume(random)).await();
            case 12 -> patch(name, "size", pick(random, SIZES));
            case 13 -> patch(name, "user.seen", Integer.toString(random.nextInt()));
            case 14 -> attachForAMoment(name, pick(random, List.of(AttachmentKind.values())));
            case 15 ->
                engine.snapshots()
                        .update(snapshot(random), present -> new SnapshotDetails("seen", present.expiresAt()))
                        .await();
            default -> engine.volumes().delete(name).await();
        }
    }

    private void create(VolumeName name, Random random) {
        ContentType content = random.nextBoolean() ? ContentType.FILESYSTEM : ContentType.BLOCK;
        engine.volumes()
                .create(new VolumeCreation(name, content, "", Map.of("size", pick(random, SIZES))))
                .await();
    }

    private void copy(VolumeName source, VolumeName target, boolean refresh) {
        engine.volumes()
                .copy(new VolumeCopy(source, null, target, true, null, null, null, refresh))
                .await();
    }

    private void patch(VolumeName name, String key, String value) {
        engine.volumes()
                .update(name, volume -> volume.described().merged(Map.of(key, value)))
                .await();
    }

    private void attachForAMoment(VolumeName name, AttachmentKind kind) {
        Attachment attachment = engine.attachments()
                .attach(new AttachmentRequest(name, null, kind, null, false))
                .await();
        engine.attachments().detach(attachment.id()).await();
    }
}
