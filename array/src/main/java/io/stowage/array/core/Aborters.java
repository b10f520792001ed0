package io.stowage.array.core;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Those of all front ends as one: who preempts a registrant ends its commands by whatever protocol they came. May be used
 * by several threads.
 */
public final class Aborters implements Aborter {
    private final List<Aborter> all = new CopyOnWriteArrayList<>();

    /** One more; it is asked from now on. */
    public void add(Aborter aborter) {
        all.add(aborter);
    }

    @Override
    public void abort(LogicalUnit unit, Collection<Registrant> whose) {
        all.forEach(each -> each.abort(unit, whose));
    }
}
