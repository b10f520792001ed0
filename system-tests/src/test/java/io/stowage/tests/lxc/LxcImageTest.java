package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Volumes with ISO images and with schedules. Debian's client can't upload images: {@link ImageUpload} does.
 */
@ParameterizedClass
@EnumSource(
        value = Combination.class,
        names = {"PURE_ISCSI", "ALLETRA_NVME"})
@ExtendWith(SharedArena.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LxcImageTest {
    private final Arena arena = SharedArena.arena();
    private final String pool;

    @TempDir
    private Path folder;

    LxcImageTest(Combination combination) {
        this.pool = SharedArena.pool(combination);
    }

    private Ran lxc(String... arguments) {
        return arena.server().lxc(arguments);
    }

    private String upload(String name, String type, byte[] image) throws IOException {
        return ImageUpload.to(arena.server(), pool, name, type, image);
    }

    @Test
    void anImageIsUploadedAttachedAndDeleted() throws IOException {
        byte[] image = new byte[(5 << 20) + 4711];
        new Random(3).nextBytes(image);
        assertThat(upload("debian.iso", "iso", image))
                .startsWith("HTTP/1.1 202 ")
                .contains("\"err\":\"\"");
        assertThat(lxc("storage", "volume", "show", pool, "debian.iso").orFail().out())
                .contains("content_type: iso\n", "size: ");
        Path device = Path.of(arena.server()
                .stowage("volume", "attach", pool, "debian.iso")
                .orFail()
                .out()
                .strip());
        byte[] read;
        try (var in = Files.newInputStream(device)) {
            read = in.readNBytes(image.length);
        }
        assertThat(read).isEqualTo(image);
        Ran snapshot = lxc("storage", "volume", "snapshot", pool, "debian.iso", "s");
        assertThat(snapshot.status()).isEqualTo(1);
        assertThat(snapshot.err()).contains("does not support snapshots");
        Ran changed = lxc("storage", "volume", "set", pool, "debian.iso", "user.x=1");
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.err()).contains("Custom ISO volume config cannot be changed");
        assertThat(lxc("storage", "volume", "delete", pool, "debian.iso").status())
                .isEqualTo(1);
        arena.server().stowage("volume", "detach", pool, "debian.iso").orFail();
        lxc("storage", "volume", "delete", pool, "debian.iso").orFail();
    }

    private static final String MAKE_ARCHIVES = """
            import io, sys, tarfile
            folder = sys.argv[1]
            def archive(name, *members):
                with tarfile.open(folder + '/' + name, 'w:xz') as tar:
                    for path, kind, text in members:
                        entry = tarfile.TarInfo(path)
                        entry.mode, entry.uid = 0o640, 1234
                        if kind == 'link':
                            entry.type, entry.linkname = tarfile.SYMTYPE, text
                            tar.addfile(entry)
                        else:
                            entry.size = len(text)
                            tar.addfile(entry, io.BytesIO(text.encode()))
            archive('good.tar.xz', ('./plain/file', '', 'one'), ('bare', '', 'two'), ('/absolute', '', 'three'))
            archive('climbing.tar.xz', ('../' * 20 + folder + '/climbed', '', 'x'))
            archive('linking.tar.xz', ('way', 'link', folder), ('way/escaped', '', 'x'))
            """;

    private Path mount(String name) {
        return Path.of(arena.server()
                .stowage("volume", "mount", pool, name)
                .orFail()
                .out()
                .strip());
    }

    @Test
    void aTarArchiveBecomesFilesAndNothingGetsOutOfTheVolume() throws IOException {
        Ran.run("python3", "-c", MAKE_ARCHIVES, folder.toString()).orFail();
        assertThat(upload("files", "tar", Files.readAllBytes(folder.resolve("good.tar.xz"))))
                .startsWith("HTTP/1.1 202 ")
                .contains("\"err\":\"\"");
        Path mounted = mount("files");
        assertThat(mounted.resolve("plain/file")).hasContent("one");
        assertThat(mounted.resolve("bare")).hasContent("two");
        assertThat(mounted.resolve("absolute")).hasContent("three");
        assertThat(Files.getAttribute(mounted.resolve("bare"), "unix:uid")).isEqualTo(1234);
        arena.server().stowage("volume", "unmount", pool, "files").orFail();
        lxc("storage", "volume", "delete", pool, "files").orFail();
        for (String hostile : List.of("climbing", "linking")) {
            assertThat(upload(hostile, "tar", Files.readAllBytes(folder.resolve(hostile + ".tar.xz"))))
                    .contains("Failed creating custom volume from tar archive: ");
            assertThat(lxc("storage", "volume", "show", pool, hostile).status()).isEqualTo(1);
        }
        assertThat(folder.resolve("escaped")).doesNotExist();
        assertThat(folder.resolve("climbed")).doesNotExist();
    }

    @Test
    void patternsNameSnapshotsAndSchedulesAreChecked() {
        lxc("storage", "volume", "create", pool, "planned", "--type=block", "size=4MiB", "snapshots.pattern=fix")
                .orFail();
        lxc("storage", "volume", "set", pool, "planned", "snapshots.schedule=@daily,0 6,18 * * mon-fri")
                .orFail();
        lxc("storage", "volume", "snapshot", pool, "planned").orFail();
        lxc("storage", "volume", "snapshot", pool, "planned").orFail();
        assertThat(lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .contains("planned/fix,", "planned/fix-1,");
        Ran refused = lxc("storage", "volume", "set", pool, "planned", "snapshots.schedule=0 0 * * 7");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("snapshots.schedule", "end of range (7) above maximum (6): 7");
        lxc("storage", "volume", "delete", pool, "planned").orFail();
    }
}
