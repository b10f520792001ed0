package io.stowage.host.holder;

import io.stowage.system.ForeignDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server's link to its holder. The holder is started when there is first something to hold, and
 * started anew, with everything that was held, when it dies under a living server. While the link
 * is open the holder's time does not run. Thread-safe.
 */
public final class HolderLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HolderLink.class.getName());

    private final HolderFiles files;
    private final Duration timeout;
    private final String classPath;
    private final ReentrantLock lock = new ReentrantLock();
    /** What the holder was asked for under each key, for another holder. */
    private final Map<String, String> ours = new LinkedHashMap<>();

    private @Nullable Connection connection;
    private boolean closed;

    /**
     * A link that works.
     *
     * @param watched a second connection on which nothing is ever said: its end tells that the holder died
     * @param pid the holder's process
     */
    private record Connection(SocketChannel channel, BufferedReader answers, SocketChannel watched, long pid) {
        void close() throws IOException {
            channel.close();
            watched.close();
        }
    }

    private HolderLink(HolderFiles files, Duration timeout, String classPath) {
        this.files = files;
        this.timeout = timeout;
        this.classPath = classPath;
    }

    /**
     * Links up with the holder that an earlier server of this folder left, if there is one.
     *
     * @param timeout how long the holder waits for a successor when this link has ended
     * @param classPath for a holder to be started
     */
    public static HolderLink open(Path folder, Duration timeout, String classPath) {
        HolderLink link = new HolderLink(new HolderFiles(folder.toAbsolutePath()), timeout, classPath);
        try {
            link.connect();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "No holder in " + folder + ": " + e.getMessage());
        }
        return link;
    }

    /** Has the holder keep a descriptor of this process open, under this key. */
    public void hold(String key, int descriptor) throws IOException {
        place(key, holding(key, descriptor));
    }

    /** Has the holder abort a FUSE connection when this process dies, instead of holding what is under this key. */
    public void guard(String key, int connectionNumber) throws IOException {
        place(key, "guard %s %d %d".formatted(key, ProcessHandle.current().pid(), connectionNumber));
    }

    private static String holding(String key, int descriptor) {
        return "hold %s %d %d".formatted(key, ProcessHandle.current().pid(), descriptor);
    }

    private void place(String key, String request) throws IOException {
        lock.lock();
        try {
            ours.put(key, request);
            if (connection != null) {
                try {
                    tell(request);
                    return;
                } catch (IOException e) {
                    disconnect();
                }
            }
            relink();
            tell(request);
        } finally {
            lock.unlock();
        }
    }

    /** Fetches what is held under the key, as a descriptor of this process. */
    public Optional<Integer> fetch(String key) throws IOException {
        lock.lock();
        try {
            Connection to = connection;
            Integer there = to == null ? null : list(to).get(key);
            if (to == null || there == null) {
                return Optional.empty();
            }
            int own = ForeignDescriptor.fetch(to.pid(), there);
            ours.put(key, holding(key, own));
            return Optional.of(own);
        } finally {
            lock.unlock();
        }
    }

    /** Has the holder let go. Unknown keys are fine. */
    public void release(String key) throws IOException {
        lock.lock();
        try {
            ours.remove(key);
            Connection to = connection;
            if (to != null) {
                ask(to, "release " + key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The holder's process id, when there is a holder. */
    public Optional<Long> pid() {
        lock.lock();
        try {
            return Optional.ofNullable(connection).map(Connection::pid);
        } finally {
            lock.unlock();
        }
    }

    /** Leaves everything to the holder, whose time begins to run; one that holds nothing ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            lock.unlock();
        }
    }

    private void relink() throws IOException {
        try {
            connect();
        } catch (IOException e) {
            HolderProcess.start(files, classPath);
            connect();
        }
        for (String each : ours.values()) {
            try {
                tell(each);
            } catch (IOException e) {
                // A device that has just ended; one that lives is missed at its next restart only.
                LOG.log(System.Logger.Level.DEBUG, "Refused: " + each, e);
            }
        }
    }

    private void tell(String request) throws IOException {
        Connection to = connection;
        if (to == null) {
            throw new IOException("No holder");
        }
        ask(to, request);
    }

    private void connect() throws IOException {
        Connection made = dial();
        connection = made;
        Thread.ofPlatform().name("holder-watch").daemon().start(() -> watch(made));
    }

    private Connection dial() throws IOException {
        SocketChannel channel = SocketChannel.open(files.address());
        SocketChannel watched = channel;
        try {
            watched = SocketChannel.open(files.address());
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            String pid = ask(channel, answers, "timeout " + timeout.toSeconds());
            return new Connection(channel, answers, watched, Long.parseLong(pid));
        } catch (IOException | NumberFormatException e) {
            channel.close();
            watched.close();
            throw e;
        }
    }

    private void watch(Connection made) {
        try {
            while (made.watched().read(ByteBuffer.allocate(16)) >= 0) {}
        } catch (IOException e) {
            // ended all the same
        }
        lock.lock();
        try {
            if (closed || connection != made) {
                return;
            }
            disconnect();
            if (!ours.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "The holder of descriptors has died; starting another");
                relink();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "Devices would not survive a restart of the server: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        Connection from = connection;
        connection = null;
        if (from != null) {
            try {
                from.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "Closing the link to the holder", e);
            }
        }
    }

    private static Map<String, Integer> list(Connection to) throws IOException {
        Map<String, Integer> held = new LinkedHashMap<>();
        for (String each : ask(to, "list").split(" ", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                held.put(each.substring(0, equals), Integer.valueOf(each.substring(equals + 1)));
            }
        }
        return held;
    }

    private static String ask(Connection to, String request) throws IOException {
        return ask(to.channel(), to.answers(), request);
    }

    private static String ask(SocketChannel channel, BufferedReader answers, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The holder of descriptors has gone");
        }
        if (!answer.startsWith("ok")) {
            throw new IOException("The holder of descriptors refused: " + answer);
        }
        return answer.substring(2).strip();
    }
}
