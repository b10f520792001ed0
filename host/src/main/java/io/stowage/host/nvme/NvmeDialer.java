package io.stowage.host.nvme;

import io.stowage.host.remote.Attempt;
import io.stowage.host.remote.Dialer;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.Link;
import io.stowage.host.remote.RemoteError;
import io.stowage.model.Portal;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.identify.Cns;
import io.stowage.nvme.identify.ControllerList;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gets a controller of one subsystem after the other, and lets nobody use one before the last one has ended: see the
 * package's documentation.
 */
final class NvmeDialer implements Dialer {
    private static final System.Logger LOG = System.getLogger(NvmeDialer.class.getName());

    private static final int NUMBER_OF_QUEUES = 0x07;
    private static final int EVENT_CONFIGURATION = 0x0B;
    /** Namespace attributes and asymmetric access. */
    private static final int WANTED_EVENTS = 1 << 8 | 1 << 11;

    private static final long FENCE_POLL_MILLIS = 100;
    /** How long a portal that was bad comes after the others. */
    private static final Duration GRUDGE = Duration.ofSeconds(30);

    /** What is known against a portal. */
    private record Trouble(Access access, long since) {
        boolean counts() {
            return System.nanoTime() - since < GRUDGE.toNanos();
        }
    }

    private final HostIdentity host;
    private final String subsystem;
    private final ControllerFile file;
    private final NvmeOptions options;
    private final InitiatorOptions general;
    private final Map<Portal, Trouble> troubles = new HashMap<>();
    private List<Portal> known = List.of();
    private @Nullable Controller last;
    /** Since when nothing is sent to the controller that was last in use. */
    private long silentSince = System.nanoTime();

    NvmeDialer(
            HostIdentity host, String subsystem, ControllerFile file, NvmeOptions options, InitiatorOptions general) {
        this.host = host;
        this.subsystem = subsystem;
        this.file = file;
        this.options = options;
        this.general = general;
    }

    @Override
    public String protocol() {
        return "nvme";
    }

    @Override
    public int readers() {
        return 1 + options.queues();
    }

    /** All of them, the best first: the fence is in {@link #dial}. */
    @Override
    public List<Portal> candidates(List<Portal> portals) {
        known = portals;
        return portals.stream().sorted(Comparator.comparing(this::access)).toList();
    }

    private Access access(Portal portal) {
        Trouble trouble = troubles.get(portal);
        return trouble != null && trouble.counts() ? trouble.access() : Access.OPTIMIZED;
    }

    @Override
    public Link dial(Portal portal, Attempt attempt, Runnable onChange) throws IOException {
        Arrival arrival = new Arrival(host, subsystem, portal, attempt, options, general, options.keepAlive());
        ControllerFacts facts = arrival.facts();
        listen(arrival.admin(), facts);
        if (facts.reportsAccess()) {
            choose(portal, Access.ask(arrival.admin()));
        }
        awaitEndOfLast(arrival);
        List<Queue> queues = arrival.connectQueues(grantedQueues(arrival.admin()), facts);
        // Noted before the first command, as nobody may be there to note it afterwards.
        file.use(new ControllerFile.Used(facts.id(), facts.mayLive(options.keepAlive())));
        Controller controller = new Controller(portal, facts, arrival.adminQueue(), queues, options, general, onChange);
        last = controller;
        return controller;
    }

    private static void listen(Admin admin, ControllerFacts facts) throws IOException {
        int events = facts.events() & WANTED_EVENTS;
        if (events != 0) {
            try {
                admin.feature(EVENT_CONFIGURATION, events);
            } catch (RemoteError e) {
                LOG.log(System.Logger.Level.WARNING, "No events: {0}", e.getMessage());
            }
        }
    }

    /** Takes the way if there is no better one. */
    private void choose(Portal portal, Access access) throws IOException {
        if (access == Access.OPTIMIZED) {
            troubles.remove(portal);
            return;
        }
        troubles.put(portal, new Trouble(access, System.nanoTime()));
        boolean better = known.stream().anyMatch(other -> access(other).compareTo(access) < 0);
        if (access == Access.NONE || better) {
            throw new IOException(
                    access == Access.NONE
                            ? "namespaces can't be reached there now"
                            : "namespaces are reached there in a roundabout way, so others are tried first");
        }
    }

    private int grantedQueues(Admin admin) throws IOException {
        int wanted = options.queues() - 1;
        int granted = admin.feature(NUMBER_OF_QUEUES, wanted | wanted << 16);
        return 1 + Math.min(wanted, Math.min(granted & 0xFFFF, granted >>> 16));
    }

    // ---- the fence ----

    private void awaitEndOfLast(Arrival arrival) throws IOException {
        long aliveSince = System.nanoTime();
        while (!hasLastEnded(arrival)) {
            arrival.pause(FENCE_POLL_MILLIS);
            if (System.nanoTime() - aliveSince >= options.keepAlive().toNanos() / 2) {
                aliveSince = System.nanoTime();
                arrival.admin().require(NvmeCommand.withoutData(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE)));
            }
        }
    }

    private boolean hasLastEnded(Arrival arrival) throws IOException {
        Optional<ControllerFile.Used> used = file.used();
        if (used.isEmpty() || used.get().id() == arrival.id()) {
            return true;
        }
        Duration bound = used.get().mayLive().plus(options.slack());
        return System.nanoTime() - silentSince > bound.toNanos()
                || isGone(used.get().id(), arrival);
    }

    /** A list without the new controller itself isn't one of all the subsystem's controllers, and proves nothing. */
    private static boolean isGone(int controller, Arrival arrival) throws IOException {
        try {
            List<Integer> all = ControllerList.parse(arrival.admin().identify(Cns.CONTROLLERS, 0));
            return all.contains(arrival.id()) && !all.contains(controller) && all.size() < ControllerList.MAX;
        } catch (RemoteError e) {
            return false; // it doesn't tell
        }
    }

    @Override
    public void ended(boolean vouched) {
        silentSince = System.nanoTime();
        Controller controller = last;
        if (controller != null && controller.isUnreachable()) {
            troubles.put(controller.portal(), new Trouble(Access.NONE, System.nanoTime()));
        }
        last = null;
        if (vouched) {
            try {
                file.quiet();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Cannot note the end of the controller: " + e.getMessage());
            }
        }
    }
}
