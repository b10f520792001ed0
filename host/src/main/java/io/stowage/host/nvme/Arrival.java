package io.stowage.host.nvme;

import io.stowage.host.remote.Attempt;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.Interruptions;
import io.stowage.model.Portal;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Capabilities;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.fabrics.ControllerStatus;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.identify.Cns;
import io.stowage.nvme.identify.IdentifyController;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The way to a controller of one's own, in the steps that Linux takes. Base 2.0, section 3.5.2. */
final class Arrival {
    private static final int ADMIN_LAST_ENTRY = 31;
    private static final long READY_POLL_MILLIS = 20;

    private final HostIdentity host;
    private final String subsystem;
    private final Portal portal;
    private final Attempt attempt;
    private final NvmeOptions options;
    private final Duration connectTimeout;
    private final Queue adminQueue;
    private final Admin admin;
    private final int id;
    private final Capabilities capabilities;
    private final IdentifyController said;

    /**
     * Connects an admin queue and enables the controller.
     *
     * @param keepAlive KATO; zero for none
     */
    Arrival(
            HostIdentity host,
            String subsystem,
            Portal portal,
            Attempt attempt,
            NvmeOptions options,
            InitiatorOptions general,
            Duration keepAlive)
            throws IOException {
        this.host = host;
        this.subsystem = subsystem;
        this.portal = portal;
        this.attempt = attempt;
        this.options = options;
        this.connectTimeout = general.connectTimeout();
        this.adminQueue = initialize(ADMIN_LAST_ENTRY);
        this.admin = Admin.alone(adminQueue);
        this.id = connect(adminQueue, 0, ADMIN_LAST_ENTRY, ConnectData.ANY, keepAlive);
        this.capabilities = new Capabilities(admin.property(true, Property.CAP));
        enable();
        this.said = new IdentifyController(admin.identify(Cns.CONTROLLER, 0));
    }

    /** Questions to the controller. */
    Admin admin() {
        return admin;
    }

    Queue adminQueue() {
        return adminQueue;
    }

    /** CNTLID. */
    int id() {
        return id;
    }

    /** @throws IOException the controller is of no use */
    ControllerFacts facts() throws IOException {
        try {
            return ControllerFacts.of(id, capabilities, said);
        } catch (IOException e) {
            throw new IOException("the controller can't be used: " + e.getMessage(), e);
        }
    }

    /** Connects this many I/O queues. */
    List<Queue> connectQueues(int count, ControllerFacts facts) throws IOException {
        int depth = Math.min(options.queueDepth(), facts.depth());
        List<Queue> queues = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Queue queue = initialize(depth);
            connect(queue, number, depth, id, Duration.ZERO);
            queue.capsule(facts.capsule());
            queues.add(queue);
        }
        return queues;
    }

    private Queue initialize(int depth) throws IOException {
        return Queue.initialize(portal, attempt.connect(portal, connectTimeout), options.digests(), depth);
    }

    private int connect(Queue queue, int number, int lastEntry, int controller, Duration keepAlive) throws IOException {
        SubmissionEntry entry = new SubmissionEntry();
        int attributes = options.flowControl() ? 0 : Connect.NO_FLOW_CONTROL;
        new Connect(0, number, lastEntry, attributes, (int) keepAlive.toMillis()).write(entry);
        NvmeCommand command =
                NvmeCommand.writing(entry, new ConnectData(host.id(), controller, subsystem, host.nqn()).bytes());
        queue.runAlone(command);
        if (!command.status().isSuccess()) {
            throw new IOException("subsystem %s takes no queue %d of host %s: %s"
                    .formatted(subsystem, number, host.nqn(), command.status()));
        }
        ConnectResult result = ConnectResult.parse(command.result());
        if (result.authentication()) {
            throw new IOException(
                    "subsystem %s wants hosts to authenticate themselves, which this one can't".formatted(subsystem));
        }
        return result.controller();
    }

    private void enable() throws IOException {
        admin.property(Property.CC, Configuration.USUAL.enabled().value());
        long end = System.nanoTime()
                + Duration.ofMillis(capabilities.readyMillis() + 1L).toNanos();
        while (!new ControllerStatus((int) admin.property(false, Property.CSTS)).isReady()) {
            if (end - System.nanoTime() <= 0) {
                throw new IOException("the controller does not become ready");
            }
            pause(READY_POLL_MILLIS);
        }
    }

    /** Waits a little; the attempt may end meanwhile, which the next question will notice. */
    synchronized void pause(long millis) {
        Interruptions.waitOn(this, millis);
    }
}
