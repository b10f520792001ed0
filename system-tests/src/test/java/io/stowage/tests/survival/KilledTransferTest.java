package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.ApiError;
import io.stowage.client.Json;
import io.stowage.client.Unreachable;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.LxcUser;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.content.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers are killed, with SIGKILL, while content passes through them: to another file system by rsync, from one server to
 * another as files or as blocks, in from an image, out to a backup's file. Every time, with all servers there again, on each side API, database and array agree, no
 * mount or loop device stays, the source is as it was, and what should be made is there in full or not at all.
 * {@code -Dstowage.seed=N} asks for other moments, victims and arrays, {@code -Dstowage.kills=N} for another number of kills, and
 * {@code -Dstowage.transfer=IMPORT} for one kind of transfer.
 */
@EnabledIfSystemProperty(named = "stowage.soak", matches = "true")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledTransferTest {
    private static final long SEED = Long.getLong("stowage.seed", 1);
    private static final int KILLS = Integer.getInteger("stowage.kills", 100);
    /** Longest time between the beginning of an operation and the kill. */
    private static final int MILLIS = 2500;
    /** What takes longer hangs. */
    private static final int PATIENCE_SECONDS = 120;

    /** Nearly all of a kill's time is the next server's start, and most of that the compiler's. */
    private static final Map<String, String> QUICK_START = Map.of("STOWAGE_JVM", "-XX:TieredStopAtLevel=1");

    /** Bytes a second: so that a transfer is seen under way. */
    private static final String PACE = "rsync.bwlimit=3MiB";

    private static final String FILES = Site.path("files");
    private static final String KEPT = Site.path("kept");
    private static final String BLOCKS = Site.path("blocks");

    /** What arrives as a new volume. */
    private static final String NEW = "w";

    private static final int IMAGE_BYTES = 64 << 20;

    /** What is tried in turn. */
    private enum Transfer {
        COPY,
        IMPORT,
        PULL,
        EXPORT,
        BLOCKS,
        PUSH,
        RELAY
    }

    private static final List<Transfer> TRANSFERS = Optional.ofNullable(System.getProperty("stowage.transfer"))
            .map(only -> List.of(Transfer.valueOf(only)))
            .orElse(List.of(Transfer.values()));

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private @Nullable Site near;
    private @Nullable Site far;
    private LxcUser user;
    /** What the source has. */
    private Tree files;
    /** What the other server's volume has, which is refreshed from the source. */
    private Tree kept;
    /** The content of the blocks that are copied and imported. */
    private Path image;
    /** What is imported. */
    private Path backup;

    @BeforeEach
    void open() throws InterruptedException, IOException {
        Combination[] all = Combination.values();
        Site here = Site.open(all[Math.floorMod(SEED, all.length)], QUICK_START, PACE);
        near = here;
        Site there = Site.open(all[Math.floorMod(SEED + 2, all.length)], QUICK_START, PACE);
        far = there;
        user = new LxcUser(folder);
        user.add("near", here.server());
        user.add("far", there.server());
        create(here, "files", files("ext4"), "filesystem");
        files = here.withFiles(FILES, mounted -> Tree.plant(mounted, SEED));
        // Files go from one file system to another by rsync, and as blocks between two of a kind.
        create(there, "kept", files("xfs"), "filesystem");
        kept = there.withFiles(KEPT, Tree::read);
        image = folder.resolve("image");
        backup = folder.resolve("blocks.tar");
        byte[] content = new byte[IMAGE_BYTES];
        new Random(SEED).nextBytes(content);
        Files.write(image, content);
        create(here, "blocks", Map.of("size", "256MiB"), "block");
        here.withDevice(BLOCKS, device -> Ran.run("dd", "if=" + image, "of=" + device, "bs=1M", "conv=fsync"))
                .orFail();
        user.lxc("storage", "volume", "export", "near:p", "blocks", backup.toString())
                .orFail();
        here.awaitPeace();
        there.awaitPeace();
    }

    private static Map<String, String> files(String fileSystem) {
        return Map.of("size", "512MiB", "block.filesystem", fileSystem);
    }

    private static void create(Site site, String name, Map<String, String> config, String type) {
        Map<String, Object> body = Map.of("name", name, "config", config, "content_type", type);
        site.client().run("POST", Site.path(), Json.of(body));
    }

    /** Also after a hang. */
    @AfterEach
    void end() {
        tasks.forEach(task -> task.cancel(true));
        try (Site first = near;
                Site second = far) {
            // each even if the other fails
        }
    }

    @Test
    void whatPassesArrivesInFullOrNotAtAll() throws Exception {
        Site here = Objects.requireNonNull(near, "opened before");
        Site there = Objects.requireNonNull(far, "opened before");
        String doing = "";
        int arrived = 0;
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                Transfer transfer = TRANSFERS.get((kill - 1) % TRANSFERS.size());
                List<Site> victims = victims(transfer, here, there);
                doing = "kill %d, %s, %d victims, the first %s"
                        .formatted(kill, transfer, victims.size(), victims.getFirst() == here ? "near" : "far");
                long seed = SEED * 1000 + kill;
                files = here.withFiles(FILES, mounted -> Tree.overwrite(mounted, seed));
                killUnder(begin(transfer, here), victims);
                user.find("near", here.server());
                user.find("far", there.server());
                here.awaitQuiet();
                there.awaitQuiet();
                assertThat(here.withFiles(FILES, Tree::read)).as("the source").isEqualTo(files);
                if (isThere(transfer, here, there)) {
                    arrived++;
                }
                here.awaitPeace();
                there.awaitPeace();
                assertThat(here.names()).containsExactly("blocks", "files");
                assertThat(there.names()).containsExactly("kept");
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s, -Dstowage.seed=%d: %s%nnear: %s%nfar: %s"
                            .formatted(
                                    doing,
                                    SEED,
                                    e.getMessage(),
                                    here.server().log(),
                                    there.server().log()),
                    e);
        }
        System.out.printf("%d kills under transfers, seed %d: %d arrived%n", KILLS, SEED, arrived);
    }

    private List<Site> victims(Transfer transfer, Site here, Site there) {
        return switch (transfer) {
            case COPY, IMPORT, EXPORT -> List.of(here);
            case PULL, PUSH, RELAY, BLOCKS ->
                List.of(List.of(here), List.of(there), List.of(here, there)).get(random.nextInt(3));
        };
    }

    /** Asks for it, as a client whom nobody expects to hear of its success. */
    private FutureTask<?> begin(Transfer transfer, Site here) {
        FutureTask<?> task = new FutureTask<>(
                () -> {
                    switch (transfer) {
                        case COPY -> copyToAnotherFileSystem(here);
                        case IMPORT -> user.lxc("storage", "volume", "import", "near:p", backup.toString(), NEW);
                        case BLOCKS -> user.lxc("storage", "volume", "copy", "near:p/blocks", "far:p/" + NEW);
                        case PULL -> refresh("--mode=pull");
                        case PUSH -> refresh("--mode=push");
                        case RELAY -> refresh("--mode=relay");
                        case EXPORT -> user.lxc("storage", "volume", "export", "near:p", "files", folder + "/backup");
                    }
                },
                null);
        tasks.add(task);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private void refresh(String mode) {
        user.lxc("storage", "volume", "copy", "near:p/files", "far:p/kept", "--refresh", mode);
    }

    private static void copyToAnotherFileSystem(Site here) {
        Map<String, Object> source = Map.of("type", "copy", "pool", Site.POOL, "name", "files");
        Map<String, Object> body = Map.of("name", NEW, "config", Map.of("block.filesystem", "xfs"), "source", source);
        try {
            here.client().run("POST", Site.path(), Json.of(body));
        } catch (Unreachable | UncheckedIOException | ApiError e) {
            // The server was killed; what became of it is seen later.
        }
    }

    private void killUnder(FutureTask<?> task, List<Site> victims) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!task.isDone() && victims.stream().noneMatch(Site::isWorking)) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds beyond the time by which it should have begun")
                    .isNegative();
            Thread.sleep(10);
        }
        Thread.sleep(random.nextInt(MILLIS));
        victims.forEach(victim -> victim.server().kill());
        // I/O of devices that were attached waits for the next server.
        victims.forEach(victim -> victim.server().restart());
        try {
            task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The client hangs after the kill", e);
        }
    }

    /** Whether what was asked for was done; otherwise it never was. */
    private boolean isThere(Transfer transfer, Site here, Site there) {
        return switch (transfer) {
            case COPY -> isCopied(here);
            case IMPORT -> isImage(here);
            case BLOCKS -> isImage(there);
            case PULL, PUSH, RELAY -> isRefreshed(there);
            case EXPORT -> {
                here.forgetBackups("files");
                yield false;
            }
        };
    }

    private boolean isCopied(Site here) {
        if (!here.names().contains(NEW)) {
            return false;
        }
        assertThat(here.withFiles(Site.path(NEW), Tree::read)).as("the copy").isEqualTo(files);
        here.client().run("DELETE", Site.path(NEW), null);
        return true;
    }

    private boolean isImage(Site site) {
        if (!site.names().contains(NEW)) {
            return false;
        }
        Ran compared = site.withDevice(
                Site.path(NEW),
                device -> Ran.run("cmp", "--bytes=" + IMAGE_BYTES, image.toString(), device.toString()));
        compared.orFail();
        site.client().run("DELETE", Site.path(NEW), null);
        return true;
    }

    private boolean isRefreshed(Site there) {
        Tree present = there.withFiles(KEPT, Tree::read);
        assertThat(present).as("what is on kept").isIn(kept, files);
        kept = present;
        return kept.equals(files);
    }
}
