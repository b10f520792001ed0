package io.stowage.array.core;

import java.util.Collection;

/** Ends commands that are under way, whatever the transport. */
public interface Aborter {
    /**
     * Aborts the commands of these registrants to the unit, and returns when none of them can touch it any more. But not
     * those that change reservations, which touch no data: two of them could wait for one another.
     */
    void abort(LogicalUnit unit, Collection<Registrant> whose);
}
