package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TaskManagementResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Task management functions of one session. RFC 7143, section 11.5. The response says that the tasks concerned can't
 * touch a unit any more, so it may come later; the connection goes on meanwhile.
 */
final class TaskManagement {
    private static final Logger LOG = System.getLogger(TaskManagement.class.getName());

    private final Connection connection;
    private final Session session;
    private final Outbox outbox;

    TaskManagement(Connection connection, Session session, Outbox outbox) {
        this.connection = connection;
        this.session = session;
        this.outbox = outbox;
    }

    void handle(TaskManagementRequest request) throws IOException {
        switch (request.function()) {
            case TaskManagementRequest.ABORT_TASK -> abortTask(request);
            case TaskManagementRequest.ABORT_TASK_SET ->
                withUnit(
                        request,
                        unit -> finish(request, List.of(Aborted.in(session, task -> isOf(task, Set.of(unit))))));
            case TaskManagementRequest.CLEAR_TASK_SET ->
                withUnit(request, unit -> finish(request, abortEverywhere(Set.of(unit))));
            case TaskManagementRequest.LOGICAL_UNIT_RESET -> withUnit(request, unit -> reset(request, Set.of(unit)));
            case TaskManagementRequest.TARGET_WARM_RESET -> reset(request, Set.copyOf(visibleUnits()));
            case TaskManagementRequest.TASK_REASSIGN -> respond(request, TaskManagementResponse.REASSIGN_UNSUPPORTED);
            // Cold reset among them: it would throw out other hosts' sessions.
            default -> respond(request, TaskManagementResponse.UNSUPPORTED);
        }
    }

    private interface UnitFunction {
        void apply(LogicalUnit unit) throws IOException;
    }

    private void withUnit(TaskManagementRequest request, UnitFunction function) throws IOException {
        Optional<LogicalUnit> unit =
                session.target().devices().unit(session.nexus().initiator(), request.lun());
        if (unit.isPresent()) {
            function.apply(unit.get());
        } else {
            respond(request, TaskManagementResponse.NO_SUCH_LUN);
        }
    }

    private void abortTask(TaskManagementRequest request) throws IOException {
        Aborted aborted = Aborted.in(session, task -> task.tag() == request.referencedTag());
        if (aborted.tasks().isEmpty()) {
            respond(request, TaskManagementResponse.NO_SUCH_TASK);
        } else {
            finish(request, List.of(aborted));
        }
    }

    /** Only what this initiator may use: others' units are none of its business. */
    private Collection<LogicalUnit> visibleUnits() {
        return session.target().units().visibleTo(session.nexus().initiator()).values();
    }

    private void reset(TaskManagementRequest request, Set<LogicalUnit> units) throws IOException {
        List<Aborted> aborted = abortEverywhere(units);
        units.forEach(session.target().nexuses()::unitReset);
        finish(request, aborted);
    }

    private List<Aborted> abortEverywhere(Set<LogicalUnit> units) {
        List<Aborted> aborted = new ArrayList<>();
        for (Session each : session.target().sessions().all()) {
            aborted.add(Aborted.in(each, task -> isOf(task, units)));
        }
        return aborted;
    }

    private static boolean isOf(Task task, Set<LogicalUnit> units) {
        return task.unit().filter(units::contains).isPresent();
    }

    /** Responds when all is quiet: at once if it is already, otherwise from a thread that waits. */
    private void finish(TaskManagementRequest request, List<Aborted> aborted) throws IOException {
        boolean foreign = aborted.stream()
                .anyMatch(each -> each.session() != session && !each.tasks().isEmpty());
        if (!foreign && aborted.stream().allMatch(Aborted::isQuiet)) {
            respond(request, TaskManagementResponse.COMPLETE);
            return;
        }
        Thread.ofVirtual().start(() -> {
            for (Aborted each : aborted) {
                each.session().tasks().awaitEnd(each.tasks());
                if (each.session() != session) {
                    each.tellInitiator();
                }
            }
            try {
                respond(request, TaskManagementResponse.COMPLETE);
                outbox.flush();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": response not sent", e);
                connection.close();
            }
        });
    }

    private void respond(TaskManagementRequest request, int response) throws IOException {
        outbox.status(counters -> new TaskManagementResponse(response, request.taskTag(), counters));
    }
}
