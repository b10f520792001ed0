package io.stowage.host.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.host.filesystem.FileSystem;
import io.stowage.host.filesystem.FileSystems;
import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writing back under want of memory: the writers wait for the device, and the device never for them.
 *
 * <p>The server is not in the limited group, and in service must not be either. In a memory cgroup of
 * version 1 the kernel frees memory by waiting for pages under writeback (mm/vmscan.c,
 * shrink_folio_list, "Case 3"), and a server that shares the group then waits for itself; only
 * PR_SET_IO_FLUSHER, which wants CAP_SYS_RESOURCE, would keep it from that.
 */
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WritebackTest {
    private static final long LIMIT = 64L << 20;
    private static final long WRITTEN = 5 * LIMIT;
    private static final Duration DEADLINE = Duration.ofSeconds(300);

    private final FileSystems fileSystems = new FileSystems();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Optional<MemoryLimit> limit = Optional.empty();

    @BeforeEach
    void limit() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        limit = MemoryLimit.make("stowage-test-" + UUID.randomUUID(), LIMIT);
        assumeTrue(limit.isPresent(), "memory cgroups can be made here");
    }

    @AfterEach
    void sweep() throws IOException {
        Sweeper.sweep(folder);
        if (limit.isPresent()) {
            limit.get().remove();
        }
    }

    @Test
    void bufferedWritesOfSeveralTimesTheFreeMemoryFinish() throws Exception {
        ServerProcess server = ServerProcess.start(
                folder.resolve("state"), folder.resolve("blocks"), 2 * WRITTEN, Duration.ofSeconds(30));
        Path device = server.device();
        FileSystem ext4 = fileSystems.named("ext4");
        ext4.make(device);
        Path mount = folder.resolve("mount");
        fileSystems.mount(device, ext4, mount, "");

        // A stream of its own for each run, without a file: the limited group's pages are those of the device.
        limited("yes \"$1\" | head -c " + WRITTEN + " > \"$2/file\" && sync \"$2/file\"", mount);
        limited("yes \"$1\" | head -c " + WRITTEN + " | cmp - \"$2/file\"", mount);

        fileSystems.unmount(mount);
        Command.of("e2fsck", "-f", "-n", device.toString()).runOrThrow();
        server.end();
    }

    @Test
    void aServerKilledInTheMidstOfWritebackIsReplaced() throws Exception {
        Path state = folder.resolve("state");
        Path blocks = folder.resolve("blocks");
        ServerProcess server = ServerProcess.start(state, blocks, 2 * WRITTEN, DEADLINE);
        Path device = server.device();
        FileSystem ext4 = fileSystems.named("ext4");
        ext4.make(device);
        Path mount = folder.resolve("mount");
        fileSystems.mount(device, ext4, mount, "");
        long before = allocated(blocks);

        FutureTask<Void> writer = new FutureTask<>(() -> {
            limited("yes \"$1\" | head -c " + WRITTEN + " > \"$2/file\" && sync \"$2/file\"", mount);
            return null;
        });
        Thread.ofPlatform().name("writer").daemon().start(writer);
        while (allocated(blocks) < before + LIMIT / 2 && !writer.isDone()) {
            Thread.sleep(5);
        }
        server.kill();
        ServerProcess next = ServerProcess.start(state, blocks, 2 * WRITTEN, DEADLINE);
        assertThat(next.takenOver()).isTrue();
        writer.get();
        limited("yes \"$1\" | head -c " + WRITTEN + " | cmp - \"$2/file\"", mount);

        fileSystems.unmount(mount);
        Command.of("e2fsck", "-f", "-n", device.toString()).runOrThrow();
        next.kill();
    }

    private static long allocated(Path file) throws IOException {
        return 512
                * Long.parseLong(Command.of("stat", "--format", "%b", file.toString())
                        .runOrThrow()
                        .output()
                        .strip());
    }

    private void limited(String script, Path mount) throws IOException {
        Command.of(
                        "sh",
                        "-c",
                        "echo $$ > \"$3\" && " + script,
                        "limited",
                        "stowage writes back",
                        mount.toString(),
                        limit.orElseThrow().processes().toString())
                .withDeadline(DEADLINE)
                .runOrThrow();
    }
}
