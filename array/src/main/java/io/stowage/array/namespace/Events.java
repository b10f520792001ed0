package io.stowage.array.namespace;

import io.stowage.nvme.command.Feature;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The events of one controller that wait to be told. Once told, a kind is masked until its log page is read: what happens
 * meanwhile is found there. Base 2.0, section 5.2.
 */
final class Events {
    private static final int NOTICE = 2;

    private final Settings settings;
    private final Runnable bell;
    private final Set<AsyncEvent> pending = new LinkedHashSet<>(); // guarded by this
    private final Set<Integer> masked = new HashSet<>(); // log pages; guarded by this

    Events(Settings settings, Runnable bell) {
        this.settings = settings;
        this.bell = bell;
    }

    void raise(AsyncEvent event) {
        synchronized (this) {
            if (!isWanted(event) || masked.contains(event.logPage()) || !pending.add(event)) {
                return;
            }
        }
        bell.run();
    }

    synchronized Optional<AsyncEvent> next() {
        Optional<AsyncEvent> first = pending.stream().findFirst();
        first.ifPresent(event -> {
            pending.remove(event);
            masked.add(event.logPage());
        });
        return first;
    }

    /** The log page was read: its events may be told again, and those that wait are no news any more. */
    synchronized void logRead(int page) {
        masked.remove(page);
        pending.removeIf(event -> event.logPage() == page);
    }

    /** Whether the host still has to hear of this, or to read what it has heard of. */
    synchronized boolean isUnread(AsyncEvent event) {
        return pending.contains(event) || masked.contains(event.logPage());
    }

    private boolean isWanted(AsyncEvent event) {
        return event.type() != NOTICE || (settings.value(Feature.EVENTS) & 1 << 8 + event.information()) != 0;
    }
}
