package io.stowage.system;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * The calls of libc that we need, each with the arguments of its manual page. A failure is a {@link
 * SystemError}. The calls leave the Java world while they run, so a call that waits for long never
 * holds up the garbage collector (none of them is linked as critical).
 *
 * <p>The raw calls, which return the negative errno instead of throwing, are for data paths.
 */
public final class Libc {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_DIRECT = 0x4000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_PATH = 0x200000;

    public static final int MNT_FORCE = 1;
    public static final int MNT_DETACH = 2;

    public static final int FALLOC_FL_KEEP_SIZE = 1;
    public static final int FALLOC_FL_PUNCH_HOLE = 2;
    public static final int FALLOC_FL_ZERO_RANGE = 0x10;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(POINTER, INT));
    private static final MethodHandle OPEN = variadic("open", 2, FunctionDescriptor.of(INT, POINTER, INT, INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle DUP = call("dup", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle FCNTL = variadic("fcntl", 2, FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle READ = call("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle WRITE = call("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle PREAD = call("pread", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle PWRITE = call("pwrite", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle FSYNC = call("fsync", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle FALLOCATE = call("fallocate", FunctionDescriptor.of(INT, INT, INT, LONG, LONG));
    private static final MethodHandle IOCTL = variadic("ioctl", 2, FunctionDescriptor.of(INT, INT, LONG, POINTER));
    private static final MethodHandle IOCTL_LONG = variadic("ioctl", 2, FunctionDescriptor.of(INT, INT, LONG, LONG));
    private static final MethodHandle MOUNT =
            call("mount", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, LONG, POINTER));
    private static final MethodHandle UMOUNT = call("umount2", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle PRCTL =
            variadic("prctl", 1, FunctionDescriptor.of(INT, INT, LONG, LONG, LONG, LONG));
    private static final MethodHandle KILL = call("kill", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle SYSCALL =
            variadic("syscall", 1, FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG));
    private static final MethodHandle SOCKET = call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle SENDTO =
            call("sendto", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT, POINTER, INT));
    private static final MethodHandle SETSID = call("setsid", FunctionDescriptor.of(INT));

    private Libc() {}

    /** A buffer that receives errno; one per thread and never shared. */
    static MemorySegment callState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    /** open(2), always close-on-exec. Returns the descriptor. */
    public static int open(Path path, int flags) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int fd = (int) OPEN.invokeExact(state, text(arena, path), flags | O_CLOEXEC, 0600);
            return check("open " + path, fd, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** close(2); errors have no remedy and are ignored. */
    public static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(callState(arena), fd);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** read(2): the number of bytes, 0 at the end, or the negative errno. */
    public static long readRaw(MemorySegment state, int fd, MemorySegment buffer, long length) {
        try {
            long n = (long) READ.invokeExact(state, fd, buffer, length);
            return n >= 0 ? n : -(int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** write(2): the number of bytes, or the negative errno. */
    public static long writeRaw(MemorySegment state, int fd, MemorySegment buffer, long length) {
        try {
            long n = (long) WRITE.invokeExact(state, fd, buffer, length);
            return n >= 0 ? n : -(int) ERRNO.get(state, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** pread(2): the number of bytes, 0 at the end. */
    public static long pread(int fd, MemorySegment buffer, long offset) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            long n;
            do {
                n = (long) PREAD.invokeExact(state, fd, buffer, buffer.byteSize(), offset);
            } while (n < 0 && (int) ERRNO.get(state, 0L) == Errno.EINTR);
            return n >= 0 ? n : check("pread", -1, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** pwrite(2): the number of bytes. */
    public static long pwrite(int fd, MemorySegment buffer, long offset) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            long n;
            do {
                n = (long) PWRITE.invokeExact(state, fd, buffer, buffer.byteSize(), offset);
            } while (n < 0 && (int) ERRNO.get(state, 0L) == Errno.EINTR);
            return n >= 0 ? n : check("pwrite", -1, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** fsync(2). */
    public static void fsync(int fd) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            check("fsync", (int) FSYNC.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** A place for errno, to be given to the raw calls; confined to one thread at a time. */
    public static MemorySegment newCallState(Arena arena) {
        return callState(arena);
    }

    /** fallocate(2). */
    public static void fallocate(int fd, int mode, long offset, long length) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r;
            do {
                r = (int) FALLOCATE.invokeExact(state, fd, mode, offset, length);
            } while (r < 0 && (int) ERRNO.get(state, 0L) == Errno.EINTR);
            check("fallocate", r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** ioctl(2) whose argument is a pointer. */
    public static int ioctl(int fd, long request, MemorySegment argument) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) IOCTL.invokeExact(state, fd, request, argument);
            return check("ioctl 0x" + Long.toHexString(request), r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** ioctl(2) whose argument is a number. */
    public static int ioctl(int fd, long request, long argument) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) IOCTL_LONG.invokeExact(state, fd, request, argument);
            return check("ioctl 0x" + Long.toHexString(request), r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** mount(2). */
    public static void mount(String source, Path target, String type, long flags, String data) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) MOUNT.invokeExact(
                    state,
                    arena.allocateFrom(source),
                    text(arena, target),
                    arena.allocateFrom(type),
                    flags,
                    arena.allocateFrom(data));
            check("mount " + type + " on " + target, r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** umount2(2). */
    public static void unmount(Path target, int flags) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) UMOUNT.invokeExact(state, text(arena, target), flags);
            check("umount " + target, r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** prctl(2) with one argument. */
    public static void prctl(int option, long argument) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) PRCTL.invokeExact(state, option, argument, 0L, 0L, 0L);
            check("prctl " + option, r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** kill(2). */
    public static void kill(int pid, int signal) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) KILL.invokeExact(state, pid, signal);
            check("kill " + pid, r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** setsid(2): a session of our own, away from the starter's terminal and its signals. */
    public static void setsid() throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) SETSID.invokeExact(state);
            check("setsid", r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** dup(2) with close-on-exec. */
    static int duplicate(int fd) throws SystemError {
        int fDupfdCloexec = 1030;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) FCNTL.invokeExact(state, fd, fDupfdCloexec, 3);
            return check("fcntl F_DUPFD_CLOEXEC", r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static long syscall(String name, long number, long a, long b, long c) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            long r = (long) SYSCALL.invokeExact(state, number, a, b, c);
            if (r < 0) {
                throw new SystemError(name, (int) ERRNO.get(state, 0L));
            }
            return r;
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static int socket(int domain, int type, int protocol) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            int r = (int) SOCKET.invokeExact(state, domain, type, protocol);
            return check("socket", r, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void sendTo(int fd, byte[] message, byte[] address) throws SystemError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = callState(arena);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            MemorySegment to = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
            long n = (long) SENDTO.invokeExact(state, fd, data, (long) message.length, 0, to, address.length);
            check("sendto", (int) n, state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static String errorText(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MemorySegment text(Arena arena, Path path) {
        return arena.allocateFrom(path.toString());
    }

    private static int check(String what, int result, MemorySegment state) throws SystemError {
        if (result < 0) {
            throw new SystemError(what, (int) ERRNO.get(state, 0L));
        }
        return result;
    }

    private static SystemError rethrow(Throwable e) {
        return switch (e) {
            case SystemError error -> error;
            case RuntimeException error -> throw error;
            case Error error -> throw error;
            default -> throw new AssertionError(e);
        };
    }

    private static MethodHandle plain(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
    }

    private static MethodHandle call(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, CAPTURE);
    }

    private static MethodHandle variadic(String name, int fixed, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), type, CAPTURE, Linker.Option.firstVariadicArg(fixed));
    }
}
