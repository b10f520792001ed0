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

/**
 * One client that listens to events. What is offered waits in a queue of bounded length; a client
 * that doesn't keep up is cut off, rather than told only a part.
 */
final class EventListener implements WebSocketSession {
    private static final int LONGEST_QUEUE = 10_000;
    private static final int PING_SECONDS = 10;

    private final Set<String> types;
    private final String project;
    private final Consumer<EventListener> leave;
    private final BlockingQueue<EventView> waiting = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private volatile boolean overrun;

    /**
     * @param project empty for all
     * @param leave called when the client is gone
     */
    EventListener(Set<String> types, String project, Consumer<EventListener> leave) {
        this.types = types;
        this.project = project;
        this.leave = leave;
    }

    /** Takes note of an event; never blocks. */
    void offer(EventView event) {
        var ours = event.project() == null || project.isEmpty() || project.equals(event.project());
        if (ours && types.contains(event.type()) && !waiting.offer(event)) {
            overrun = true;
        }
    }

    @Override
    public void run(WebSocketConnection connection) throws IOException, InterruptedException {
        try {
            connection.sendPing();
            while (!overrun) {
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
