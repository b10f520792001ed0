package io.stowage.host.remote;

import io.stowage.model.Portal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a portal, whatever is spoken over it. Callers' threads send under a lock, a reader receives and
 * never sends. It dies once, by {@link #fail}; the reader then gives the pending commands' buffers back.
 */
public final class Wire {
    private final Portal portal;
    private final SocketChannel channel;
    private final PendingTable<?> pending;
    private final Action flush;

    private final ReentrantLock sending = new ReentrantLock();
    private final AtomicInteger senders = new AtomicInteger();
    private final CountDownLatch buried = new CountDownLatch(1);
    private volatile @Nullable IOException cause; // of death, guarded by this for writing
    private Runnable onDeath = () -> {}; // guarded by this

    /** Something that is done with the connection. */
    public interface Action {
        void run() throws IOException;
    }

    /** What adds PDUs to those that the next flush sends. */
    public interface Addition {
        /** Whether it added what it has to add; false: not now. */
        boolean add() throws IOException;
    }

    /**
     * A connection that lives.
     *
     * @param pending what its death is the end of
     * @param flush writes what was added
     */
    public Wire(Portal portal, SocketChannel channel, PendingTable<?> pending, Action flush) {
        this.portal = portal;
        this.channel = channel;
        this.pending = pending;
        this.flush = flush;
    }

    public boolean alive() {
        return cause == null;
    }

    /** Why it died. */
    public String epitaph() {
        IOException why = cause;
        return why == null ? "alive" : String.valueOf(why.getMessage());
    }

    /**
     * Sends what is added, if it is alive, and dies if that fails. There is one write for the PDUs of all who wait for
     * their turn: the last of them flushes.
     *
     * @return whether it was added
     */
    public boolean send(Addition addition) {
        senders.incrementAndGet();
        sending.lock();
        try {
            return alive() && addition.add();
        } catch (IOException e) {
            fail(e);
            return false;
        } finally {
            flushIfLast();
            sending.unlock();
        }
    }

    private void flushIfLast() {
        if (senders.decrementAndGet() == 0 && alive()) {
            try {
                flush.run();
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /**
     * Ends the connection at once and for ever. What the socket has not sent yet is thrown away (SO_LINGER 0). May be
     * called by any thread, and wakes those that send or receive.
     */
    public void fail(IOException why) {
        Runnable toRun;
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = why;
            toRun = onDeath;
        }
        Sockets.abort(channel);
        pending.close();
        toRun.run();
    }

    /** @param reaction run when it dies, or now if it has died; by any thread, so it must not block */
    public void onDeath(Runnable reaction) {
        synchronized (this) {
            onDeath = reaction;
            if (cause == null) {
                return;
            }
        }
        reaction.run();
    }

    /**
     * Receives until the connection ends, and ends its commands. To be called exactly once.
     *
     * @param takeAll takes PDUs until the portal closes
     */
    public void receive(Action takeAll) {
        try {
            takeAll.run();
            fail(new EOFException("portal " + portal + " closed the connection"));
        } catch (IOException | RuntimeException | Error e) {
            // RuntimeException: nonsense that no codec expects must not end the session's reader
            fail(e instanceof IOException io ? io : new IOException("cannot take what " + portal + " sent: " + e, e));
        } finally {
            bury();
        }
    }

    /**
     * Ends the commands when nobody touches their buffers any more: the reader doesn't, as it is here, and senders leave,
     * as the channel is closed. Never left to a thread that may wait for a command itself.
     */
    private void bury() {
        sending.lock();
        sending.unlock();
        pending.loseAll();
        buried.countDown();
    }

    /** After {@link #fail}: waits until the reader has given the commands back. */
    public void awaitBurial() {
        Interruptions.awaitFully(buried);
    }
}
