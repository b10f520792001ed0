package io.stowage.host.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileSystemsTest {
    private static final long MIB = 1 << 20;
    private static final long SIZE = 320 * MIB;

    private final FileSystems fileSystems = new FileSystems();
    private final List<TestDevice> devices = new ArrayList<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path mount;

    @BeforeEach
    void folders() {
        mount = folder.resolve("mount");
    }

    @AfterEach
    void sweep() throws IOException {
        for (TestDevice device : devices) {
            device.close();
        }
    }

    private TestDevice device(long size) throws IOException {
        TestDevice device = new TestDevice(folder.resolve("disk" + devices.size()), size);
        devices.add(device);
        return device;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void madeMountedMeasuredAndGrown(String name) throws IOException {
        FileSystem type = fileSystems.named(name);
        TestDevice device = device(SIZE);
        assertThat(fileSystems.recognize(device.path())).isEmpty();
        type.make(device.path());
        assertThat(fileSystems.recognize(device.path())).contains(name);

        fileSystems.mount(device.path(), type, mount, "noatime");
        fileSystems.mount(device.path(), type, mount, "noatime");
        assertThat(fileSystems.isMounted(mount)).isTrue();
        assertThat(fileSystems.mountedAt(mount)).contains(device.path());
        Files.write(mount.resolve("file"), new byte[(int) (4 * MIB)]);
        Usage before = fileSystems.usage(mount);
        assertThat(before.total()).isBetween(SIZE / 2, SIZE);
        assertThat(before.used()).isBetween(0L, before.total());

        boolean mountedGrowth = type.growthRefusal(true).isEmpty();
        if (!mountedGrowth) {
            assertThatThrownBy(() -> type.grow(device.path(), Optional.of(mount)))
                    .isInstanceOf(FileSystemRefused.class)
                    .hasMessageContaining("CAP_SYS_RESOURCE");
            fileSystems.unmount(mount);
        }
        device.resize(SIZE + 128 * MIB);
        type.grow(device.path(), mountedGrowth ? Optional.of(mount) : Optional.empty());
        fileSystems.mount(device.path(), type, mount, "");
        assertThat(fileSystems.usage(mount).total()).isGreaterThan(before.total() + 100 * MIB);
        fileSystems.unmount(mount);
        fileSystems.unmount(mount);
        assertThat(fileSystems.isMounted(mount)).isFalse();

        device.resize(SIZE + 256 * MIB);
        type.grow(device.path(), Optional.empty());
        fileSystems.mount(device.path(), type, mount, "");
        assertThat(fileSystems.usage(mount).total()).isGreaterThan(before.total() + 200 * MIB);
        assertThat(mount.resolve("file")).hasSize(4 * MIB);
        fileSystems.unmount(mount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void aCopyWithAnIdentityOfItsOwnIsMountedBesideItsOrigin(String name) throws IOException {
        FileSystem type = fileSystems.named(name);
        TestDevice origin = device(SIZE);
        type.make(origin.path());
        fileSystems.mount(origin.path(), type, mount, "");
        Files.writeString(mount.resolve("file"), "the same in both");
        // As a snapshot of a frozen file system in use is: its log has work to be done.
        fileSystems.freeze(mount);
        TestDevice copy = origin.copy(folder.resolve("copy"));
        devices.add(copy);
        fileSystems.thaw(mount);
        fileSystems.thaw(mount);

        type.renewIdentity(copy.path());

        assertThat(fileSystems.uuid(copy.path())).isPresent().isNotEqualTo(fileSystems.uuid(origin.path()));
        Path second = folder.resolve("second");
        fileSystems.mount(copy.path(), type, second, "");
        assertThat(second.resolve("file")).hasContent("the same in both");
        Files.writeString(mount.resolve("file"), "only here");
        assertThat(second.resolve("file")).hasContent("the same in both");
        fileSystems.unmount(second);
        fileSystems.unmount(mount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "btrfs"})
    void shrunkWithItsFiles(String name) throws IOException {
        FileSystem type = fileSystems.named(name);
        assertThat(type.shrinks()).isTrue();
        TestDevice device = device(2 * SIZE);
        type.make(device.path());
        byte[] data = new byte[(int) (20 * MIB)];
        new Random(3).nextBytes(data);
        fileSystems.mount(device.path(), type, mount, "");
        Files.write(mount.resolve("file"), data);
        fileSystems.unmount(mount);

        type.shrink(device.path(), SIZE);
        device.resize(SIZE);

        fileSystems.mount(device.path(), type, mount, "");
        assertThat(Files.readAllBytes(mount.resolve("file"))).isEqualTo(data);
        assertThat(fileSystems.usage(mount).total()).isLessThanOrEqualTo(SIZE);
        fileSystems.unmount(mount);
    }

    @Test
    void aFileIsNoPlaceToMountOn() throws IOException {
        Path file = Files.writeString(mount.resolveSibling("file"), "text");
        for (Path place : new Path[] {file, file.resolve("below")}) {
            assertThatThrownBy(() -> fileSystems.mount(Path.of("/dev/null"), fileSystems.named("ext4"), place, ""))
                    .isInstanceOf(FileSystemRefused.class)
                    .hasMessageStartingWith("Cannot mount on " + place + ": ");
        }
    }

    @Test
    void ext4IsNotShrunkBelowItsData() throws IOException {
        FileSystem ext4 = fileSystems.named("ext4");
        TestDevice device = device(64 * MIB);
        ext4.make(device.path());
        fileSystems.mount(device.path(), ext4, mount, "");
        Files.write(mount.resolve("file"), new byte[(int) (30 * MIB)]);
        fileSystems.unmount(mount);
        assertThatThrownBy(() -> ext4.shrink(device.path(), 16 * MIB))
                .isInstanceOf(FileSystemRefused.class)
                .hasMessageContaining("its data need more");
        fileSystems.mount(device.path(), ext4, mount, "");
        assertThat(mount.resolve("file")).hasSize(30 * MIB);
        fileSystems.unmount(mount);
    }

    @Test
    void xfsIsNeverShrunk() throws IOException {
        FileSystem xfs = fileSystems.named("xfs");
        assertThat(xfs.shrinks()).isFalse();
        assertThatThrownBy(() -> xfs.shrink(Path.of("/dev/null"), SIZE)).isInstanceOf(FileSystemRefused.class);
    }

    @Test
    void anOldFileSystemIsReplaced() throws IOException {
        TestDevice device = device(SIZE);
        for (String name : List.of("ext4", "xfs", "btrfs", "ext4")) {
            fileSystems.named(name).make(device.path());
            assertThat(fileSystems.recognize(device.path())).contains(name);
        }
    }

    @Test
    void aMountInUseIsBusy() throws IOException {
        FileSystem ext4 = fileSystems.named("ext4");
        TestDevice device = device(16 * MIB);
        ext4.make(device.path());
        fileSystems.mount(device.path(), ext4, mount, "");
        OutputStream open = Files.newOutputStream(mount.resolve("file"));
        assertThatThrownBy(() -> fileSystems.unmount(mount))
                .isInstanceOf(MountBusy.class)
                .hasMessageContaining(mount.toString());
        open.close();
        fileSystems.unmount(mount);
    }

    @Test
    void aFolderTakenByAnotherDeviceIsRefused() throws IOException {
        FileSystem ext4 = fileSystems.named("ext4");
        TestDevice first = device(16 * MIB);
        ext4.make(first.path());
        TestDevice second = device(16 * MIB);
        ext4.make(second.path());
        fileSystems.mount(first.path(), ext4, mount, "");
        assertThatThrownBy(() -> fileSystems.mount(second.path(), ext4, mount, ""))
                .isInstanceOf(FileSystemRefused.class)
                .hasMessageContaining(first.path().toString());
        fileSystems.unmount(mount);
    }

    @Test
    void badMountOptionsAreToldByMount() throws IOException {
        FileSystem ext4 = fileSystems.named("ext4");
        TestDevice device = device(16 * MIB);
        ext4.make(device.path());
        assertThatThrownBy(() -> fileSystems.mount(device.path(), ext4, mount, "no-such-option"))
                .isInstanceOf(io.stowage.system.CommandFailed.class)
                .hasMessageContaining("no-such-option");
    }

    @Test
    void onlyThreeFileSystemsAreKnown() {
        assertThatThrownBy(() -> fileSystems.named("zfs"))
                .isInstanceOf(FileSystemRefused.class)
                .hasMessage("Unsupported file system \"zfs\": must be one of btrfs, ext4, xfs");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> new Tools("ext4", "e2fsprogs", "mkfs.never-there").require())
                .isInstanceOf(FileSystemRefused.class)
                .hasMessage("File system ext4 needs the program \"mkfs.never-there\","
                        + " which is not installed (package e2fsprogs)");
        assertThatThrownBy(() -> new Tools("nosuchfs", "none").require())
                .isInstanceOf(FileSystemRefused.class)
                .hasMessageContaining("does not support the file system nosuchfs");
    }
}
