package io.stowage.host.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.host.filesystem.FileSystem;
import io.stowage.host.filesystem.FileSystems;
import io.stowage.system.Command;
import io.stowage.system.ForeignDescriptor;
import io.stowage.system.Libc;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What becomes of a device when its server, or its holder, or both, die. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TakeoverTest {
    private static final long SIZE = 128 << 20;
    private static final Duration LONG = Duration.ofSeconds(200);

    private final FileSystems fileSystems = new FileSystems();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Path mount;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        mount = folder.resolve("mount");
    }

    @AfterEach
    void sweep() throws IOException {
        Sweeper.sweep(folder);
    }

    @Test
    void killsUnderABusyFileSystemAreNotNoticed() throws Exception {
        ServerProcess server = start(LONG);
        Path device = server.device();
        FileSystem ext4 = mounted(device);
        byte[] data = new byte[8 << 20];
        new Random(2).nextBytes(data);
        Path input = Files.write(folder.resolve("input"), data);
        Path stop = folder.resolve("stop");
        Path rounds = Files.createFile(folder.resolve("rounds"));
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "i=0; while [ ! -e \"$3\" ]; do i=$((i+1));"
                                + " dd if=\"$1\" of=\"$2/$((i%4))\" bs=64k oflag=direct conv=notrunc,fsync || exit 1;"
                                + " cmp \"$1\" \"$2/$((i%4))\" || exit 2;"
                                + " echo >> \"$4\"; done",
                        "writer",
                        input.toString(),
                        mount.toString(),
                        stop.toString(),
                        rounds.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.log").toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        for (int kill = 0; kill < 4; kill++) {
            awaitRounds(rounds, writer, Files.size(rounds) + 2);
            server.kill();
            server = start(LONG);
            assertThat(server.takenOver()).isTrue();
            assertThat(server.device()).isEqualTo(device);
        }
        awaitRounds(rounds, writer, Files.size(rounds) + 2);
        Files.createFile(stop);
        assertThat(writer.waitFor())
                .as(Files.readString(folder.resolve("writer.log")))
                .isZero();
        // Read again from the device. (Not by dropping the machine's caches: that waits for every file system.)
        fileSystems.unmount(mount);
        fileSystems.mount(device, ext4, mount, "");
        Command.of("cmp", input.toString(), mount + "/1").runOrThrow();
        fileSystems.unmount(mount);
        Command.of("e2fsck", "-f", "-n", device.toString()).runOrThrow();
        server.end();
    }

    /** Whoever looks at the loop device then waits for the image's server: a successor that looks before it serves, too. */
    @Test
    void aServerKilledWhenTheKernelMustAskForTheImagesAttributesIsSucceeded() throws Exception {
        ServerProcess server = start(LONG);
        Path device = server.device();
        mounted(device);
        forgetAttributes(server);
        server.kill();
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isTrue();
        assertThat(next.device()).isEqualTo(device);
        Files.writeString(mount.resolve("file"), "still here");
        fileSystems.unmount(mount);
        // No device that doesn't answer may stay behind for others to stumble over.
        Sweeper.holderBelow(folder).orElseThrow().destroyForcibly();
        next.kill();
    }

    @Test
    void aDeadDeviceWhoseAttributesNobodyTellsIsClearedAway() throws Exception {
        ServerProcess server = start(LONG);
        mounted(server.device());
        forgetAttributes(server);
        server.kill();
        ProcessHandle holder = Sweeper.holderBelow(folder).orElseThrow();
        holder.destroyForcibly();
        awaitEnd(holder);
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isFalse();
        assertThat(fileSystems.isMounted(mount)).isFalse();
        assertThat(Sweeper.loopsBelow(folder)).containsExactly(next.device());
        next.kill();
    }

    /** A thread of it, or what closes its files, waits for an answer that only it could give, which no signal ends. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "cached"})
    void aServerKilledWhileItWaitsForADeviceOfItsOwnEndsAndIsSucceeded(String write) throws Exception {
        Duration forEver = Duration.ofHours(1);
        ServerProcess server =
                ServerProcess.start(folder.resolve("state"), folder.resolve("blocks"), SIZE, forEver, write);
        server.kill();
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isFalse();
        assertThat(Sweeper.loopsBelow(folder)).containsExactly(next.device());
        mounted(next.device());
        fileSystems.unmount(mount);
        next.kill();
    }

    @Test
    void aDeviceLeftOnPurposeIsCarriedOn() throws Exception {
        ServerProcess server = start(LONG);
        Path device = server.device();
        mounted(device);
        server.end();
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isTrue();
        Files.writeString(mount.resolve("file"), "still here");
        fileSystems.unmount(mount);
        next.kill();
    }

    @Test
    void aHolderThatDiesIsReplaced() throws Exception {
        ServerProcess server = start(LONG);
        ProcessHandle holder = Sweeper.holderBelow(folder).orElseThrow();
        holder.destroyForcibly();
        awaitEnd(holder);
        // The new one is ready when its descriptor is in place: it then has /dev/fuse open.
        while (Sweeper.holderBelow(folder).filter(TakeoverTest::holdsFuse).isEmpty()) {
            Thread.sleep(20);
        }
        server.kill();
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isTrue();
        next.kill();
    }

    @Test
    void whenServerAndHolderAreDeadNobodyElseSuffers() throws Exception {
        ServerProcess server = start(LONG);
        Path device = server.device();
        mounted(device);
        Files.write(mount.resolve("file"), new byte[1 << 20]);
        server.kill();
        ProcessHandle holder = Sweeper.holderBelow(folder).orElseThrow();
        holder.destroyForcibly();
        awaitEnd(holder);

        assertThat(read(device).complaint()).contains("Input/output error");
        Command.of("losetup", "--all").withDeadline(Duration.ofSeconds(30)).runOrThrow();
        makeFileSystemsElsewhere();

        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isFalse();
        assertThat(fileSystems.isMounted(mount))
                .as("the dead mount is cleared away")
                .isFalse();
        assertThat(read(next.device()).succeeded()).isTrue();
        fileSystems.mount(next.device(), fileSystems.named("ext4"), mount, "");
        fileSystems.unmount(mount);
        next.kill();
    }

    @Test
    void aDeadDeviceCanBeDetachedByHand() throws Exception {
        ServerProcess server = start(LONG);
        Path device = server.device();
        server.kill();
        ProcessHandle holder = Sweeper.holderBelow(folder).orElseThrow();
        holder.destroyForcibly();
        awaitEnd(holder);
        Command.of("losetup", "--detach", device.toString()).runOrThrow();
        assertThat(new LoopDevice(device).isAttached()).isFalse();
    }

    @Test
    void whenNobodyComesInTimeIoEndsWithAnError() throws Exception {
        ServerProcess server = start(Duration.ofSeconds(1));
        Path device = server.device();
        ProcessHandle holder = Sweeper.holderBelow(folder).orElseThrow();
        server.kill();
        // Begun while the holder still waits, or just after: it ends in both cases.
        assertThat(read(device).complaint()).contains("Input/output error");
        awaitEnd(holder);
        ServerProcess next = start(LONG);
        assertThat(next.takenOver()).isFalse();
        assertThat(read(next.device()).succeeded()).isTrue();
        next.kill();
    }

    private ServerProcess start(Duration holder) throws IOException {
        return ServerProcess.start(folder.resolve("state"), folder.resolve("blocks"), SIZE, holder);
    }

    private FileSystem mounted(Path device) throws IOException {
        FileSystem ext4 = fileSystems.named("ext4");
        ext4.make(device);
        fileSystems.mount(device, ext4, mount, "");
        return ext4;
    }

    private static Command.Result read(Path device) throws IOException {
        return Command.of("dd", "if=" + device, "of=/dev/null", "bs=4k", "count=1", "skip=100", "iflag=direct")
                .run();
    }

    /** What the kernel sends itself when the image is resized under load: see fuse_notify_inval_inode_out. */
    private static void forgetAttributes(ServerProcess server) throws IOException {
        int descriptor = ForeignDescriptor.fetch(
                server.pid(), fuseOf(server.pid()).map(Integer::parseInt).orElseThrow());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(40, 8);
            message.set(ValueLayout.JAVA_INT, 0, 40);
            message.set(ValueLayout.JAVA_INT, 4, 2); // FUSE_NOTIFY_INVAL_INODE
            message.set(ValueLayout.JAVA_LONG, 16, 1); // the root
            message.set(ValueLayout.JAVA_LONG, 24, -1); // attributes only
            assertThat(Libc.writeRaw(Libc.newCallState(arena), descriptor, message, 40))
                    .isEqualTo(40);
        } finally {
            Libc.close(descriptor);
        }
    }

    // ProcessHandle.onExit() would answer on the common pool, whose one thread may be taken.
    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        while (process.isAlive()) {
            Thread.sleep(20);
        }
    }

    private static boolean holdsFuse(ProcessHandle process) {
        return fuseOf(process.pid()).isPresent();
    }

    private static Optional<String> fuseOf(long pid) {
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors
                    .filter(each -> target(each).equals(Optional.of(Path.of("/dev/fuse"))))
                    .map(each -> each.getFileName().toString())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void awaitRounds(Path rounds, Process writer, long wanted) throws Exception {
        while (Files.size(rounds) < wanted) {
            assertThat(writer.isAlive()).as("the writer goes on").isTrue();
            Thread.sleep(10);
        }
    }

    /** What the programs do that look at every loop device of the machine. */
    private void makeFileSystemsElsewhere() throws IOException {
        Path image = folder.resolve("elsewhere");
        for (String tool : new String[] {"mkfs.btrfs", "mkfs.ext4"}) {
            try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(256 << 20);
            }
            LoopDevice other = LoopDevice.attach(image);
            try {
                Command.of(tool, "-q", other.path().toString()).runOrThrow();
            } finally {
                other.detach();
                Files.delete(image);
            }
        }
    }
}
