package io.stowage.array.iscsi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tasks of one session that were aborted, by its own initiator or by another. */
record Aborted(Session session, List<Task> tasks) {
    private static final Logger LOG = System.getLogger(Aborted.class.getName());

    /** Aborts tasks of a session; they may still be at their end when this returns. */
    static Aborted in(Session session, Predicate<Task> which) {
        return new Aborted(session, session.tasks().abort(which));
    }

    /** Whether none of them can touch its unit any more. */
    boolean isQuiet() {
        return session.tasks().haveEnded(tasks);
    }

    /** TASK ABORTED, as the control mode page promises (TAS): the initiator that didn't ask for it needn't time out. */
    void tellInitiator() {
        Optional<Outbox> theirs = session.outbox();
        if (theirs.isEmpty() || tasks.isEmpty()) {
            return;
        }
        Thread.ofVirtual().start(() -> {
            try {
                for (Task task : tasks) {
                    Responses.taskAborted(theirs.get(), task.command());
                }
                theirs.get().flush();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "TASK ABORTED not sent", e);
            }
        });
    }
}
