package io.stowage.host.fuse;

import io.stowage.host.export.BlockSource;
import io.stowage.system.SystemError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A block source served as a disk image through one FUSE connection, by platform threads of its own.
 * It ends by itself when the kernel has no use for the image any more.
 */
public final class FuseDisk {
    private static final long STACK = 256 * 1024;
    private static final Duration INIT_DEADLINE = Duration.ofSeconds(30);

    private final String name;
    private final BlockSource source;
    private final FuseConnection connection;
    private final long inode;
    private final CompletableFuture<Boolean> initialized = new CompletableFuture<>();
    private final List<FuseWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private FuseDisk(String name, BlockSource source, FuseConnection connection, long inode) {
        this.name = name;
        this.source = source;
        this.connection = connection;
        this.inode = inode;
        for (int i = 0; i < Geometry.THREADS; i++) {
            FuseWorker worker = new FuseWorker(this, connection);
            workers.add(worker);
            threads.add(Thread.ofPlatform()
                    .name("fuse-" + name + "-" + i)
                    .daemon()
                    .stackSize(STACK)
                    .unstarted(worker));
        }
    }

    /** Serves a connection that was just mounted, and waits until the kernel has greeted it. */
    public static FuseDisk begin(String name, BlockSource source, FuseConnection connection, long inode)
            throws IOException {
        FuseDisk disk = new FuseDisk(name, source, connection, inode);
        disk.start();
        try {
            disk.initialized.get(INIT_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            disk.stop(Duration.ZERO);
            throw new IOException("Interrupted while the kernel greeted the FUSE server", e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            disk.stop(Duration.ZERO);
            throw new IOException("The kernel did not greet the FUSE server", e);
        }
        return disk;
    }

    /** Carries on a connection that another server has left, beginning with what that one left unanswered. */
    public static FuseDisk takeOver(String name, BlockSource source, FuseConnection connection, Geometry geometry)
            throws SystemError {
        FuseDisk disk = new FuseDisk(name, source, connection, geometry.inode());
        disk.initialized(geometry.resends());
        connection.resend();
        disk.start();
        return disk;
    }

    private void start() {
        threads.forEach(Thread::start);
    }

    /** What a successor has to know. */
    public Geometry geometry() {
        return new Geometry(inode, initialized.getNow(false));
    }

    public FuseConnection connection() {
        return connection;
    }

    /** The source's size has changed: the kernel asks for it again when it is next needed. */
    public void sizeChanged() throws SystemError {
        connection.forgetAttributes();
    }

    /**
     * Ends serving and leaves requests to a successor. A request in the source's hands is finished if
     * that succeeds within the time; if it fails or lasts longer, it stays unanswered.
     */
    public void stop(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        do {
            workers.forEach(FuseWorker::stop);
        } while (!ended(Duration.ofMillis(20)) && System.nanoTime() < end);
        if (ended(Duration.ZERO)) {
            connection.close();
        } // else: a thread may still answer; the descriptor is left to it
    }

    /** Waits for the end that comes when the kernel has let go of the image. */
    public boolean awaitEnd(Duration patience) {
        boolean ended = ended(patience);
        if (ended) {
            connection.close();
        }
        return ended;
    }

    private boolean ended(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                try {
                    thread.join(Duration.ofNanos(left));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    BlockSource source() {
        return source;
    }

    long inode() {
        return inode;
    }

    void initialized(boolean resends) {
        initialized.complete(resends);
    }

    @Override
    public String toString() {
        return name;
    }
}
