package io.stowage.tests.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.RealLxd;
import io.stowage.tests.content.Blocks;
import io.stowage.tests.content.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Backups made by a real LXD are imported here, and ours there. */
@ExtendWith(SharedArena.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupExchangeTest {
    private static RealLxd lxd;

    private final Arena arena = SharedArena.arena();
    private final String pool = SharedArena.pool(Combination.values()[0]);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        lxd = RealLxd.start();
        lxd.createBtrfsPool("b", "1GiB");
    }

    @AfterAll
    static void end() {
        if (lxd != null) {
            lxd.close();
        }
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

    private Ran ours(String... arguments) {
        return arena.server().lxc(arguments);
    }

    /** LXD's archives have times in whole seconds. */
    private static void remove(Path folder, String file) throws IOException {
        Files.delete(folder.resolve(file));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(1234567890)));
    }

    @Test
    void filesFromLxdArriveHere() throws Exception {
        lxd.lxc("storage", "volume", "create", "b", "files", "size=200MiB").orFail();
        Zoo first = Zoo.plant(lxd.volume("b", "files"));
        lxd.lxc("storage", "volume", "snapshot", "b", "files", "s0").orFail();
        lxd.lxc("storage", "volume", "snapshot", "b", "files", "s1").orFail();
        remove(lxd.volume("b", "files"), "random");
        Zoo second = Zoo.of(lxd.volume("b", "files"));
        Path file = folder.resolve("lxd.tar.gz");
        lxd.lxc("storage", "volume", "export", "b", "files", file.toString()).orFail();
        ours("storage", "volume", "import", pool, file.toString(), "from-lxd").orFail();
        second.verify(mount("from-lxd"));
        unmount("from-lxd");
        assertThat(ours("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .contains("from-lxd/s0", "from-lxd/s1");
        ours("storage", "volume", "restore", pool, "from-lxd", "s0").orFail();
        first.verify(mount("from-lxd"));
        unmount("from-lxd");
        ours("storage", "volume", "delete", pool, "from-lxd").orFail();
        lxd.lxc("storage", "volume", "delete", "b", "files").orFail();
    }

    @Test
    void howeverLxdCompressesItIsRead() throws Exception {
        lxd.lxc("storage", "volume", "create", "b", "small", "--type=block", "size=1MiB")
                .orFail();
        Blocks.write(lxd.volume("b", "small").resolve("root.img"), 7, 1);
        for (String compression : new String[] {"none", "bzip2", "xz", "lzma", "zstd"}) {
            Path file = folder.resolve("lxd." + compression);
            lxd.lxc("storage", "volume", "export", "b", "small", file.toString(), "--compression=" + compression)
                    .orFail();
            ours("storage", "volume", "import", pool, file.toString(), compression)
                    .orFail();
            new Blocks(7, 1).verify(attach(compression));
            detach(compression);
            ours("storage", "volume", "delete", pool, compression).orFail();
        }
        lxd.lxc("storage", "volume", "delete", "b", "small").orFail();
    }

    @Test
    void blocksFromLxdArriveHere() {
        lxd.lxc("storage", "volume", "create", "b", "blocks", "--type=block", "size=16MiB")
                .orFail();
        Path image = lxd.volume("b", "blocks").resolve("root.img");
        Blocks first = Blocks.write(image, 3, 4);
        lxd.lxc("storage", "volume", "snapshot", "b", "blocks", "s0").orFail();
        Blocks second = Blocks.write(image, 4, 2);
        Path file = folder.resolve("lxd.tar.gz");
        lxd.lxc("storage", "volume", "export", "b", "blocks", file.toString()).orFail();
        ours("storage", "volume", "import", pool, file.toString(), "blocks-from-lxd")
                .orFail();
        second.verify(attach("blocks-from-lxd"));
        detach("blocks-from-lxd");
        ours("storage", "volume", "restore", pool, "blocks-from-lxd", "s0").orFail();
        first.verify(attach("blocks-from-lxd"));
        detach("blocks-from-lxd");
        ours("storage", "volume", "delete", pool, "blocks-from-lxd").orFail();
        lxd.lxc("storage", "volume", "delete", "b", "blocks").orFail();
    }

    @Test
    void filesFromHereArriveInLxd() throws Exception {
        ours("storage", "volume", "create", pool, "for-lxd", "size=200MiB").orFail();
        Path mounted = mount("for-lxd");
        Zoo first = Zoo.plant(mounted);
        ours("storage", "volume", "snapshot", pool, "for-lxd", "s0").orFail();
        remove(mounted, "random");
        Zoo second = Zoo.of(mounted);
        unmount("for-lxd");
        Path file = folder.resolve("ours.tar.gz");
        ours("storage", "volume", "export", pool, "for-lxd", file.toString()).orFail();
        lxd.lxc("storage", "volume", "import", "b", file.toString(), "here").orFail();
        second.verify(lxd.volume("b", "here"));
        Zoo.verifyHoles(lxd.volume("b", "here"));
        first.verify(lxd.snapshot("b", "here", "s0"));
        ours("storage", "volume", "delete", pool, "for-lxd").orFail();
        lxd.lxc("storage", "volume", "delete", "b", "here").orFail();
    }

    @Test
    void blocksFromHereArriveInLxd() {
        ours("storage", "volume", "create", pool, "img-for-lxd", "--type=block", "size=16MiB")
                .orFail();
        Blocks first = Blocks.write(attach("img-for-lxd"), 5, 4);
        detach("img-for-lxd");
        ours("storage", "volume", "snapshot", pool, "img-for-lxd", "s0").orFail();
        Blocks second = Blocks.write(attach("img-for-lxd"), 6, 2);
        detach("img-for-lxd");
        Path file = folder.resolve("ours.tar");
        ours("storage", "volume", "export", pool, "img-for-lxd", file.toString(), "--compression=none")
                .orFail();
        lxd.lxc("storage", "volume", "import", "b", file.toString(), "img").orFail();
        second.verify(lxd.volume("b", "img").resolve("root.img"));
        first.verify(lxd.snapshot("b", "img", "s0").resolve("root.img"));
        ours("storage", "volume", "delete", pool, "img-for-lxd").orFail();
        lxd.lxc("storage", "volume", "delete", "b", "img").orFail();
    }
}
