package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.EachCombination;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.content.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code lxc storage volume snapshot|restore} of Debian's lxd-client against our server. */
@EachCombination
class LxcSnapshotTest {
    private final Arena arena = SharedArena.arena();
    private final String pool;

    LxcSnapshotTest(Combination combination) {
        this.pool = SharedArena.pool(combination);
    }

    private Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private Path mount(String name) {
        return Path.of(arena.server()
                .stowage("volume", "mount", pool, name)
                .orFail()
                .out()
                .strip());
    }

    private void unmount(String name) {
        arena.server().stowage("volume", "unmount", pool, name).orFail();
    }

    @Test
    void aSnapshotIsTakenAndRestored() {
        lxc("storage", "volume", "create", pool, "v", "size=64MiB").orFail();
        Tree first = Tree.plant(mount("v"), 1);
        unmount("v");
        lxc("storage", "volume", "snapshot", pool, "v", "s").orFail();
        Tree.overwrite(mount("v"), 2);
        unmount("v");
        lxc("storage", "volume", "restore", pool, "v", "s").orFail();
        first.verify(mount("v"));
        unmount("v");
        lxc("storage", "volume", "delete", pool, "v").orFail();
    }

    @Test
    void snapshotsAreNamedRenamedShownAndDeleted() {
        lxc("storage", "volume", "create", pool, "w", "--type=block", "size=4MiB")
                .orFail();
        lxc("storage", "volume", "snapshot", pool, "w").orFail();
        lxc("storage", "volume", "snapshot", pool, "w").orFail();
        assertThat(lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .contains("w/snap0", "w/snap1");
        lxc("storage", "volume", "rename", pool, "w/snap1", "w/named").orFail();
        assertThat(lxc("storage", "volume", "show", pool, "w/named").orFail().out())
                .contains("name: named\n");
        Ran taken = lxc("storage", "volume", "snapshot", pool, "w", "named");
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.err()).isEqualTo("Error: Snapshot \"named\" already in use\n");
        assertThat(lxc("storage", "volume", "delete", pool, "w/named").orFail().out())
                .isEqualTo("Storage volume w/named deleted\n");
        Json left = arena.server().client().get("/1.0/storage-pools/" + pool + "/volumes/custom/w/snapshots");
        assertThat(left.items()).hasSize(1);
        lxc("storage", "volume", "delete", pool, "w").orFail();
    }

    @Test
    void aMissingSnapshotIsNotRestored() {
        lxc("storage", "volume", "create", pool, "x", "--type=block", "size=4MiB")
                .orFail();
        Ran refused = lxc("storage", "volume", "restore", pool, "x", "none");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("not found");
        lxc("storage", "volume", "delete", pool, "x").orFail();
    }
}
