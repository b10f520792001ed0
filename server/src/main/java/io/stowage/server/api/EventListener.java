package io.stowage.server.api;

import io.stowage.server.view.EventView;
import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketSession;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client that listens to events. What is offered waits in a queue of bounded length; a client
 * that doesn't keep up is cut off, rather than told only a part.
 */
final class EventListener implements WebSocketSession {
    private static final int LONGEST_QUEUE = 10_000;
    private static final int PING_SECONDS = 10;

    private final Set<String> types;
    private final Predicate<String> projects;
    private final Caller caller;
    private final Consumer<EventListener> leave;
    private final BlockingQueue<EventView> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private volatile boolean ended;
    private volatile @Nullable Thread thread;

    /**
     * @param projects of which it wants to hear
     * @param caller who listens
     * @param leave called when the client is gone
     */
    EventListener(Set<String> types, Predicate<String> projects, Caller caller, Consumer<EventListener> leave) {
        this.types = types;
        this.projects = projects;
        this.caller = caller;
        this.leave = leave;
    }

    /** Takes note of an event; never blocks. What belongs to no project only administrators hear. */
    void offer(EventView event) {
        var project = event.project();
        var ours = project == null ? caller.administers() : projects.test(project);
        if (ours && types.contains(event.type()) && !waiting.offer(event)) {
            ended = true;
        }
    }

    /** Hangs up on a client that came with this certificate. */
    void endIfOf(String fingerprint) {
        if (caller.isClient(fingerprint)) {
            ended = true;
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        }
    }

    @Override
    public void run(WebSocketConnection connection) throws IOException, InterruptedException {
        thread = Thread.currentThread();
        try {
            connection.sendPing();
            while (!ended) {
                var event = waiting.poll(PING_SECONDS, TimeUnit.SECONDS);
                if (event == null) {
                    connection.sendPing();
                } else {
                    connection.sendText(Json.text(event) + "\n");
                }
            }
        } finally {
            leave.accept(this);
        }
    }
}
