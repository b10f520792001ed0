package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.EachCombination;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.content.Blocks;
import io.stowage.tests.content.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lxc storage volume export|import} of Debian's lxd-client against our server. */
@EachCombination
class LxcBackupTest {
    private final Arena arena = SharedArena.arena();
    private final String pool;

    @TempDir
    private Path folder;

    LxcBackupTest(Combination combination) {
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

    private Path attach(String name) {
        return Path.of(arena.server()
                .stowage("volume", "attach", pool, name)
                .orFail()
                .out()
                .strip());
    }

    private void detach(String name) {
        arena.server().stowage("volume", "detach", pool, name).orFail();
    }

    @Test
    void filesOfEveryKindComeBackFromAnExport() throws Exception {
        lxc("storage", "volume", "create", pool, "files", "size=200MiB", "user.note=kept")
                .orFail();
        Path mounted = mount("files");
        Files.setPosixFilePermissions(mounted, PosixFilePermissions.fromString("rwxr-x--x"));
        Zoo before = Zoo.plant(mounted);
        lxc("storage", "volume", "snapshot", pool, "files", "s0").orFail();
        Files.writeString(mounted.resolve("added"), "later");
        Zoo now = Zoo.of(mounted);
        Path file = folder.resolve("backup");
        // Exported while it is mounted.
        lxc("storage", "volume", "export", pool, "files", file.toString()).orFail();
        unmount("files");
        lxc("storage", "volume", "import", pool, file.toString(), "again").orFail();
        now.verify(mount("again"));
        Zoo.verifyHoles(mount("again"));
        unmount("again");
        unmount("again");
        lxc("storage", "volume", "restore", pool, "again", "s0").orFail();
        before.verify(mount("again"));
        unmount("again");
        assertThat(lxc("storage", "volume", "get", pool, "again", "user.note")
                        .orFail()
                        .out())
                .isEqualTo("kept\n");
        // Another program reads the file as well.
        assertThat(Ran.run("tar", "-tzf", file.toString()).orFail().out().lines())
                .startsWith("backup/index.yaml", "backup/volume-snapshots/s0/")
                .contains("backup/volume/", "backup/volume/added");
        Json backups = arena.server().client().get("/1.0/storage-pools/" + pool + "/volumes/custom/files/backups");
        assertThat(backups.items()).isEmpty();
        lxc("storage", "volume", "delete", pool, "files").orFail();
        lxc("storage", "volume", "delete", pool, "again").orFail();
    }

    @Test
    void blocksComeBackFromAnExport() {
        lxc("storage", "volume", "create", pool, "blocks", "--type=block", "size=32MiB")
                .orFail();
        Blocks first = Blocks.write(attach("blocks"), 1, 5);
        detach("blocks");
        lxc("storage", "volume", "snapshot", pool, "blocks", "s0").orFail();
        Blocks second = Blocks.write(attach("blocks"), 2, 3);
        detach("blocks");
        Path file = folder.resolve("backup");
        lxc("storage", "volume", "export", pool, "blocks", file.toString(), "--compression=zstd")
                .orFail();
        lxc("storage", "volume", "import", pool, file.toString(), "copy").orFail();
        second.verify(attach("copy"));
        detach("copy");
        lxc("storage", "volume", "restore", pool, "copy", "s0").orFail();
        first.verify(attach("copy"));
        detach("copy");
        Ran taken = lxc("storage", "volume", "import", pool, file.toString(), "copy");
        assertThat(taken.status()).isEqualTo(1);
        assertThat(taken.err()).contains("Volume by that name already exists");
        lxc("storage", "volume", "delete", pool, "blocks").orFail();
        lxc("storage", "volume", "delete", pool, "copy").orFail();
    }

    @Test
    void aBrokenFileIsRefusedAndLeavesNothing() throws Exception {
        lxc("storage", "volume", "create", pool, "source", "size=32MiB").orFail();
        Path file = folder.resolve("backup");
        lxc("storage", "volume", "export", pool, "source", file.toString()).orFail();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Ran broken = lxc("storage", "volume", "import", pool, file.toString(), "broken");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("gzip");
        Ran strange = lxc("storage", "volume", "import", pool, "/bin/true", "broken");
        assertThat(strange.err()).isEqualTo("Error: Unsupported compression\n");
        assertThat(lxc("storage", "volume", "show", pool, "broken").status()).isEqualTo(1);
        lxc("storage", "volume", "delete", pool, "source").orFail();
    }
}
