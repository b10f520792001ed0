package io.stowage.host.nvme;

import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.Interruptions;
import io.stowage.host.remote.Link;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.model.Portal;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.ControllerStatus;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.identify.NamespaceList;
import io.stowage.nvme.log.LogPage;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A controller of ours: an admin queue and I/O queues. When it dies the I/O queues go at once, and the admin queue, if it
 * lives, is used to reset the controller, which then vouches that nothing of the I/O queues will be carried out any more.
 */
final class Controller implements Link {
    private static final System.Logger LOG = System.getLogger(Controller.class.getName());
    private static final Duration RESET = Duration.ofSeconds(3);
    private static final long RESET_POLL_MILLIS = 20;

    private static final int EVENT_NOTICE = 2;
    private static final int ACCESS_CHANGED = 3;
    private static final int ALL_CHANGED = 0xFFFF_FFFF;
    private static final int SHORT_PAGE = 512;

    private final Portal portal;
    private final ControllerFacts facts;
    private final Queue adminQueue;
    private final Admin admin;
    private final List<Queue> io;
    private final NvmeOptions options;
    private final InitiatorOptions general;
    private final Runnable onChange;

    private @Nullable NvmeCommand event; // the keeper's
    private @Nullable NvmeCommand beat; // the watch's
    private long beatAt = System.nanoTime(); // the watch's
    private volatile boolean unreachable;
    private volatile @Nullable IOException cause; // of death, guarded by this for writing

    /** @param onChange called when it dies or wants to be tended; must not block */
    Controller(
            Portal portal,
            ControllerFacts facts,
            Queue adminQueue,
            List<Queue> io,
            NvmeOptions options,
            InitiatorOptions general,
            Runnable onChange) {
        this.portal = portal;
        this.facts = facts;
        this.adminQueue = adminQueue;
        this.admin = Admin.beside(adminQueue);
        this.io = List.copyOf(io);
        this.options = options;
        this.general = general;
        this.onChange = onChange;
        adminQueue
                .wire()
                .onDeath(() -> fail(new IOException(
                        "the admin queue ended: " + adminQueue.wire().epitaph())));
        io.forEach(queue -> queue.wire()
                .onDeath(() -> fail(
                        new IOException("an I/O queue ended: " + queue.wire().epitaph()))));
    }

    Portal portal() {
        return portal;
    }

    ControllerFacts facts() {
        return facts;
    }

    InitiatorOptions general() {
        return general;
    }

    /** Whether it was left because namespaces can't be reached through its portal. */
    boolean isUnreachable() {
        return unreachable;
    }

    @Override
    public boolean alive() {
        return cause == null;
    }

    @Override
    public String epitaph() {
        IOException why = cause;
        return why == null ? "alive" : String.valueOf(why.getMessage());
    }

    @Override
    public ProvenUnit examine(int unit, ExpectedIdentity expected) throws IOException {
        return new Examination(this, unit).of(expected);
    }

    /** Carries an admin command out; whether it was answered. */
    boolean runAdmin(NvmeCommand command) {
        return alive() && adminQueue.run(command) && reaches(command.status());
    }

    /** Carries an I/O command out through one of the queues; whether it was answered, by one who can reach the unit. */
    boolean run(NvmeCommand command) {
        Queue queue = io.get((int) (Thread.currentThread().threadId() % io.size()));
        return queue.run(command) && reaches(command.status());
    }

    /** A status about the path ends the link, so that another one is tried; the command is as good as lost. */
    private boolean reaches(Status status) {
        if (!NvmeVerdict.isAboutPath(status)) {
            return true;
        }
        leave("namespaces can't be reached through portal %s: %s".formatted(portal, status));
        return false;
    }

    private void leave(String why) {
        unreachable = true;
        fail(new IOException(why));
    }

    /** Takes the events that have come, and sees to it that one may come at any time. */
    @Override
    public void tend(IntConsumer changed) {
        NvmeCommand last = event;
        if (last == null) {
            awaitEvent();
        } else if (last.hasEnded() && alive()) {
            adminQueue.leave(last);
            if (!last.isAnswered() || !last.status().isSuccess()) {
                return; // the controller takes none: changes are seen when commands fail
            }
            try {
                take((int) last.result(), changed);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Event of {0}: {1}", portal, e.getMessage());
            }
            awaitEvent();
        }
    }

    private void awaitEvent() {
        NvmeCommand next = NvmeCommand.patient(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST), onChange);
        event = next;
        adminQueue.start(next);
    }

    /** Reading an event's log page lets the next of its kind through. Base 2.0, section 5.2 and figure 146. */
    private void take(int dword, IntConsumer changed) throws IOException {
        int type = dword & 7;
        int information = dword >>> 8 & 0xFF;
        int page = dword >>> 16 & 0xFF;
        if (page == LogPage.CHANGED_NAMESPACES) {
            for (int namespace : NamespaceList.parse(admin.log(page, false, 0, NamespaceList.BYTES))) {
                changed.accept(namespace == ALL_CHANGED ? ALL_UNITS : namespace);
            }
        } else if (page == LogPage.ACCESS && type == EVENT_NOTICE && information == ACCESS_CHANGED) {
            if (Access.ask(admin) == Access.NONE) {
                leave("namespaces can't be reached through portal " + portal + " any more");
            }
        } else if (page != 0) {
            admin.log(page, false, 0, SHORT_PAGE);
        }
    }

    /** A controller that is left for its path ends at once, so there is nothing to be dismissed from. */
    @Override
    public boolean isDismissed() {
        return false;
    }

    /** The end that {@link #bury} agrees on. */
    @Override
    public boolean farewell(Duration patience) {
        fail(new EOFException("it was left"));
        return false;
    }

    @Override
    public Optional<String> heartbeat() {
        long now = System.nanoTime();
        NvmeCommand last = beat;
        if (last != null && !last.hasEnded()) {
            if (now - beatAt > options.keepAlive().toNanos()) {
                return Optional.of("no answer for " + options.keepAlive().toMillis() + " ms");
            }
        } else if (now - beatAt >= options.keepAlive().toNanos() / 2) {
            if (last != null) {
                adminQueue.leave(last);
            }
            NvmeCommand next = NvmeCommand.withoutData(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE));
            beat = next;
            beatAt = now;
            adminQueue.start(next);
        }
        if (adminQueue.owesAnswerSince(general.commandTimeout())
                || io.stream().anyMatch(queue -> queue.owesAnswerSince(general.commandTimeout()))) {
            return Optional.of(
                    "a command was not answered for " + general.commandTimeout().toSeconds() + " seconds");
        }
        return Optional.empty();
    }

    @Override
    public void fail(IOException why) {
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = why;
        }
        io.forEach(queue -> queue.wire().fail(why));
        onChange.run();
    }

    @Override
    public boolean bury() {
        io.forEach(queue -> queue.wire().awaitBurial());
        boolean quiet = reset();
        adminQueue.wire().fail(new EOFException("the controller has ended"));
        adminQueue.wire().awaitBurial();
        return quiet;
    }

    /** Clearing CC.EN ends all I/O queues; RDY is cleared when that is done. Base 2.0, section 3.7.2. */
    private boolean reset() {
        long end = System.nanoTime() + RESET.toNanos();
        SubmissionEntry disable = new SubmissionEntry();
        Property.set(disable, Property.CC, Configuration.USUAL.value());
        NvmeCommand command = NvmeCommand.withoutData(disable);
        if (!adminQueue.run(command, RESET) || !command.status().isSuccess()) {
            return false;
        }
        while (end - System.nanoTime() > 0) {
            SubmissionEntry ask = new SubmissionEntry();
            Property.get(ask, false, Property.CSTS);
            NvmeCommand status = NvmeCommand.withoutData(ask);
            if (!adminQueue.run(status, RESET) || !status.status().isSuccess()) {
                return false;
            }
            if (!new ControllerStatus((int) status.result()).isReady()) {
                return true;
            }
            pause(RESET_POLL_MILLIS);
        }
        return false;
    }

    private synchronized void pause(long millis) {
        Interruptions.waitOn(this, millis);
    }

    /** The first reader serves the admin queue. */
    @Override
    public void receive(int reader) {
        if (reader == 0) {
            adminQueue.receive();
        } else if (reader <= io.size()) {
            io.get(reader - 1).receive();
        }
    }
}
