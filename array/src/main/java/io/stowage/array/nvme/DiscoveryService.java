package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import io.stowage.array.core.Meters;
import io.stowage.array.namespace.AsyncEvent;
import io.stowage.array.namespace.FailedCommand;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.array.namespace.Plan;
import io.stowage.array.net.Portal;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.identify.IdentifyController;
import io.stowage.nvme.text.Nqn;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A discovery controller: tells a host which subsystems there are, and when that changes. Base 2.0, section 3.1.2.3. */
final class DiscoveryService implements Service {
    /** The discovery log has changed. Base 2.0, figure 150. */
    private static final AsyncEvent LOG_CHANGED = new AsyncEvent(2, 0xF0, DiscoveryLog.LOG_ID);

    /** The bit that stands for it in OAES and in the feature. */
    private static final int LOG_CHANGE_NOTICES = 1 << 31;

    private static final int VERSION = 0x0001_0400;
    private static final int IDENTIFY_CONTROLLER = 0x01;
    private static final int EVENT_CONFIGURATION = 0x0B;
    private static final int RETAIN_EVENT = 1 << 15;
    private static final int CAPABILITIES = 3;
    private static final int CHANGEABLE = 4;

    private final Directory directory;
    private final Host host;
    private final Portal portal;
    private final int controller;
    private final int maxCommands;
    private final Runnable bell;
    private final Meter meter;
    private int configuration; // guarded by this
    private List<DiscoveryEntry> known; // guarded by this
    private boolean changed; // guarded by this
    private boolean masked; // guarded by this

    DiscoveryService(Directory directory, Host host, Portal portal, int controller, int maxCommands, Runnable bell) {
        this.directory = directory;
        this.host = host;
        this.portal = portal;
        this.controller = controller;
        this.maxCommands = maxCommands;
        this.bell = bell;
        this.meter = new Meters().open(host.nqn(), portal.address());
        this.known = directory.entries(host.nqn());
    }

    @Override
    public Plan admin(SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case AdminOpcode.IDENTIFY -> identify(entry);
            case AdminOpcode.GET_LOG_PAGE -> log(entry);
            case AdminOpcode.SET_FEATURES -> setFeature(entry);
            case AdminOpcode.GET_FEATURES -> getFeature(entry);
            default -> new Plan.Refuse(Status.INVALID_OPCODE);
        };
    }

    @Override
    public Plan io(SubmissionEntry entry) {
        return new Plan.Refuse(Status.INVALID_OPCODE);
    }

    @Override
    public FusedPlan fused(SubmissionEntry first, SubmissionEntry second) {
        throw new IllegalStateException("there are no I/O queues");
    }

    @Override
    public void failed(int queue, FailedCommand command) {
        // it has no error log
    }

    @Override
    public Optional<LogicalUnit> unit(int namespace) {
        return Optional.empty();
    }

    private Plan identify(SubmissionEntry entry) {
        if ((entry.dword(10) & 0xFF) != IDENTIFY_CONTROLLER) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        return send(
                entry,
                new IdentifyController()
                        .model("Stowage Discovery")
                        .firmware("1")
                        .serial("0")
                        .sharing(0)
                        .controllerId(controller)
                        .version(VERSION)
                        .events(LOG_CHANGE_NOTICES)
                        .attributes(0x41)
                        .type(IdentifyController.DISCOVERY_CONTROLLER)
                        .abortLimit(3)
                        .eventLimit(3)
                        .logAttributes(0x04)
                        .keepAlive(10)
                        .maxCommands(maxCommands)
                        .sgls(0x0030_0001)
                        .subsystem(Nqn.DISCOVERY)
                        .capsules((64 + 8192) / 16, 1)
                        .maxDescriptors(1)
                        .bytes());
    }

    /** Base 2.0, section 5.16.1: any part of it, from a multiple of 4 on. */
    private Plan log(SubmissionEntry entry) {
        if ((entry.dword(10) & 0xFF) != DiscoveryLog.LOG_ID) {
            return new Plan.Refuse(Status.INVALID_LOG_PAGE);
        }
        long length = ((entry.dword(10) >>> 16 & 0xFFFFL | (entry.dword(11) & 0xFFFFL) << 16) + 1) * Integer.BYTES;
        long offset = entry.dwords(12);
        if ((entry.dword(10) & RETAIN_EVENT) == 0) {
            unmask();
        }
        ByteBuffer page = directory.log(host.nqn(), portal).bytes();
        if (offset < 0 || offset % Integer.BYTES != 0 || offset > page.limit()) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        int given = (int) Math.min(length, page.limit() - offset);
        // What lies behind the end is zeros, as clients ask for as many entries as they have room for.
        int sent = (int) Math.min(length, 1 << 20);
        return send(entry, ByteBuffer.allocate(sent).put(0, page, (int) offset, given));
    }

    private Plan send(SubmissionEntry entry, ByteBuffer data) {
        return entry.sglLength() < data.remaining()
                ? new Plan.Refuse(Status.SGL_LENGTH_INVALID)
                : new Plan.Send(0, data);
    }

    private synchronized Plan setFeature(SubmissionEntry entry) {
        if ((entry.dword(10) & 0xFF) != EVENT_CONFIGURATION) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        configuration = entry.dword(11) & LOG_CHANGE_NOTICES;
        return Plan.DONE;
    }

    private synchronized Plan getFeature(SubmissionEntry entry) {
        if ((entry.dword(10) & 0xFF) != EVENT_CONFIGURATION) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        boolean asksCapabilities = (entry.dword(10) >>> 8 & 7) == CAPABILITIES;
        long result = asksCapabilities ? CHANGEABLE : Integer.toUnsignedLong(configuration);
        return new Plan.Send(result, ByteBuffer.allocate(0));
    }

    /** The listing may have changed. */
    void look() {
        List<DiscoveryEntry> now = directory.entries(host.nqn());
        synchronized (this) {
            if (now.equals(known)) {
                return;
            }
            known = now;
            changed = true;
        }
        bell.run();
    }

    boolean isOf(String nqn) {
        return host.isCalled(nqn);
    }

    private synchronized void unmask() {
        masked = false;
        changed = false;
    }

    /** Once; then not before the log was read. Base 2.0, section 5.2. */
    @Override
    public synchronized Optional<AsyncEvent> nextEvent() {
        if (!changed || masked || (configuration & LOG_CHANGE_NOTICES) == 0) {
            return Optional.empty();
        }
        changed = false;
        masked = true;
        return Optional.of(LOG_CHANGED);
    }

    @Override
    public void flush() {
        // nothing is written
    }

    @Override
    public Optional<Authentication.Keys> keys() {
        return Optional.empty();
    }

    @Override
    public boolean hasQueues() {
        return false;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public Service renewed() {
        return new DiscoveryService(directory, host, portal, controller, maxCommands, bell);
    }

    @Override
    public void close() {
        meter.close();
    }
}
