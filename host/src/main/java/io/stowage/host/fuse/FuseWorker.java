package io.stowage.host.fuse;

import io.stowage.system.Errno;
import io.stowage.system.IoFlusher;
import io.stowage.system.Libc;
import io.stowage.system.ThreadWaker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One thread that reads requests of a disk and answers each before it reads the next. The kernel
 * wakes one reader per request. All the memory it needs is there, touched, before the first request.
 */
final class FuseWorker implements Runnable {
    private static final System.Logger LOG = System.getLogger(FuseWorker.class.getName());

    private final FuseDisk disk;
    private final FuseConnection connection;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(Geometry.BUFFER).order(ByteOrder.nativeOrder()); // zeroed, so touched
    private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
    private final FuseReplies replies;
    private volatile boolean stopping;
    private volatile @Nullable ThreadWaker waker;

    FuseWorker(FuseDisk disk, FuseConnection connection) {
        this.disk = disk;
        this.connection = connection;
        this.replies = new FuseReplies(disk, buffer);
    }

    @Override
    public void run() {
        IoFlusher.mark();
        waker = ThreadWaker.ofThisThread();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.newCallState(arena);
            while (!stopping && serveOne(state)) {}
        } finally {
            waker = null;
        }
    }

    /** Lets the thread end before its next request; to be repeated until it has ended. */
    void stop() {
        stopping = true;
        ThreadWaker thread = waker;
        if (thread != null) {
            thread.wake();
        }
    }

    private boolean serveOne(MemorySegment state) {
        long length = Libc.readRaw(state, connection.descriptor(), memory, Geometry.BUFFER);
        if (length < FuseWire.In.SIZE) {
            return goesOnAfter(-length);
        }
        int reply;
        try {
            reply = replies.answer();
        } catch (IOException | RuntimeException | Error e) {
            // Error, such as no memory: whatever happens, a request without an answer would wait for ever
            if (stopping) {
                return false; // unanswered: the successor is handed the request again
            }
            LOG.log(System.Logger.Level.WARNING, "I/O error on " + disk + ": " + e, e);
            reply = replies.fail(Errno.EIO);
        }
        if (reply != FuseReplies.NONE) {
            long written = Libc.writeRaw(state, connection.descriptor(), memory, reply);
            if (written < 0 && FuseConnection.gone(-written)) {
                return false;
            }
        }
        return true;
    }

    // fuse_dev_do_read: ENOENT and EAGAIN when a request went away, EINTR when woken, ENODEV at the end.
    private static boolean goesOnAfter(long errno) {
        if (errno == Errno.EINTR || errno == Errno.EAGAIN || errno == Errno.ENOENT) {
            return true;
        }
        if (!FuseConnection.gone(errno)) {
            LOG.log(System.Logger.Level.ERROR, "Reading /dev/fuse failed: " + Errno.describe((int) errno));
        }
        return false;
    }
}
