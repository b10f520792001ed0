package io.stowage.host.rsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.system.Command;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the real rsync in both roles; what LXD's ends say to it are the command lines of lxd-api.md, section 15.4. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RsyncTest {
    private static final Set<RsyncFeature> ALL = EnumSet.allOf(RsyncFeature.class);
    private static final RsyncTerms TERMS = new RsyncTerms(ALL, 0);

    /** LXD's own helper for its rsync: copies between standard input and output and a socket. */
    private static final String NETCAT = """
            import os, socket, sys, threading
            s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
            def up():
                while True:
                    b = os.read(0, 65536)
                    if not b: break
                    s.sendall(b)
                s.shutdown(socket.SHUT_WR)
            threading.Thread(target=up, daemon=True).start()
            while True:
                b = s.recv(65536)
                if not b: break
                while b: b = b[os.write(1, b):]
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path source;
    private Path target;

    @BeforeEach
    void folders() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = Files.createDirectory(folder.resolve("target"));
    }

    @AfterEach
    void sweep() throws Exception {
        for (Process process : processes) {
            kill(process);
        }
        for (AutoCloseable each : open) {
            each.close();
        }
        Command.of("umount", "--lazy", target.toString()).run();
    }

    /** With the processes that it has started, which might go on for a moment. */
    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /** Both directions between two ends. */
    private record Wire(
            InputStream atSender, OutputStream fromSender, InputStream atReceiver, OutputStream fromReceiver) {}

    private Wire wire() throws IOException {
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        open.addAll(List.of(there.source(), there.sink(), back.source(), back.sink()));
        return new Wire(
                Channels.newInputStream(back.source()),
                Channels.newOutputStream(there.sink()),
                Channels.newInputStream(there.source()),
                Channels.newOutputStream(back.sink()));
    }

    private static CompletableFuture<RsyncTraffic> aside(Background.Task<RsyncTraffic> end) {
        return Background.run(end);
    }

    private Process lxdReceiver(Path into) throws IOException {
        return started(List.of(
                "rsync",
                "--server",
                "-vlogDtpre.iLsfx",
                "--numeric-ids",
                "--devices",
                "--partial",
                "--sparse",
                "--xattrs",
                "--filter=-x security.selinux",
                "--delete",
                "--compress",
                "--compress-level=2",
                "--",
                ".",
                into.toString()));
    }

    private Process started(List<String> line) throws IOException {
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private void nothingRuns() throws IOException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            assertThat(all.filter(ProcessHandle::isAlive)
                            .map(handle -> Path.of("/proc", Long.toString(handle.pid()), "cmdline"))
                            .map(RsyncTest::text)
                            .filter(line -> line.contains(folder.toString())))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // has ended
        }
    }

    private RsyncTraffic betweenOurs(RsyncTerms terms) throws Exception {
        Wire wire = wire();
        CompletableFuture<RsyncTraffic> receiver =
                aside(() -> Rsync.receive(target, terms, wire.atReceiver(), wire.fromReceiver(), bytes -> {}));
        RsyncTraffic sent = Rsync.send(source, terms, wire.atSender(), wire.fromSender(), bytes -> {});
        assertThat(receiver.get()).isEqualTo(new RsyncTraffic(sent.received(), sent.sent()));
        return sent;
    }

    @ParameterizedTest
    @EnumSource(RsyncFeature.class)
    void everyKindOfFileArrivesWithAnyFeatureMissing(RsyncFeature missing) throws Exception {
        Tree.make(source);
        EnumSet<RsyncFeature> features = EnumSet.complementOf(EnumSet.of(missing));
        if (missing == RsyncFeature.XATTRS) {
            Command.of("setfacl", "-R", "-b", "-k", source.toString()).runOrThrow();
            Command.of(
                            "setfattr",
                            "-x",
                            "user.colour",
                            source.resolve("d/e/small").toString())
                    .runOrThrow();
            Command.of("setfattr", "-x", "trusted.secret", source.resolve("d").toString())
                    .runOrThrow();
        }
        RsyncTraffic traffic = betweenOurs(new RsyncTerms(features, 0));
        assertThat(Tree.describe(target)).isEqualTo(Tree.describe(source));
        assertThat(Tree.allocatedKib(target.resolve("d/sparse"))).isLessThan(1024);
        // Random bytes can't be made fewer; the hole of 64 MiB is sent unless they are compressed.
        assertThat(traffic.sent()).isGreaterThan(300_000);
    }

    @Test
    void lxdsReceiverTakesIt() throws Exception {
        Tree.make(source);
        Files.writeString(target.resolve("old"), "goes");
        Process peer = lxdReceiver(target);
        RsyncTraffic traffic = Rsync.send(source, TERMS, peer.getInputStream(), peer.getOutputStream(), bytes -> {});
        assertThat(peer.waitFor()).isZero();
        assertThat(Tree.describe(target)).isEqualTo(Tree.describe(source));
        assertThat(traffic.sent()).isGreaterThan(300_000);
    }

    @Test
    void lxdsSenderGivesIt() throws Exception {
        Tree.make(source);
        Files.writeString(target.resolve("old"), "goes");
        Files.createDirectory(target.resolve("lost+found"));
        Path socket = folder.resolve("socket");
        Path netcat = Files.writeString(folder.resolve("netcat.py"), NETCAT);
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Process peer = started(List.of(
                    "rsync",
                    "-ar",
                    "--devices",
                    "--numeric-ids",
                    "--partial",
                    "--sparse",
                    "--xattrs",
                    "--filter=-x security.selinux",
                    "--delete",
                    "--compress",
                    "--compress-level=2",
                    source + "/",
                    "localhost:/tmp/foo",
                    "-e",
                    "sh -c \"python3 " + netcat + " " + socket + "\""));
            try (SocketChannel accepted = listener.accept()) {
                Rsync.receive(target, TERMS, Channels.newInputStream(accepted), new HalfClosing(accepted), bytes -> {});
            }
            assertThat(peer.waitFor()).isZero();
        }
        assertThat(Tree.describe(target)).isEqualTo(Tree.describe(source));
        assertThat(target.resolve("lost+found")).exists();
        assertThat(target.resolve("old")).doesNotExist();
    }

    /** A socket's output, whose close ends that direction only. */
    private static final class HalfClosing extends FilterOutputStream {
        private final SocketChannel channel;

        HalfClosing(SocketChannel channel) {
            super(Channels.newOutputStream(channel));
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            channel.shutdownOutput();
        }
    }

    @Test
    void secondTransferSendsLittleAndDeletes() throws Exception {
        Tree.make(source);
        betweenOurs(TERMS);
        Files.delete(source.resolve("d/pipe"));
        Files.writeString(source.resolve("new"), "new");
        RsyncTraffic second = betweenOurs(TERMS);
        assertThat(Tree.describe(target)).isEqualTo(Tree.describe(source));
        assertThat(second.total()).isLessThan(30_000);
    }

    @Test
    void withoutDeleteWhatIsThereStays() throws Exception {
        Tree.make(source);
        Files.writeString(target.resolve("old"), "stays");
        betweenOurs(new RsyncTerms(Set.of(RsyncFeature.XATTRS), 0));
        assertThat(target.resolve("old")).hasContent("stays");
    }

    @Test
    void copyOnThisMachineIsTheSame() throws Exception {
        Tree.makeLinked(source);
        Files.writeString(target.resolve("old"), "goes");
        Files.createDirectory(target.resolve("lost+found"));
        List<Long> told = new ArrayList<>();
        long bytes = Rsync.copy(source, target, RsyncOnto.EMPTY, 0, told::add);
        assertThat(Tree.describe(target)).isEqualTo(Tree.describe(source));
        assertThat(Tree.links(target)).isEqualTo(Tree.links(source)).hasSize(3);
        assertThat(Tree.allocatedKib(target.resolve("d/sparse"))).isLessThan(1024);
        assertThat(target.resolve("lost+found")).exists();
        assertThat(bytes).isGreaterThan(64 << 20);
        assertThat(told).isSorted().last().isEqualTo(bytes);
    }

    @Test
    void copyOntoSomethingSimilarTrustsNoDate() throws Exception {
        Files.writeString(source.resolve("file"), "one");
        Files.writeString(target.resolve("file"), "two");
        FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(source.resolve("file"), time);
        Files.setLastModifiedTime(target.resolve("file"), time);
        Rsync.copy(source, target, RsyncOnto.SIMILAR, 0, bytes -> {});
        assertThat(target.resolve("file")).hasContent("one");
    }

    private void fillLittle() throws IOException {
        Command.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", target.toString())
                .runOrThrow();
        Files.write(source.resolve("large"), new byte[] {1});
        Command.of(
                        "sh",
                        "-c",
                        "head -c 4000000 /dev/urandom >\"$1\"",
                        "sh",
                        source.resolve("large").toString())
                .runOrThrow();
    }

    @Test
    void fullTargetIsToldWhereItIs() throws Exception {
        fillLittle();
        Wire wire = wire();
        CompletableFuture<RsyncTraffic> receiver =
                aside(() -> Rsync.receive(target, TERMS, wire.atReceiver(), wire.fromReceiver(), bytes -> {}));
        assertThatThrownBy(() -> Rsync.send(source, TERMS, wire.atSender(), wire.fromSender(), bytes -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(receiver::get)
                .hasCauseInstanceOf(RsyncFailed.class)
                .hasMessageContaining("rsync failed with status 11 (error in file I/O)")
                .hasMessageContaining("No space left on device");
        nothingRuns();
        Command.of("umount", target.toString()).runOrThrow();
    }

    @Test
    void fullTargetEndsACopyOnThisMachine() throws Exception {
        fillLittle();
        assertThatThrownBy(() -> Rsync.copy(source, target, RsyncOnto.EMPTY, 0, bytes -> {}))
                .isInstanceOf(RsyncFailed.class)
                .hasMessageContaining("No space left on device")
                .hasMessageNotContaining("\n");
        nothingRuns();
        Command.of("umount", target.toString()).runOrThrow();
    }

    /** A stream that does something once so many bytes have passed. */
    private static final class Tripwire extends FilterOutputStream {
        private final Task atOnce;
        private long left;

        interface Task {
            void run() throws IOException;
        }

        Tripwire(OutputStream out, long bytes, Task atOnce) {
            super(out);
            this.left = bytes;
            this.atOnce = atOnce;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (left > 0 && (left -= length) <= 0) {
                atOnce.run();
            }
        }
    }

    @Test
    void senderWhosePeerDisappearsEnds() throws Exception {
        Tree.make(source);
        Process peer = lxdReceiver(target);
        OutputStream toPeer = new Tripwire(peer.getOutputStream(), 100_000, () -> kill(peer));
        assertThatThrownBy(() -> Rsync.send(source, TERMS, peer.getInputStream(), toPeer, bytes -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("(rsync failed with status|The connection to rsync's peer broke).*");
        nothingRuns();
    }

    @Test
    void receiverWhosePeerDisappearsEnds() throws Exception {
        Tree.make(source);
        Wire wire = wire();
        CompletableFuture<RsyncTraffic> receiver =
                aside(() -> Rsync.receive(target, TERMS, wire.atReceiver(), wire.fromReceiver(), bytes -> {}));
        OutputStream breaking = new Tripwire(wire.fromSender(), 100_000, wire.fromSender()::close);
        assertThatThrownBy(() -> Rsync.send(source, TERMS, wire.atSender(), breaking, bytes -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(receiver::get)
                .hasCauseInstanceOf(RsyncFailed.class)
                .hasMessageContaining("rsync failed with status 12 (error in rsync protocol data stream)");
        nothingRuns();
    }

    @Test
    void nonsenseFromThePeerIsAnError() throws Exception {
        Wire wire = wire();
        CompletableFuture<RsyncTraffic> sender =
                aside(() -> Rsync.send(source, TERMS, wire.atSender(), wire.fromSender(), bytes -> {}));
        wire.fromReceiver().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        wire.fromReceiver().close();
        assertThatThrownBy(sender::get)
                .hasCauseInstanceOf(RsyncFailed.class)
                .hasMessageContaining("protocol version mismatch");
        nothingRuns();
    }

    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final RsyncWatcher CANCELS = bytes -> {
        throw new Cancelled();
    };

    @Test
    void cancelEndsAnEndWhosePeerIsSilent() throws Exception {
        Wire wire = wire();
        assertThatThrownBy(() -> Rsync.send(source, TERMS, wire.atSender(), wire.fromSender(), CANCELS))
                .isInstanceOf(Cancelled.class);
        Wire other = wire();
        assertThatThrownBy(() -> Rsync.receive(target, TERMS, other.atReceiver(), other.fromReceiver(), CANCELS))
                .isInstanceOf(Cancelled.class);
        assertThatThrownBy(() -> Rsync.copy(source, target, RsyncOnto.EMPTY, 0, CANCELS))
                .isInstanceOf(Cancelled.class);
        nothingRuns();
    }

    @Test
    void limitIsRsyncsOwn() {
        assertThat(RsyncCommand.sender(source, new RsyncTerms(Set.of(), 1_500_000)))
                .contains("--bwlimit=1465");
        assertThat(RsyncCommand.copy(source, target, RsyncOnto.EMPTY, 1)).contains("--bwlimit=1");
        assertThat(RsyncCommand.sender(source, TERMS)).noneMatch(argument -> argument.startsWith("--bwlimit"));
    }
}
