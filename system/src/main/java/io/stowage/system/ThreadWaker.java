package io.stowage.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gets a thread out of a system call: the call then fails with EINTR. For calls that Java can't
 * interrupt, made through {@link Libc}.
 *
 * <p>It sends a real-time signal to that one thread. The signal's handler is libc's abs(3), which
 * does nothing, and it is installed without SA_RESTART, so that the call is not begun again.
 */
public final class ThreadWaker {
    private static final int SIGNAL =
            40; // SIGRTMIN is 34; glibc keeps 32 and 33, the JDK's channels use 62 (SIGRTMAX - 2)
    private static final int SIGACTION_SIZE =
            152; // bits/sigaction.h, 64 bit: handler 8, mask 128, flags 4 (+4), restorer 8

    private static final MethodHandle GETTID = handle("gettid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    private static final MethodHandle TGKILL = handle(
            "tgkill",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    static {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle sigaction = handle(
                    "sigaction",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment action = arena.allocate(SIGACTION_SIZE, 8);
            action.set(
                    ValueLayout.ADDRESS,
                    0,
                    Linker.nativeLinker().defaultLookup().findOrThrow("abs"));
            int result = (int) sigaction.invokeExact(SIGNAL, action, MemorySegment.NULL);
            if (result != 0) {
                throw new AssertionError("sigaction " + SIGNAL);
            }
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int pid = (int) ProcessHandle.current().pid();
    private final int tid;

    private ThreadWaker(int tid) {
        this.tid = tid;
    }

    /** The waker of the calling platform thread. */
    public static ThreadWaker ofThisThread() {
        try {
            return new ThreadWaker((int) GETTID.invokeExact());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Interrupts the system call the thread is in now. One that it is about to begin is not: set a
     * flag first that the thread looks at, and repeat this until the thread has answered.
     */
    public void wake() {
        try {
            int ignored = (int) TGKILL.invokeExact(pid, tid, SIGNAL);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
