package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.content.Tree;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code lxc storage volume snapshot|restore} of Debian's lxd-client against our server. */
class LxcSnapshotTest {
    private static Arena arena;

    @BeforeAll
    static void open() {
        arena = Arena.open();
        arena.createPool("p");
    }

    @AfterAll
    static void close() {
        arena.close();
    }

    private static Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private static Path mount(String name) {
        return Path.of(arena.server()
                .stowage("volume", "mount", "p", name)
                .orFail()
                .out()
                .strip());
    }

    private static void unmount(String name) {
        arena.server().stowage("volume", "unmount", "p", name).orFail();
    }

    @Test
    void aSnapshotIsTakenAndRestored() {
        lxc("storage", "volume", "create", "p", "v", "size=64MiB").orFail();
        Tree first = Tree.plant(mount("v"), 1);
        unmount("v");
        lxc("storage", "volume", "snapshot", "p", "v", "s").orFail();
        Tree.overwrite(mount("v"), 2);
        unmount("v");
        lxc("storage", "volume", "restore", "p", "v", "s").orFail();
        first.verify(mount("v"));
        unmount("v");
        lxc("storage", "volume", "delete", "p", "v").orFail();
    }

    @Test
    void snapshotsAreNamedRenamedShownAndDeleted() {
        lxc("storage", "volume", "create", "p", "w", "--type=block", "size=4MiB")
                .orFail();
        lxc("storage", "volume", "snapshot", "p", "w").orFail();
        lxc("storage", "volume", "snapshot", "p", "w").orFail();
        assertThat(lxc("storage", "volume", "list", "p", "--format", "csv")
                        .orFail()
                        .out())
                .contains("w/snap0", "w/snap1");
        lxc("storage", "volume", "rename", "p", "w/snap1", "w/named").orFail();
        assertThat(lxc("storage", "volume", "show", "p", "w/named").orFail().out())
                .contains("name: named\n");
        Ran taken = lxc("storage", "volume", "snapshot", "p", "w", "named");
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.err()).isEqualTo("Error: Snapshot \"named\" already in use\n");
        assertThat(lxc("storage", "volume", "delete", "p", "w/named").orFail().out())
                .isEqualTo("Storage volume w/named deleted\n");
        Json left = arena.server().client().get("/1.0/storage-pools/p/volumes/custom/w/snapshots");
        assertThat(left.items()).hasSize(1);
        lxc("storage", "volume", "delete", "p", "w").orFail();
    }

    @Test
    void aMissingSnapshotIsNotRestored() {
        lxc("storage", "volume", "create", "p", "x", "--type=block", "size=4MiB")
                .orFail();
        Ran refused = lxc("storage", "volume", "restore", "p", "x", "none");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("not found");
        lxc("storage", "volume", "delete", "p", "x").orFail();
    }
}
