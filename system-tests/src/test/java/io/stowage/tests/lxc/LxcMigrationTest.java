package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.LxcUser;
import io.stowage.tests.arena.Server;
import io.stowage.tests.content.Blocks;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Volumes go from one of our servers to another, each with an array of its own, as Debian's {@code lxc} asks for it. */
@ExtendWith(SharedArena.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LxcMigrationTest {
    private static final Combination HERE = Combination.PURE_ISCSI;
    private static final Combination THERE = Combination.values()[Combination.values().length - 1];

    private static Arena far;
    private static LxcUser user;

    private final Server near = SharedArena.arena().server();
    private final String pool = SharedArena.pool(HERE);

    @BeforeAll
    static void start(@TempDir Path home) {
        far = Arena.open("16GiB");
        far.createPool(THERE, "far", THERE.vendor().quota("8GiB"));
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
}
