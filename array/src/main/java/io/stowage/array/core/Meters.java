package io.stowage.array.core;

import io.stowage.array.core.Meter.Path;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The meters of all sessions; front ends open one for each. May be used by several threads. */
public final class Meters {
    private final Set<Meter> open = new LinkedHashSet<>(); // guarded by this
    private final Map<Path, Load> closed = new HashMap<>(); // guarded by this

    /**
     * For a session that begins.
     *
     * @param initiator IQN or NQN, whether a host owns it or not
     * @param portal as the front end listens there
     */
    public synchronized Meter open(String initiator, InetSocketAddress portal) {
        var meter = new Meter(this, new Path(Host.folded(initiator), portal));
        open.add(meter);
        return meter;
    }

    /** What it counted stays, unless that is nothing: strangers come and go. */
    synchronized void close(Meter meter) {
        if (open.remove(meter) && !meter.load().equals(Load.NONE)) {
            closed.merge(meter.path(), meter.load(), Load::plus);
        }
    }

    /** Everything since the array's start, by path. */
    synchronized Map<Path, Load> loads() {
        var loads = new HashMap<>(closed);
        open.forEach(meter -> loads.merge(meter.path(), meter.load(), Load::plus));
        return loads;
    }
}
