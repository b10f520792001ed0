package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.LxcUser;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Server;
import io.stowage.tests.content.Blocks;
import io.stowage.tests.content.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes go from one of our servers to another, each with an array of its own, as Debian's {@code lxc} asks for it. */
@ExtendWith(SharedArena.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LxcMigrationTest {
    private static final Combination HERE = Combination.PURE_ISCSI;
    private static final Combination THERE = Combination.values()[Combination.values().length - 1];
    /** Bytes of a block of {@link Blocks}. */
    private static final long BLOCK = 60 << 10;

    /** What it may cost: two pieces of what is compared, since it may lie across their border. */
    private static final long MOST = 128 << 10;

    private static Arena far;
    private static LxcUser user;

    private final Server near = SharedArena.arena().server();
    private final String pool = SharedArena.pool(HERE);

    @BeforeAll
    static void start(@TempDir Path home) {
        far = Arena.open("16GiB");
        far.createPool(THERE, "far", THERE.vendor().quota("8GiB"));
        far.createPool(HERE, "like", HERE.vendor().quota("8GiB"));
        user = new LxcUser(home);
        user.add("near", SharedArena.arena().server());
        user.add("far", far.server());
    }

    @AfterAll
    static void end() {
        SharedArena.arena().server().lxc("config", "unset", "core.https_address");
        if (far != null) {
            far.close();
        }
    }

    private static Path attach(Server server, String pool, String volume) {
        return Path.of(
                server.stowage("volume", "attach", pool, volume).orFail().out().strip());
    }

    private static void detach(Server server, String pool, String volume) {
        server.stowage("volume", "detach", pool, volume).orFail();
    }

    private static void verify(Server server, String pool, String volume, Blocks content) {
        content.verify(attach(server, pool, volume));
        detach(server, pool, volume);
    }

    private Blocks write(String volume, long seed, int count) {
        Blocks blocks = Blocks.write(attach(near, pool, volume), seed, count);
        detach(near, pool, volume);
        return blocks;
    }

    @Test
    void blocksArriveWithTheirSnapshotsInEveryMode() {
        near.lxc("storage", "volume", "create", pool, "blocks", "--type=block", "size=64MiB")
                .orFail();
        Blocks first = write("blocks", 3, 20);
        near.lxc("storage", "volume", "snapshot", pool, "blocks", "s0").orFail();
        Blocks second = write("blocks", 4, 10);
        for (String mode : List.of("pull", "push", "relay")) {
            user.lxc("storage", "volume", "copy", "near:" + pool + "/blocks", "far:far/" + mode, "--mode", mode)
                    .orFail();
            verify(far.server(), "far", mode, second);
            far.server().lxc("storage", "volume", "delete", "far", mode).orFail();
        }
        user.lxc("storage", "volume", "move", "near:" + pool + "/blocks", "far:far/blocks")
                .orFail();
        assertThat(near.lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .doesNotContain("blocks");
        verify(far.server(), "far", "blocks", second);
        far.server().lxc("storage", "volume", "restore", "far", "blocks", "s0").orFail();
        verify(far.server(), "far", "blocks", first);
        far.server().lxc("storage", "volume", "delete", "far", "blocks").orFail();
        far.mustHoldNothingOf(THERE, "far");
    }

    private void copy(String from, String to, String... more) {
        List<String> command = new ArrayList<>(List.of("storage", "volume", "copy", "near:" + pool + "/" + from, to));
        command.addAll(List.of(more));
        user.lxc(command.toArray(String[]::new)).orFail();
    }

    private static String list(Server server, String pool) {
        return server.lxc("storage", "volume", "list", pool, "--format", "csv")
                .orFail()
                .out();
    }

    /** A server's newest operation on a volume, when it has ended: the source's may do so after the command. */
    private static Json newest(Server server, String pool, String volume) {
        String url = "/1.0/storage-pools/" + pool + "/volumes/custom/" + volume;
        Json newest = server.client().get("/1.0/operations?recursion=1").fields().values().stream()
                .flatMap(byStatus -> byStatus.items().stream())
                .filter(operation -> operation.get("resources").get("storage_volumes").items().stream()
                        .anyMatch(resource -> resource.text().equals(url)))
                .max(Comparator.comparing(operation ->
                        OffsetDateTime.parse(operation.get("created_at").text())))
                .orElseThrow();
        return server.client().get("/1.0/operations/" + newest.get("id").text() + "/wait?timeout=300");
    }

    private static long bytes(Json operation, String key) {
        return Long.parseLong(operation.get("metadata").get(key).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"like", "far"})
    void aRefreshReadsAndSendsInProportionToWhatChanged(String there) {
        int blocks = 200;
        int changed = 20;
        String volume = "grows-" + there;
        near.lxc("storage", "volume", "create", pool, volume, "--type=block", "size=1GiB")
                .orFail();
        write(volume, 5, blocks);
        near.lxc("storage", "volume", "snapshot", pool, volume, "s0").orFail();
        copy(volume, "far:" + there + "/" + volume);
        Json everything = newest(near, pool, volume);
        assertThat(bytes(everything, "bytes_sent")).isBetween(blocks * BLOCK, blocks * MOST);
        assertThat(bytes(everything, "bytes_read")).isBetween(blocks * BLOCK, blocks * MOST);
        Blocks second = write(volume, 6, changed);
        near.lxc("storage", "volume", "snapshot", pool, volume, "s1").orFail();
        copy(volume, "far:" + there + "/" + volume, "--refresh");
        Json sent = newest(near, pool, volume);
        Json received = newest(far.server(), there, volume);
        assertThat(bytes(sent, "bytes_sent")).isBetween(changed * BLOCK, changed * MOST);
        assertThat(bytes(sent, "bytes_read")).isBetween(changed * BLOCK, changed * MOST);
        assertThat(bytes(received, "bytes_read")).isLessThanOrEqualTo(changed * MOST);
        assertThat(bytes(received, "bytes_written")).isBetween(changed * BLOCK, changed * MOST);
        verify(far.server(), there, volume, second);
        copy(volume, "far:" + there + "/" + volume, "--refresh");
        Json nothing = newest(near, pool, volume);
        assertThat(bytes(nothing, "bytes_sent")).isZero();
        assertThat(bytes(nothing, "bytes_read")).isZero();
        near.lxc("storage", "volume", "delete", pool, volume).orFail();
        far.server().lxc("storage", "volume", "delete", there, volume).orFail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "relay"})
    void aSnapshotArrivesAsAVolume(String mode) {
        near.lxc("storage", "volume", "create", pool, "past", "--type=block", "size=16MiB")
                .orFail();
        Blocks first = write("past", 7, 10);
        near.lxc("storage", "volume", "snapshot", pool, "past", "s0").orFail();
        write("past", 8, 10);
        copy("past/s0", "far:far/present", "--mode", mode);
        assertThat(newest(near, pool, "past").get("class").text())
                .isEqualTo(mode.equals("push") ? "task" : "websocket");
        assertThat(newest(far.server(), "far", "present").get("class").text())
                .isEqualTo(mode.equals("pull") ? "task" : "websocket");
        verify(far.server(), "far", "present", first);
        assertThat(list(far.server(), "far")).contains("custom,present,").doesNotContain("present/");
        far.server().lxc("storage", "volume", "delete", "far", "present").orFail();
        near.lxc("storage", "volume", "delete", pool, "past").orFail();
    }

    @Test
    void snapshotsStayBehindOrGoAsTheSourceHasThem() {
        near.lxc("storage", "volume", "create", pool, "some", "--type=block", "size=16MiB")
                .orFail();
        write("some", 9, 10);
        near.lxc("storage", "volume", "snapshot", pool, "some", "s0").orFail();
        near.lxc("storage", "volume", "snapshot", pool, "some", "s1").orFail();
        copy("some", "far:far/alone", "--volume-only");
        assertThat(list(far.server(), "far")).contains("custom,alone,").doesNotContain("alone/");
        copy("some", "far:far/some");
        assertThat(list(far.server(), "far")).contains("some/s0", "some/s1");
        near.lxc("storage", "volume", "delete", pool, "some/s0").orFail();
        Blocks second = write("some", 10, 5);
        near.lxc("storage", "volume", "snapshot", pool, "some", "s2").orFail();
        copy("some", "far:far/some", "--refresh");
        assertThat(list(far.server(), "far")).contains("some/s1", "some/s2").doesNotContain("some/s0");
        verify(far.server(), "far", "some", second);
        Blocks third = write("some", 11, 5);
        copy("some", "far:far/some", "--refresh", "--volume-only");
        assertThat(list(far.server(), "far")).contains("some/s1", "some/s2");
        verify(far.server(), "far", "some", third);
        for (String copy : List.of("alone", "some")) {
            far.server().lxc("storage", "volume", "delete", "far", copy).orFail();
        }
        near.lxc("storage", "volume", "delete", pool, "some").orFail();
    }

    @Test
    void anImageArrivesAndIsNotRefreshed() throws IOException {
        byte[] image = new byte[(3 << 20) + 4711];
        new Random(12).nextBytes(image);
        assertThat(ImageUpload.to(near, pool, "setup.iso", "iso", image)).startsWith("HTTP/1.1 202 ");
        copy("setup.iso", "far:far/setup.iso");
        assertThat(far.server()
                        .lxc("storage", "volume", "show", "far", "setup.iso")
                        .orFail()
                        .out())
                .contains("content_type: iso\n");
        try (InputStream in = Files.newInputStream(attach(far.server(), "far", "setup.iso"))) {
            assertThat(in.readNBytes(image.length)).isEqualTo(image);
        }
        detach(far.server(), "far", "setup.iso");
        Ran refresh =
                user.lxc("storage", "volume", "copy", "near:" + pool + "/setup.iso", "far:far/setup.iso", "--refresh");
        assertThat(refresh.status()).isEqualTo(1);
        assertThat(refresh.err()).contains("Volume of content type \"iso\" cannot be refreshed");
        far.server().lxc("storage", "volume", "delete", "far", "setup.iso").orFail();
        near.lxc("storage", "volume", "delete", pool, "setup.iso").orFail();
    }

    @Test
    void filesArriveWhetherTheFileSystemIsTheSameOrNot() {
        near.lxc("storage", "volume", "create", pool, "files", "size=400MiB", "block.filesystem=ext4")
                .orFail();
        Zoo zoo = Zoo.plant(mount(near, pool, "files"));
        near.lxc("storage", "volume", "snapshot", pool, "files", "s0").orFail();
        copy("files", "far:like/files");
        far.server()
                .lxc("storage", "volume", "create", "far", "files", "size=400MiB", "block.filesystem=xfs")
                .orFail();
        copy("files", "far:far/files", "--refresh");
        assertThat(fileSystem(far.server(), "like", "files")).isEqualTo("ext4");
        assertThat(fileSystem(far.server(), "far", "files")).isEqualTo("xfs");
        for (String there : List.of("like", "far")) {
            assertThat(list(far.server(), there)).contains("files/s0");
            assertThat(Zoo.of(mount(far.server(), there, "files")).withoutHardLinks())
                    .isEqualTo(zoo.withoutHardLinks());
            far.server().stowage("volume", "unmount", there, "files").orFail();
            far.server().lxc("storage", "volume", "delete", there, "files").orFail();
        }
        near.stowage("volume", "unmount", pool, "files").orFail();
        near.lxc("storage", "volume", "delete", pool, "files").orFail();
    }

    private static String fileSystem(Server server, String pool, String volume) {
        return server.lxc("storage", "volume", "get", pool, volume, "block.filesystem")
                .orFail()
                .out()
                .strip();
    }

    private static Path mount(Server server, String pool, String volume) {
        return Path.of(
                server.stowage("volume", "mount", pool, volume).orFail().out().strip());
    }
}
