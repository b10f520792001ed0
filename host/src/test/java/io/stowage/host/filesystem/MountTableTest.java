package io.stowage.host.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTest {
    /** As in proc(5), with a blank in a folder's name and one mount over another. */
    private static final String TEXT = """
            36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
            40 35 7:3 / /srv/a\\040b rw - ext4 /dev/loop3 rw
            41 40 7:4 / /srv/a\\040b rw shared:7 master:2 - xfs /dev/loop4 rw
            """;

    @Test
    void theTopmostMountOfAFolderCounts() {
        MountTable table = MountTable.parse(TEXT);
        assertThat(table.at(Path.of("/srv/a b")))
                .contains(new MountTable.Entry(Path.of("/srv/a b"), Path.of("/dev/loop4"), "xfs"));
        assertThat(table.at(Path.of("/srv"))).isEmpty();
    }

    @Test
    void theFoldersOfADeviceAreFound() {
        assertThat(MountTable.parse(TEXT).of(Path.of("/dev/loop3"))).containsExactly(Path.of("/srv/a b"));
        assertThat(MountTable.parse(TEXT).of(Path.of("/dev/loop33"))).isEmpty();
    }
}
