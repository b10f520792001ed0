package io.stowage.host.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.host.filesystem.FileSystem;
import io.stowage.host.filesystem.FileSystems;
import io.stowage.host.filesystem.TestDevice;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file system shows something of its own among the extended attributes, which is no part of the files. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RsyncBetweenFileSystemsTest {
    private static final List<String> TYPES = List.of("ext4", "xfs", "btrfs");
    private static final RsyncTerms TERMS = new RsyncTerms(EnumSet.allOf(RsyncFeature.class), 0);

    private final FileSystems fileSystems = new FileSystems();
    private final List<TestDevice> devices = new ArrayList<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    static Stream<Arguments> pairs() {
        return TYPES.stream()
                .flatMap(from -> TYPES.stream().filter(to -> !to.equals(from)).map(to -> Arguments.of(from, to)));
    }

    /** Unmounts them too. */
    @AfterEach
    void sweep() throws IOException {
        for (TestDevice device : devices) {
            device.close();
        }
    }

    private Path mounted(String name) throws IOException {
        TestDevice device = new TestDevice(folder.resolve("disk" + devices.size()), 320 << 20);
        devices.add(device);
        FileSystem type = fileSystems.named(name);
        type.make(device.path());
        Path mount = folder.resolve("mount" + devices.size());
        fileSystems.mount(device.path(), type, mount, "");
        return mount;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everythingArrivesAlsoTheSecondTime(String from, String to) throws Exception {
        Path source = mounted(from);
        Path sent = mounted(to);
        Tree.make(source);
        transfer(source, sent);
        assertThat(Tree.describe(sent)).isEqualTo(Tree.describe(source));
        transfer(source, sent);
        assertThat(Tree.describe(sent)).isEqualTo(Tree.describe(source));
        Path copied = mounted(to);
        Rsync.copy(source, copied, RsyncOnto.EMPTY, 0, bytes -> {});
        assertThat(Tree.describe(copied)).isEqualTo(Tree.describe(source));
        Rsync.copy(source, copied, RsyncOnto.SIMILAR, 0, bytes -> {});
        assertThat(Tree.describe(copied)).isEqualTo(Tree.describe(source));
    }

    private static void transfer(Path source, Path target) throws Exception {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        Future<RsyncTraffic> receiver = Background.run(() -> Rsync.receive(
                target,
                TERMS,
                Channels.newInputStream(there.source()),
                Channels.newOutputStream(back.sink()),
                bytes -> {}));
        Rsync.send(
                source,
                TERMS,
                Channels.newInputStream(back.source()),
                Channels.newOutputStream(there.sink()),
                bytes -> {});
        receiver.get();
    }
}
