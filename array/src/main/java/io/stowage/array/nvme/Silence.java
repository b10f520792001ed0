package io.stowage.array.nvme;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Who is silent too long: controllers whose hosts send nothing, and connections whose peers take nothing or, told that it
 * is over, don't close. Looked at from time to time, always by the same thread. Base 2.0, section 3.9.
 */
final class Silence {
    private final Allowance.Patience patience;
    private final Map<Controller, Seen> controllers = new HashMap<>();
    private final Map<Connection, Seen> connections = new HashMap<>();
    private final Map<Connection, Seen> dismissed = new HashMap<>();

    Silence(Allowance.Patience patience) {
        this.patience = patience;
    }

    /** @param since when the count was seen first, as {@link System#nanoTime} */
    private record Seen(long count, long since) {
        boolean isOlderThan(Duration time, long now) {
            return now - since > time.toNanos();
        }
    }

    /** Looks once. Never waits for anybody. */
    void look(Collection<Controller> controllersNow, Collection<Connection> connectionsNow) {
        long now = System.nanoTime();
        follow(controllers, controllersNow, Controller::signsOfLife, now);
        follow(connections, connectionsNow, Connection::writes, now);
        controllers.forEach((controller, seen) -> {
            if (isBound(controller) && seen.isOlderThan(controller.patience(patience.idle()), now)) {
                controller.close("its host is silent for longer than its keep-alive time");
            }
        });
        follow(
                dismissed,
                connectionsNow.stream().filter(Connection::isDismissed).toList(),
                one -> 0,
                now);
        dismissed.forEach((connection, seen) -> {
            if (seen.isOlderThan(patience.farewell(), now)) {
                connection.end("the peer doesn't close it");
            }
        });
        connections.forEach((connection, seen) -> {
            if (isWaiting(seen.count()) && seen.isOlderThan(patience.idle(), now)) {
                connection.end("the peer takes nothing");
            }
        });
    }

    /** Hosts of namespaces may do without a keep-alive time; those that only look around may not. */
    private static boolean isBound(Controller controller) {
        return controller.keepAliveMillis() > 0 || !controller.service().hasQueues();
    }

    private static boolean isWaiting(long calls) {
        return (calls & 1) == 1;
    }

    private static <T> void follow(Map<T, Seen> seen, Collection<T> present, ToLongFunction<T> count, long now) {
        seen.keySet().retainAll(present);
        for (T one : present) {
            long counted = count.applyAsLong(one);
            Seen before = seen.get(one);
            if (before == null || before.count() != counted) {
                seen.put(one, new Seen(counted, now));
            }
        }
    }
}
