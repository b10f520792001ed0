package io.stowage.host.fuse;

import io.stowage.system.Errno;
import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One open /dev/fuse, which is one file system. It lives as long as some process has it open: after
 * the last close the kernel answers all its I/O with an error.
 */
public final class FuseConnection {
    private static final Path DEVICE = Path.of("/dev/fuse");

    /** Of a connection that was adopted; no file system has it. */
    private static final int UNKNOWN = 0;

    private final int descriptor;
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FuseConnection(int descriptor, int number) {
        this.descriptor = descriptor;
        this.number = number;
    }

    /**
     * Mounts a new file system on an existing regular file: as the root is said to be a regular file
     * too (rootmode), the file is the disk image from then on.
     */
    public static FuseConnection mount(Path file) throws IOException {
        int fd = Libc.open(DEVICE, Libc.O_RDWR);
        boolean mounted = false;
        try {
            Libc.mount(
                    "stowage",
                    file,
                    "fuse.stowage",
                    0,
                    "fd=" + fd + ",rootmode=100600,user_id=0,group_id=0,allow_other");
            mounted = true;
            return new FuseConnection(fd, FuseControl.numberOf(file));
        } catch (IOException e) {
            if (mounted) {
                Libc.unmount(file, Libc.MNT_DETACH);
            }
            Libc.close(fd);
            throw e;
        }
    }

    /** Goes on with a descriptor that another process has served before. */
    public static FuseConnection adopt(int descriptor) {
        return new FuseConnection(descriptor, UNKNOWN);
    }

    /** The number of the descriptor in this process. */
    public int descriptor() {
        return descriptor;
    }

    /** Its number for {@link FuseControl#abort}, if it was mounted by this process. */
    public int number() {
        if (number == UNKNOWN) {
            throw new IllegalStateException("Only who has mounted it knows its number");
        }
        return number;
    }

    /**
     * Asks the kernel to hand out again what was read and never answered. To be called before a new
     * server reads its first request.
     */
    void resend() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            notify(arena, FuseWire.Notify.RESEND, arena.allocate(FuseWire.Out.SIZE, 8));
        }
    }

    /** Makes the kernel forget the attributes of the image, its size among them. */
    void forgetAttributes() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            // struct fuse_notify_inval_inode_out: inode, offset, length; a negative offset means attributes only.
            MemorySegment message = arena.allocate(FuseWire.Out.SIZE + 24, 8);
            message.set(ValueLayout.JAVA_LONG, FuseWire.Out.SIZE, FuseWire.ROOT);
            message.set(ValueLayout.JAVA_LONG, FuseWire.Out.SIZE + 8, -1);
            notify(arena, FuseWire.Notify.INVAL_INODE, message);
        }
    }

    private void notify(Arena arena, int code, MemorySegment message) throws SystemError {
        message.set(ValueLayout.JAVA_INT, FuseWire.Out.LENGTH, (int) message.byteSize());
        message.set(ValueLayout.JAVA_INT, FuseWire.Out.ERROR, code);
        message.set(ValueLayout.JAVA_LONG, FuseWire.Out.UNIQUE, 0);
        long n = Libc.writeRaw(Libc.newCallState(arena), descriptor, message, message.byteSize());
        if (n < 0) {
            throw SystemError.of("FUSE notification " + code, (int) -n);
        }
    }

    /** Whether an errno of a read tells that the file system is gone. */
    static boolean gone(long errno) {
        return errno == Errno.ENODEV || errno == Errno.EBADF || errno == Errno.ECONNABORTED;
    }

    /** Lets go of the descriptor; the file system goes on while others hold it. Repeatable. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.close(descriptor);
        }
    }
}
