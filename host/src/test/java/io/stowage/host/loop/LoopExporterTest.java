package io.stowage.host.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.host.export.DeviceBusy;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.filesystem.FileSystem;
import io.stowage.host.filesystem.FileSystems;
import io.stowage.system.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopExporterTest {
    private static final long MIB = 1 << 20;
    private static final Duration HOLDER = Duration.ofSeconds(60);

    private final FileSystems fileSystems = new FileSystems();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FileDisk disk;
    private LoopExporter exporter;

    @BeforeEach
    void open() throws IOException {
        disk = new FileDisk(folder.resolve("blocks"), 64 * MIB);
        exporter = LoopExporter.open(folder.resolve("state"), HOLDER);
    }

    @AfterEach
    void sweep() throws IOException {
        Sweeper.sweep(folder);
    }

    @Test
    void whatIsWrittenToTheDeviceIsInTheSource() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        byte[] data = new byte[(int) (3 * MIB)];
        new Random(1).nextBytes(data);
        Path input = Files.write(folder.resolve("input"), data);
        Command.of("dd", "if=" + input, "of=" + device.path(), "bs=1M", "seek=5", "oflag=direct", "conv=fsync")
                .runOrThrow();
        Path output = folder.resolve("output");
        Command.of("dd", "if=" + device.path(), "of=" + output, "bs=1M", "skip=5", "count=3", "iflag=direct")
                .runOrThrow();

        assertThat(Files.readAllBytes(output)).isEqualTo(data);
        Command.of("cmp", "--ignore-initial=0:5242880", "--bytes=3145728", input.toString(), folder + "/blocks")
                .runOrThrow();
        assertThat(disk.flushes.get()).isPositive();

        device.remove();
        device.remove();
        assertThat(new LoopDevice(device.path()).isAttached()).isFalse();
        assertThat(exporter.leftBehind()).isEmpty();
        exporter.close();
    }

    @Test
    void aFileSystemOnItGivesSpaceBackAndComesThroughItsCheck() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        FileSystem ext4 = fileSystems.named("ext4");
        ext4.make(device.path());
        Path mount = folder.resolve("mount");
        fileSystems.mount(device.path(), ext4, mount, "discard");
        Files.write(mount.resolve("file"), new byte[(int) (8 * MIB)]);
        Command.of("fstrim", mount.toString()).runOrThrow();
        assertThat(disk.discarded.get()).isGreaterThan(30 * MIB);
        assertThatThrownBy(device::remove).isInstanceOf(DeviceBusy.class).hasMessageContaining(mount.toString());
        fileSystems.unmount(mount);
        Command.of("e2fsck", "-f", "-n", device.path().toString()).runOrThrow();
        device.remove();
        exporter.close();
    }

    @Test
    void theDeviceGrowsWithItsSource() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        disk.grow(96 * MIB);
        device.resized();
        assertThat(Command.of("blockdev", "--getsize64", device.path().toString())
                        .runOrThrow()
                        .output()
                        .strip())
                .isEqualTo(Long.toString(96 * MIB));
        device.remove();
        exporter.close();
    }

    /** BLKROSET outlives the file that the loop device carried. */
    @Test
    void aDeviceThatWasReadOnlyBeforeIsNotSoAnyMore() throws IOException {
        ExportedDevice first = exporter.export("disk", disk);
        Path path = first.path();
        Command.of("blockdev", "--setro", path.toString()).runOrThrow();
        first.remove();
        ExportedDevice again = exporter.export("disk", disk);
        assertThat(isReadOnly(again.path())).isFalse();
        again.remove();
        exporter.close();
    }

    /** A loop device is the machine's: what takes it next may take it as it is. */
    @Test
    void aReadOnlyDeviceIsGivenBackWritable() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        Path path = device.path();
        Command.of("blockdev", "--setro", path.toString()).runOrThrow();
        try (SeekableByteChannel open = Files.newByteChannel(path)) {
            assertThatThrownBy(device::remove).isInstanceOf(DeviceBusy.class);
            assertThat(open.isOpen()).isTrue();
            assertThat(isReadOnly(path)).isTrue();
        }
        device.remove();
        assertThat(isReadOnly(path)).isFalse();
        exporter.close();
    }

    private static boolean isReadOnly(Path device) throws IOException {
        return Command.of("blockdev", "--getro", device.toString())
                .runOrThrow()
                .output()
                .strip()
                .equals("1");
    }

    @Test
    void anErrorOfTheSourceIsAnErrorOfTheDevice() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        disk.broken = true;
        Command.Result read = Command.of("dd", "if=" + device.path(), "of=/dev/null", "count=8", "iflag=direct")
                .run();
        assertThat(read.complaint()).contains("Input/output error");
        disk.broken = false;
        Command.of("dd", "if=" + device.path(), "of=/dev/null", "count=8", "iflag=direct")
                .runOrThrow();
        device.remove();
        exporter.close();
    }

    @Test
    void thePathOfTheImageIsNoMountOnceTheDeviceIsThere() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(folder.toString());
        device.remove();
        exporter.close();
    }

    @Test
    void anExporterOfTheSameProcessCarriesOnWhatAnotherLeft() throws IOException {
        ExportedDevice first = exporter.export("disk", disk);
        assertThat(first.outlivesServer()).isFalse();
        first.keep();
        assertThat(first.outlivesServer()).isTrue();
        exporter.close();
        try (LoopExporter second = LoopExporter.open(folder.resolve("state"), HOLDER)) {
            assertThat(second.leftBehind()).containsExactly("disk");
            ExportedDevice device = second.export("disk", disk);
            assertThat(device.takenOver()).isTrue();
            assertThat(device.path()).isEqualTo(first.path());
            Command.of("dd", "if=/dev/zero", "of=" + device.path(), "bs=1M", "count=4", "oflag=direct")
                    .runOrThrow();
            device.remove();
        }
    }

    @Test
    void aDeviceThatAProgramHasOpenIsBusyAndServedOn() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        try (FileChannel open = FileChannel.open(device.path())) {
            assertThatThrownBy(device::remove).isInstanceOf(DeviceBusy.class).hasMessageContaining("open");
            assertThat(open.read(ByteBuffer.allocate(4096), MIB)).isEqualTo(4096);
        }
        device.remove();
        assertThat(new LoopDevice(device.path()).isAttached()).isFalse();
        exporter.close();
    }

    @Test
    void aDeviceThatSomebodyElseDetachedIsRemovedQuietly() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        Command.of("losetup", "--detach", device.path().toString()).runOrThrow();
        device.remove();
        ExportedDevice again = exporter.export("disk", disk);
        assertThat(again.takenOver()).isFalse();
        again.remove();
        exporter.close();
    }

    @Test
    void manyDevicesAreServedSideBySide() throws IOException {
        List<ExportedDevice> devices = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            devices.add(exporter.export("disk-" + i, disk));
        }
        assertThat(devices.stream().map(ExportedDevice::path).distinct()).hasSize(8);
        for (ExportedDevice device : devices) {
            device.remove();
        }
        exporter.close();
    }

    @Test
    void anAbandonedDeviceIsGone() throws IOException {
        ExportedDevice device = exporter.export("disk", disk);
        exporter.close();
        try (LoopExporter second = LoopExporter.open(folder.resolve("state"), HOLDER)) {
            second.abandon("disk");
            second.abandon("never-there");
            assertThat(second.leftBehind()).isEmpty();
            assertThat(new LoopDevice(device.path()).isAttached()).isFalse();
        }
    }
}
