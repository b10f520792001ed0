package io.stowage.array.namespace;

import io.stowage.nvme.log.ReservationLog;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** What a host has to be told about reservations, one log page each. Base 2.0, section 5.16.1.25. */
final class Notifications {
    /** More are not counted by the page. */
    private static final int MAX = 255;

    private record Notification(long count, int type, int namespace) {}

    private final Queue<Notification> waiting = new ArrayDeque<>(); // guarded by this
    private final Map<Integer, Integer> masks = new HashMap<>(); // guarded by this
    private long last; // guarded by this

    /** Whether one was added; not if the host doesn't want it, or has too many unread. */
    synchronized boolean add(int type, int namespace) {
        boolean unwanted = (mask(namespace) & 1 << type) != 0;
        if (unwanted || waiting.size() == MAX) {
            return false;
        }
        last = last == -1 ? 1 : last + 1;
        return waiting.add(new Notification(last, type, namespace));
    }

    /** The oldest; with {@code taken} the next one is another. */
    synchronized ReservationLog page(boolean taken) {
        Notification oldest = taken ? waiting.poll() : waiting.peek();
        ReservationLog page = new ReservationLog();
        if (oldest != null) {
            page.count(oldest.count())
                    .type(oldest.type())
                    .namespace(oldest.namespace())
                    .available(waiting.size() - (taken ? 0 : 1));
        }
        return page;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Bit n: notifications of type n aren't wanted. */
    synchronized int mask(int namespace) {
        return masks.getOrDefault(namespace, 0);
    }

    synchronized void mask(int namespace, int bits) {
        if (bits == 0) {
            masks.remove(namespace);
        } else {
            masks.put(namespace, bits);
        }
    }
}
