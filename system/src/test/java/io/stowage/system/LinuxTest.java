package io.stowage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls past the JDK, against the kernel we run on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxTest {
    @TempDir
    Path folder;

    @Test
    void aHoleReadsAsZeroesAndTakesNoSpace() throws IOException {
        Path path = folder.resolve("sparse");
        byte[] ones = new byte[1 << 20];
        java.util.Arrays.fill(ones, (byte) 1);
        Files.write(path, ones);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        long before = blocks(path);
        try (SparseFile file = SparseFile.open(path)) {
            file.punchHole(4096, 512 * 1024);
            file.punchHole(0, 0);
        }
        byte[] now = Files.readAllBytes(path);
        assertThat(now).hasSize(1 << 20);
        assertThat(now[4095]).isEqualTo((byte) 1);
        assertThat(now[4096]).isZero();
        assertThat(now[4096 + 512 * 1024 - 1]).isZero();
        assertThat(now[4096 + 512 * 1024]).isEqualTo((byte) 1);
        assertThat(blocks(path)).isLessThan(before);
    }

    private static long blocks(Path path) throws CommandFailed {
        return Long.parseLong(Command.of("stat", "--format", "%b", path.toString())
                .runOrThrow()
                .output()
                .strip());
    }

    @Test
    void anErrorCarriesErrnoAndWords() {
        assertThatThrownBy(() -> SparseFile.open(folder.resolve("absent")))
                .isInstanceOf(SystemError.class)
                .hasMessageContaining("No such file or directory")
                .satisfies(e -> assertThat(((SystemError) e).errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void aDescriptorOfAnotherProcessIsFetched() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "theirs");
        Process other =
                new ProcessBuilder("sh", "-c", "exec 9<\"$1\"; echo open; read end", "sh", file.toString()).start();
        try (Arena arena = Arena.ofConfined()) {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            int own = ForeignDescriptor.fetch(other.pid(), 9);
            other.destroyForcibly();
            other.waitFor();
            MemorySegment buffer = arena.allocate(16);
            long n = Libc.readRaw(Libc.newCallState(arena), own, buffer, 16);
            Libc.close(own);
            assertThat(n).isEqualTo(6);
            assertThat(buffer.getString(0)).isEqualTo("theirs");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aThreadIsWokenOutOfARead() throws Exception {
        Path fifo = folder.resolve("fifo");
        Command.of("mkfifo", fifo.toString()).runOrThrow();
        int fd = Libc.open(fifo, Libc.O_RDWR); // with a writer, so that the read waits
        CompletableFuture<ThreadWaker> waker = new CompletableFuture<>();
        CompletableFuture<Long> outcome = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().daemon().start(() -> {
            try (Arena arena = Arena.ofConfined()) {
                waker.complete(ThreadWaker.ofThisThread());
                outcome.complete(Libc.readRaw(Libc.newCallState(arena), fd, arena.allocate(16), 16));
            }
        });
        while (!outcome.isDone()) {
            waker.get(60, TimeUnit.SECONDS).wake();
            reader.join(10);
        }
        assertThat(outcome.join()).isEqualTo(-Errno.EINTR);
        Libc.close(fd);
    }

    @Test
    void aSignalRunsItsAction() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        Signals.on("PWR", came::countDown);
        Libc.kill((int) ProcessHandle.current().pid(), 30); // SIGPWR, signal(7)
        assertThat(came.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void systemdIsToldWhenItAsks() throws Exception {
        Path socket = folder.resolve("notify");
        Path received = folder.resolve("received");
        String script = "import socket,sys\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
                + "s.bind(sys.argv[1])\nprint('bound',flush=True)\nopen(sys.argv[2],'wb').write(s.recv(100))";
        Optional<Path> python = Command.find("python3");
        org.junit.jupiter.api.Assumptions.assumeTrue(python.isPresent(), "a datagram socket to listen on");
        Process listener = new ProcessBuilder(
                        python.orElseThrow().toString(), "-c", script, socket.toString(), received.toString())
                .start();
        try {
            assertThat(listener.inputReader().readLine()).isEqualTo("bound");
            new ServiceNotifier(Optional.of(socket.toString())).ready();
            assertThat(listener.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(received).hasContent("READY=1");
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void nobodyIsToldWhenNobodyAsks() throws IOException {
        new ServiceNotifier(Optional.empty()).ready();
    }

    @Test
    void capabilitiesAreThoseTheKernelLists() throws IOException {
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .findFirst()
                .orElseThrow()
                .substring("CapEff:".length())
                .strip();
        assertThat(Capability.SYS_RESOURCE.held()).isEqualTo((Long.parseUnsignedLong(mask, 16) & 1L << 24) != 0);
    }

    @Test
    void askingToBeAnIoFlusherNeverFails() {
        IoFlusher.mark();
    }
}
