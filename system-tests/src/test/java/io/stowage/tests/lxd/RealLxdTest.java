package io.stowage.tests.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.RealLxd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real LXD that others compare with starts anywhere and leaves nothing behind. */
class RealLxdTest {
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itStartsMakesVolumesAndLeavesNothing() throws Exception {
        Path folder;
        try (RealLxd lxd = RealLxd.start()) {
            folder = lxd.path("");
            lxd.createBtrfsPool("b", "512MiB");
            lxd.createDirectoryPool("d");
            lxd.lxc("storage", "volume", "create", "b", "v").orFail();
            assertThat(lxd.volume("b", "v")).isDirectory();
            assertThat(lxd.lxc("storage", "volume", "list", "d", "--format", "csv")
                            .orFail()
                            .out())
                    .isEmpty();
        }
        assertThat(folder).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder.toString());
        assertThat(Ran.run("losetup", "--list", "--output", "BACK-FILE")
                        .orFail()
                        .out())
                .doesNotContain(folder.toString());
    }
}
