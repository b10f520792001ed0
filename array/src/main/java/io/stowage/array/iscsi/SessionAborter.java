package io.stowage.array.iscsi;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import io.stowage.iscsi.scsi.OperationCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Aborts the commands of those whose registration was preempted, in all their sessions. SPC-4, section 5.13.11.4. */
final class SessionAborter implements Aborter {
    private final Sessions sessions;

    SessionAborter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void abort(LogicalUnit unit, Collection<Registrant> whose) {
        List<Aborted> all = new ArrayList<>();
        for (Session session : sessions.all()) {
            if (whose.contains(session.nexus().registrant())) {
                all.add(Aborted.in(
                        session, task -> task.unit().filter(unit::equals).isPresent() && !changesReservations(task)));
            }
        }
        for (Aborted aborted : all) {
            aborted.session().tasks().awaitEnd(aborted.tasks());
            aborted.tellInitiator();
        }
    }

    private static boolean changesReservations(Task task) {
        return (task.command().cdb().get(0) & 0xFF) == OperationCode.PERSISTENT_RESERVE_OUT;
    }
}
