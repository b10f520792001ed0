package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.content.Blocks;
import io.stowage.tests.content.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies, moves and refreshes between two pools: inside one array, and from one to another. */
@ExtendWith(SharedArena.class)
@ParameterizedClass
@EnumSource
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LxcCopyTest {
    private static final String KEEPS = "copies-";

    /** From where to where. */
    enum Way {
        PURE_TO_ALLETRA(Combination.PURE_ISCSI, Combination.ALLETRA_NVME, "ext4"),
        ALLETRA_TO_PURE(Combination.ALLETRA_ISCSI, Combination.PURE_NVME, "btrfs"),
        ONE_FLASHARRAY(Combination.PURE_NVME, Combination.PURE_ISCSI, "xfs"),
        ONE_ALLETRA(Combination.ALLETRA_NVME, Combination.ALLETRA_ISCSI, "ext4");

        private final Combination from;
        private final Combination to;
        private final String fileSystem;

        Way(Combination from, Combination to, String fileSystem) {
            this.from = from;
            this.to = to;
            this.fileSystem = fileSystem;
        }

        boolean insideOneArray() {
            return from.vendor() == to.vendor();
        }
    }

    private final Arena arena = SharedArena.arena();
    private final Way way;
    private final String from;
    private final String to;
    private List<String> before = List.of();

    LxcCopyTest(Way way) {
        this.way = way;
        this.from = SharedArena.pool(way.from);
        this.to = SharedArena.pool(way.to);
    }

    @BeforeEach
    void remember() {
        before = onArrays();
    }

    /** Whatever happened: volumes of this test go, and nothing else was left on the arrays or here. */
    @AfterEach
    void leavesNothing() {
        for (String pool : List.of(from, to)) {
            for (Json volume : arena.server()
                    .client()
                    .get("/1.0/storage-pools/" + pool + "/volumes/custom?recursion=1")
                    .items()) {
                String name = volume.get("name").text();
                if (name.startsWith(KEEPS) && !name.contains("/")) {
                    arena.server().stowage("volume", "unmount", pool, name);
                    arena.server().stowage("volume", "detach", pool, name);
                    lxc("storage", "volume", "delete", pool, name).orFail();
                }
            }
        }
        assertThat(onArrays()).isEqualTo(before);
    }

    private List<String> onArrays() {
        List<String> all = new ArrayList<>();
        for (Combination side : List.of(way.from, way.to)) {
            try (ArrayApi api = arena.array().administrator(side.vendor())) {
                all.addAll(new TreeSet<>(api.contents(SharedArena.pool(side))));
            }
        }
        return all;
    }

    private Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private Path mount(String pool, String volume) {
        return Path.of(arena.server()
                .stowage("volume", "mount", pool, volume)
                .orFail()
                .out()
                .strip());
    }

    private void unmount(String pool, String volume) {
        arena.server().stowage("volume", "unmount", pool, volume).orFail();
    }

    private Path attach(String pool, String volume) {
        return Path.of(arena.server()
                .stowage("volume", "attach", pool, volume)
                .orFail()
                .out()
                .strip());
    }

    private void detach(String pool, String volume) {
        arena.server().stowage("volume", "detach", pool, volume).orFail();
    }

    private void copy(String... more) {
        List<String> command =
                new ArrayList<>(List.of("storage", "volume", "copy", from + "/copies-v", to + "/copies-w"));
        command.addAll(List.of(more));
        assertThat(lxc(command.toArray(String[]::new)).orFail().out()).contains("Storage volume copied successfully!");
    }

    private List<String> snapshots(String pool, String volume) {
        return arena
                .server()
                .client()
                .get("/1.0/storage-pools/" + pool + "/volumes/custom/" + volume + "/snapshots?recursion=1")
                .items()
                .stream()
                .map(snapshot -> snapshot.get("name").text().split("/", 2)[1])
                .toList();
    }

    private Json volume(String pool, String name) {
        return arena.server().client().get("/1.0/storage-pools/" + pool + "/volumes/custom/" + name);
    }

    @Test
    void filesAreCopiedRefreshedAndMoved() {
        lxc("storage", "volume", "create", from, "copies-v", "size=320MiB", "block.filesystem=" + way.fileSystem)
                .orFail();
        Path source = mount(from, "copies-v");
        Tree first = Tree.plant(source, 1);
        lxc("storage", "volume", "snapshot", from, "copies-v", "s0").orFail();
        Tree second = Tree.overwrite(source, 2);
        copy();

        // Side by side with its origin, which was mounted all the while.
        Path copied = mount(to, "copies-w");
        second.verify(copied);
        second.verify(source);
        unmount(to, "copies-w");
        first.verify(mount(to, "copies-w/s0"));
        unmount(to, "copies-w/s0");
        String uuid = volume(to, "copies-w").get("config").get("volatile.uuid").text();

        lxc("storage", "volume", "snapshot", from, "copies-v", "s1").orFail();
        Tree third = Tree.overwrite(source, 3);
        lxc("storage", "volume", "delete", from, "copies-v/s0").orFail();
        Ran attached = lxc("storage", "volume", "copy", from + "/copies-v", to + "/copies-w", "--refresh");
        assertThat(attached.orFail().out()).contains("copied successfully");
        assertThat(snapshots(to, "copies-w")).containsExactly("s1");
        Path refreshed = mount(to, "copies-w");
        third.verify(refreshed);
        Ran inUse = lxc("storage", "volume", "copy", from + "/copies-v", to + "/copies-w", "--refresh");
        assertThat(inUse.status()).isEqualTo(1);
        assertThat(inUse.err()).contains("cannot be refreshed while it is attached");
        unmount(to, "copies-w");
        copy("--refresh");
        third.verify(mount(to, "copies-w"));
        unmount(to, "copies-w");
        second.verify(mount(to, "copies-w/s1"));
        unmount(to, "copies-w/s1");
        assertThat(volume(to, "copies-w").get("config").get("volatile.uuid").text())
                .isEqualTo(uuid);
        unmount(from, "copies-v");

        assertThat(lxc("storage", "volume", "move", to + "/copies-w", from + "/copies-x")
                        .orFail()
                        .out())
                .contains("Storage volume moved successfully!");
        arena.server()
                .client()
                .run(
                        "POST",
                        "/1.0/storage-pools/" + from + "/volumes/custom/copies-x",
                        Json.of(Map.of("name", "copies-y", "pool", to)));
        third.verify(mount(to, "copies-y"));
        unmount(to, "copies-y");
        assertThat(snapshots(to, "copies-y")).containsExactly("s1");
        assertThat(lxc("storage", "volume", "show", from, "copies-x").status()).isEqualTo(1);
        assertThat(lxc("storage", "volume", "show", to, "copies-w").status()).isEqualTo(1);
    }

    private Json transfer(Map<String, Object> more) {
        Map<String, Object> source = new java.util.HashMap<>(more);
        source.putAll(Map.of("type", "copy", "pool", from, "name", "copies-v"));
        return arena.server()
                .client()
                .run(
                        "POST",
                        "/1.0/storage-pools/" + to + "/volumes/custom",
                        Json.of(Map.of("name", "copies-w", "content_type", "block", "source", source)));
    }

    private static long bytes(Json metadata, String key) {
        return Long.parseLong(metadata.get(key).text());
    }

    /** Bytes, not time: what is read and sent grows with what changed. */
    @Test
    void blocksThatDidNotChangeStayWhereTheyAre() {
        int places = 64; // of 60 KiB, a MiB apart
        lxc("storage", "volume", "create", from, "copies-v", "--type=block", "size=2GiB")
                .orFail();
        Path source = attach(from, "copies-v");
        Blocks written = Blocks.write(source, 1, places);
        lxc("storage", "volume", "snapshot", from, "copies-v", "s0").orFail();
        Json copied = transfer(Map.of());
        written.verify(attach(to, "copies-w"));
        detach(to, "copies-w");
        Blocks changed = Blocks.write(source, 2, 8);
        Json refreshed = transfer(Map.of("refresh", true));
        Path target = attach(to, "copies-w");
        changed.verify(target);
        detach(to, "copies-w");
        detach(from, "copies-v");
        if (way.insideOneArray()) {
            assertThat(copied.get("bytes_read").isNull()).isTrue();
            assertThat(refreshed.get("bytes_read").isNull()).isTrue();
            return;
        }
        // Blocks are told apart in 64 KiB, of which each place touches one or two.
        long place = 2 * (64 << 10);
        assertThat(bytes(copied, "bytes_sent")).isBetween(places * 60L << 10, places * place);
        assertThat(bytes(refreshed, "bytes_sent")).isBetween(8 * 60L << 10, 8 * place);
        if (way == Way.PURE_TO_ALLETRA) {
            // The array tells what changed; of the other one only what has data is compared.
            assertThat(bytes(copied, "bytes_read")).isLessThanOrEqualTo(places * place);
            assertThat(bytes(refreshed, "bytes_read")).isLessThanOrEqualTo(8 * place);
        } else {
            assertThat(bytes(copied, "bytes_read")).isLessThanOrEqualTo(4 * places * place);
            assertThat(bytes(refreshed, "bytes_read")).isLessThanOrEqualTo(4 * places * place);
        }
    }
}
