package io.stowage.host.remote;

import io.stowage.model.Extent;
import java.util.List;

/** The answer to {@link Command.Allocation}: the beginning of the range, as far as the target told of it. */
public final class Allocated {
    private List<Extent> extents = List.of();
    private long until;

    /**
     * To be called by the link.
     *
     * @param stored where something is stored, within the range, ascending
     * @param end where the target stopped telling, above the range's begin
     */
    public synchronized void tell(List<Extent> stored, long end) {
        extents = List.copyOf(stored);
        until = end;
    }

    synchronized List<Extent> extents() {
        return extents;
    }

    synchronized long until() {
        return until;
    }
}
