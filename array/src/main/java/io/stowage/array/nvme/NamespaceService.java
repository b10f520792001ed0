package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import io.stowage.array.namespace.AsyncEvent;
import io.stowage.array.namespace.FailedCommand;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.array.namespace.Path;
import io.stowage.array.namespace.Plan;
import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Viewer;
import io.stowage.nvme.command.SubmissionEntry;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A controller with namespaces. */
final class NamespaceService implements Service {
    private final Opening opening;
    private final Viewer viewer;
    private final Meter meter;

    /**
     * What it takes to begin one.
     *
     * @param portal as the front end listens there
     * @param bell rung when there may be an event
     */
    record Opening(
            Surroundings surroundings,
            Subsystem subsystem,
            Host host,
            int controller,
            Path path,
            InetSocketAddress portal,
            Runnable bell) {}

    NamespaceService(Opening opening) {
        this(opening, opening.subsystem().units().meters().open(opening.host().nqn(), opening.portal()));
    }

    private NamespaceService(Opening opening, Meter meter) {
        this.opening = opening;
        this.meter = meter;
        var id = opening.host().id();
        var hostId = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        this.viewer = opening.surroundings()
                .viewers()
                .enter(
                        opening.subsystem(),
                        opening.host().nqn(),
                        hostId,
                        opening.controller(),
                        opening.path(),
                        opening.bell());
    }

    Viewer viewer() {
        return viewer;
    }

    @Override
    public Plan admin(SubmissionEntry entry) {
        return opening.surroundings().namespaces().admin(viewer, entry);
    }

    @Override
    public Plan io(SubmissionEntry entry) {
        return opening.surroundings().namespaces().io(viewer, entry);
    }

    @Override
    public FusedPlan fused(SubmissionEntry first, SubmissionEntry second) {
        return opening.surroundings().namespaces().fused(viewer, first, second);
    }

    @Override
    public void failed(int queue, FailedCommand command) {
        viewer.failed(queue, command);
    }

    @Override
    public Optional<LogicalUnit> unit(int namespace) {
        return opening.surroundings().namespaces().unit(viewer, namespace);
    }

    @Override
    public Optional<AsyncEvent> nextEvent() {
        return viewer.nextEvent();
    }

    @Override
    public void flush() {
        opening.surroundings().namespaces().flush(viewer);
    }

    @Override
    public Optional<Authentication.Keys> keys() {
        return Authentication.Keys.of(
                opening.subsystem().units().credentialsOf(opening.host().nqn()));
    }

    @Override
    public boolean hasQueues() {
        return true;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public Service renewed() {
        opening.surroundings().viewers().leave(viewer);
        return new NamespaceService(opening, meter);
    }

    @Override
    public void close() {
        opening.surroundings().viewers().leave(viewer);
        meter.close();
    }
}
