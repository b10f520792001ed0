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

/** {@code lxc storage volume …} of Debian's lxd-client against our server. */
@EachCombination
class LxcVolumeTest {
    private final Arena arena = SharedArena.arena();
    private final String pool;

    LxcVolumeTest(Combination combination) {
        this.pool = SharedArena.pool(combination);
    }

    private Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private void create(String name, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"storage", "volume", "create", pool, name}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        assertThat(lxc(arguments).orFail().out()).isEqualTo("Storage volume " + name + " created\n");
    }

    private void delete(String name) {
        assertThat(lxc("storage", "volume", "delete", pool, name).orFail().out())
                .isEqualTo("Storage volume " + name + " deleted\n");
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
    void aVolumeIsCreatedListedShownAndDeleted() {
        create("shown", "size=64MiB");
        assertThat(lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .contains("custom,shown,,filesystem,0");
        assertThat(lxc("storage", "volume", "show", pool, "shown").orFail().out())
                .contains(
                        "name: shown\n",
                        "type: custom\n",
                        "content_type: filesystem\n",
                        "size: 64MiB\n",
                        "volatile.uuid:");
        delete("shown");
        Ran gone = lxc("storage", "volume", "show", pool, "shown");
        assertThat(gone.status()).isEqualTo(1);
        assertThat(gone.err()).startsWith("Error: ").contains("not found");
    }

    @Test
    void aBlockVolumeIsCreated() {
        create("raw", "--type=block", "size=8MiB");
        assertThat(lxc("storage", "volume", "show", pool, "raw").orFail().out()).contains("content_type: block\n");
        delete("raw");
    }

    @Test
    void keysAreGotSetUnsetAndEdited() {
        create("keys", "--type=block", "size=256MiB");
        lxc("storage", "volume", "set", pool, "keys", "user.note=hello").orFail();
        assertThat(lxc("storage", "volume", "get", pool, "keys", "user.note")
                        .orFail()
                        .out())
                .isEqualTo("hello\n");
        lxc("storage", "volume", "unset", pool, "keys", "user.note").orFail();
        assertThat(lxc("storage", "volume", "get", pool, "keys", "user.note")
                        .orFail()
                        .out())
                .isEmpty();
        String text = lxc("storage", "volume", "show", pool, "keys").orFail().out();
        arena.server()
                .lxcWith(
                        text.replace("description: \"\"", "description: by hand")
                                .replace("size: 256MiB", "size: 512MiB"),
                        "storage",
                        "volume",
                        "edit",
                        pool,
                        "keys")
                .orFail();
        assertThat(lxc("storage", "volume", "show", pool, "keys").orFail().out())
                .contains("description: by hand\n", "size: 512MiB\n");
        Ran refused = lxc("storage", "volume", "set", pool, "keys", "size=256MiB");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("shrunk");
        delete("keys");
    }

    @Test
    void infoShowsUsageAndSnapshots() {
        create("info", "size=64MiB");
        lxc("storage", "volume", "snapshot", pool, "info", "first").orFail();
        assertThat(lxc("storage", "volume", "info", pool, "info").orFail().out())
                .contains("Name: info", "Type: custom", "Content type: filesystem", "Snapshots:", "first");
        delete("info");
    }

    /** btrfs-progs take devices for one another whose images have no name. */
    @Test
    void severalBtrfsVolumesAreMountedAtOnce() {
        create("b1", "size=256MiB", "block.filesystem=btrfs");
        Tree first = Tree.plant(mount("b1"), 1);
        create("b2", "size=256MiB", "block.filesystem=btrfs");
        Tree second = Tree.plant(mount("b2"), 2);
        lxc("storage", "volume", "copy", pool + "/b1", pool + "/b3").orFail();
        first.verify(mount("b3"));
        first.verify(mount("b1"));
        second.verify(mount("b2"));
        for (String name : new String[] {"b1", "b1", "b2", "b2", "b3"}) {
            unmount(name);
        }
        delete("b1");
        delete("b2");
        delete("b3");
    }

    @Test
    void aVolumeIsRenamedAndKeepsItsFiles() {
        create("old", "size=64MiB");
        Tree tree = Tree.plant(mount("old"), 7);
        unmount("old");
        assertThat(lxc("storage", "volume", "rename", pool, "old", "new")
                        .orFail()
                        .out())
                .isEqualTo("Renamed storage volume from \"old\" to \"new\"\n");
        tree.verify(mount("new"));
        unmount("new");
        delete("new");
    }

    @Test
    void aVolumeIsCopiedWithAndWithoutItsSnapshots() {
        create("source", "size=64MiB");
        Tree first = Tree.plant(mount("source"), 1);
        lxc("storage", "volume", "snapshot", pool, "source", "s").orFail();
        Tree second = Tree.overwrite(mount("source"), 2);
        unmount("source");
        unmount("source");
        assertThat(lxc("storage", "volume", "copy", pool + "/source", pool + "/whole")
                        .orFail()
                        .out())
                .contains("Storage volume copied successfully!");
        second.verify(mount("whole"));
        first.verify(mount("whole/s"));
        unmount("whole/s");
        unmount("whole");
        lxc("storage", "volume", "copy", pool + "/source", pool + "/alone", "--volume-only")
                .orFail();
        second.verify(mount("alone"));
        unmount("alone");
        Json snapshots = arena.server().client().get("/1.0/storage-pools/" + pool + "/volumes/custom/alone/snapshots");
        assertThat(snapshots.items()).isEmpty();
        lxc("storage", "volume", "copy", pool + "/source/s", pool + "/old").orFail();
        first.verify(mount("old"));
        unmount("old");
        delete("old");
        delete("alone");
        delete("whole");
        delete("source");
    }

    @Test
    void aNameTakenIsRefused() {
        create("twice", "--type=block", "size=4MiB");
        Ran refused = lxc("storage", "volume", "create", pool, "twice");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("Error: Volume by that name already exists\n");
        delete("twice");
    }

    @Test
    void anUnknownKeyIsRefused() {
        Ran refused = lxc("storage", "volume", "create", pool, "odd", "flavour=sweet");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Error: ").contains("flavour");
    }
}
