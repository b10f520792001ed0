package io.stowage.tests.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.LxcUser;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.RealLxd;
import io.stowage.tests.arena.Server;
import io.stowage.tests.content.Blocks;
import io.stowage.tests.content.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes go between a real LXD and us, in both directions, however the two are brought together. */
@ExtendWith(SharedArena.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationExchangeTest {
    private static RealLxd lxd;
    private static LxcUser user;

    private final Server server = SharedArena.arena().server();
    private final String pool = SharedArena.pool(Combination.values()[0]);

    @BeforeAll
    static void start(@TempDir Path home) {
        lxd = RealLxd.start();
        lxd.createBtrfsPool("b", "1GiB");
        user = new LxcUser(home);
        user.add("near", SharedArena.arena().server());
        user.add("lxd", lxd);
    }

    @AfterAll
    static void end() {
        SharedArena.arena().server().lxc("config", "unset", "core.https_address");
        if (lxd != null) {
            lxd.close();
        }
    }

    private Path mount(String name) {
        return Path.of(
                server.stowage("volume", "mount", pool, name).orFail().out().strip());
    }

    private void unmount(String name) {
        server.stowage("volume", "unmount", pool, name).orFail();
    }

    private Path attach(String name) {
        return Path.of(
                server.stowage("volume", "attach", pool, name).orFail().out().strip());
    }

    private void detach(String name) {
        server.stowage("volume", "detach", pool, name).orFail();
    }

    private void copy(String from, String to, String mode, String... more) {
        String[] command = {"storage", "volume", "copy", from, to, "--mode", mode};
        String[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        user.lxc(all).orFail();
    }

    private static void verify(Zoo zoo, Path folder) {
        assertThat(Zoo.of(folder).withoutHardLinks()).isEqualTo(zoo.withoutHardLinks());
    }

    private void delete(String here, String there) {
        server.lxc("storage", "volume", "delete", pool, here).orFail();
        lxd.lxc("storage", "volume", "delete", "b", there).orFail();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "relay"})
    void filesFromLxdArriveHere(String mode) throws Exception {
        String name = "files-" + mode;
        lxd.lxc("storage", "volume", "create", "b", name, "size=200MiB").orFail();
        Zoo first = Zoo.plant(lxd.volume("b", name));
        lxd.lxc("storage", "volume", "snapshot", "b", name, "s0").orFail();
        Files.delete(lxd.volume("b", name).resolve("random"));
        Zoo second = Zoo.of(lxd.volume("b", name));
        copy("lxd:b/" + name, "near:" + pool + "/" + name, mode);
        Path mounted = mount(name);
        verify(second, mounted);
        Zoo.verifyHoles(mounted);
        unmount(name);
        Files.writeString(lxd.volume("b", name).resolve("late"), "for the refresh");
        Zoo third = Zoo.of(lxd.volume("b", name));
        copy("lxd:b/" + name, "near:" + pool + "/" + name, mode, "--refresh");
        verify(third, mount(name));
        unmount(name);
        server.lxc("storage", "volume", "restore", pool, name, "s0").orFail();
        verify(first, mount(name));
        unmount(name);
        delete(name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "relay"})
    void filesFromHereArriveInLxd(String mode) throws Exception {
        String name = "ours-" + mode;
        server.lxc("storage", "volume", "create", pool, name, "size=200MiB").orFail();
        Path mounted = mount(name);
        Zoo first = Zoo.plant(mounted);
        server.lxc("storage", "volume", "snapshot", pool, name, "s0").orFail();
        Files.delete(mounted.resolve("random"));
        Zoo second = Zoo.of(mounted);
        unmount(name);
        copy("near:" + pool + "/" + name, "lxd:b/" + name, mode);
        verify(second, lxd.volume("b", name));
        Zoo.verifyHoles(lxd.volume("b", name));
        verify(first, lxd.snapshot("b", name, "s0"));
        delete(name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "relay"})
    void blocksFromLxdArriveHere(String mode) {
        String name = "blocks-" + mode;
        lxd.lxc("storage", "volume", "create", "b", name, "--type=block", "size=16MiB")
                .orFail();
        Path image = lxd.volume("b", name).resolve("root.img");
        Blocks first = Blocks.write(image, 3, 4);
        lxd.lxc("storage", "volume", "snapshot", "b", name, "s0").orFail();
        Blocks second = Blocks.write(image, 4, 2);
        copy("lxd:b/" + name, "near:" + pool + "/" + name, mode);
        second.verify(attach(name));
        detach(name);
        server.lxc("storage", "volume", "restore", pool, name, "s0").orFail();
        first.verify(attach(name));
        detach(name);
        delete(name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "relay"})
    void blocksFromHereArriveInLxd(String mode) {
        String name = "img-" + mode;
        server.lxc("storage", "volume", "create", pool, name, "--type=block", "size=16MiB")
                .orFail();
        Blocks first = Blocks.write(attach(name), 5, 4);
        detach(name);
        server.lxc("storage", "volume", "snapshot", pool, name, "s0").orFail();
        Blocks second = Blocks.write(attach(name), 6, 2);
        detach(name);
        copy("near:" + pool + "/" + name, "lxd:b/" + name, mode);
        second.verify(lxd.volume("b", name).resolve("root.img"));
        first.verify(lxd.snapshot("b", name, "s0").resolve("root.img"));
        delete(name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push"})
    void aMoveTakesAVolumeAlongWithItsSnapshots(String mode) {
        server.lxc("storage", "volume", "create", pool, "mover", "--type=block", "size=4MiB")
                .orFail();
        server.lxc("storage", "volume", "snapshot", pool, "mover", "s0").orFail();
        user.lxc("storage", "volume", "move", "near:" + pool + "/mover", "lxd:b/mover", "--mode", mode)
                .orFail();
        assertThat(server.lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .doesNotContain("mover");
        assertThat(lxd.lxc("storage", "volume", "list", "b", "--format", "csv")
                        .orFail()
                        .out())
                .contains("custom,mover,", "mover/s0");
        lxd.lxc("storage", "volume", "delete", "b", "mover").orFail();
    }

    private static String list(Function<String[], Ran> lxc, String pool) {
        return lxc.apply(new String[] {"storage", "volume", "list", pool, "--format", "csv"})
                .orFail()
                .out();
    }

    @Test
    void aSnapshotFromHereBecomesAVolumeThere() {
        server.lxc("storage", "volume", "create", pool, "past", "--type=block", "size=16MiB")
                .orFail();
        Blocks first = Blocks.write(attach("past"), 7, 4);
        detach("past");
        server.lxc("storage", "volume", "snapshot", pool, "past", "s0").orFail();
        Blocks.write(attach("past"), 8, 4);
        detach("past");
        copy("near:" + pool + "/past/s0", "lxd:b/present", "pull");
        first.verify(lxd.volume("b", "present").resolve("root.img"));
        assertThat(list(lxd::lxc, "b")).contains("custom,present,").doesNotContain("present/");
        delete("past", "present");
    }

    @Test
    void snapshotsStayBehindOrGoAsTheSourceHasThem() throws Exception {
        lxd.lxc("storage", "volume", "create", "b", "some", "size=200MiB").orFail();
        Files.writeString(lxd.volume("b", "some").resolve("file"), "first");
        lxd.lxc("storage", "volume", "snapshot", "b", "some", "s0").orFail();
        lxd.lxc("storage", "volume", "snapshot", "b", "some", "s1").orFail();
        copy("lxd:b/some", "near:" + pool + "/alone", "pull", "--volume-only");
        assertThat(list(server::lxc, pool)).contains("custom,alone,").doesNotContain("alone/");
        copy("lxd:b/some", "near:" + pool + "/some", "pull");
        lxd.lxc("storage", "volume", "delete", "b", "some/s0").orFail();
        Files.writeString(lxd.volume("b", "some").resolve("file"), "second");
        lxd.lxc("storage", "volume", "snapshot", "b", "some", "s2").orFail();
        copy("lxd:b/some", "near:" + pool + "/some", "pull", "--refresh");
        assertThat(list(server::lxc, pool)).contains("some/s1", "some/s2").doesNotContain("some/s0");
        assertThat(mount("some").resolve("file")).hasContent("second");
        unmount("some");
        copy("near:" + pool + "/some", "lxd:b/back", "pull", "--volume-only");
        assertThat(list(lxd::lxc, "b")).contains("custom,back,").doesNotContain("back/");
        assertThat(lxd.volume("b", "back").resolve("file")).hasContent("second");
        server.lxc("storage", "volume", "delete", pool, "alone").orFail();
        delete("some", "some");
        lxd.lxc("storage", "volume", "delete", "b", "back").orFail();
    }

    /** As with LXD the feature is not offered then, and neither side's rsync is told to compress. */
    @Test
    void filesGoUncompressedWhereThePoolSaysSo() throws Exception {
        server.lxc("storage", "set", pool, "rsync.compression=false", "rsync.bwlimit=200MiB")
                .orFail();
        try {
            server.lxc("storage", "volume", "create", pool, "plain", "size=200MiB")
                    .orFail();
            Path mounted = mount("plain");
            Zoo zoo = Zoo.plant(mounted);
            unmount("plain");
            copy("near:" + pool + "/plain", "lxd:b/plain", "pull");
            verify(zoo, lxd.volume("b", "plain"));
            copy("lxd:b/plain", "near:" + pool + "/again", "pull");
            verify(zoo, mount("again"));
            unmount("again");
        } finally {
            server.lxc("storage", "unset", pool, "rsync.compression").orFail();
            server.lxc("storage", "unset", pool, "rsync.bwlimit").orFail();
        }
        server.lxc("storage", "volume", "delete", pool, "again").orFail();
        delete("plain", "plain");
    }
}
