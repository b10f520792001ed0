package io.stowage.array.wsapi.task;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Job;

/** What the end of a task brings about, in the same change as the end itself. */
public interface Effect {
    /** The task's time is over: what it was for is done now. */
    void complete(Draft draft, Job task);

    /** Somebody has cancelled it. */
    void cancel(Draft draft, Job task);
}
