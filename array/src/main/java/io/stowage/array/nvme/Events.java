package io.stowage.array.nvme;

import io.stowage.array.namespace.AsyncEvent;
import io.stowage.nvme.command.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The Asynchronous Event Requests of a controller, which wait for something to tell. What happens while there is none
 * stays where {@link Service#nextEvent} finds it. May be used by several threads. Base 2.0, section 5.2.
 */
final class Events {
    private static final Logger LOG = System.getLogger(Events.class.getName());

    /** How many may wait; AERL says one less. */
    private final int limit;

    private final Controller controller;
    private final Queue<Integer> waiting = new ArrayDeque<>(); // guarded by this
    private boolean delivering; // guarded by this

    Events(Controller controller, int limit) {
        this.controller = controller;
        this.limit = limit;
    }

    /** Takes a request, unless there are too many. */
    synchronized boolean request(int commandId) {
        if (waiting.size() >= limit) {
            return false;
        }
        waiting.add(commandId);
        return true;
    }

    synchronized boolean has(int commandId) {
        return waiting.contains(commandId);
    }

    /** Forgets a request; false if it isn't there. */
    synchronized boolean withdraw(int commandId) {
        return waiting.remove(commandId);
    }

    /** Forgets all: a reset ends them without an answer. */
    synchronized void clear() {
        waiting.clear();
    }

    synchronized int count() {
        return waiting.size();
    }

    /** There may be something to tell. Never waits: the host may not read. */
    void ring() {
        synchronized (this) {
            if (delivering || waiting.isEmpty()) {
                return;
            }
            delivering = true;
        }
        Thread.ofVirtual().start(this::deliver);
    }

    private void deliver() {
        try {
            while (tell()) {
                // until there is nothing more, or nobody to hear it
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "event not sent", e);
        }
    }

    /** Answers one request if there is an event for it. */
    private boolean tell() throws IOException {
        int commandId;
        Optional<AsyncEvent> event;
        Optional<Replies> replies = controller.adminReplies();
        synchronized (this) {
            event = waiting.isEmpty() || replies.isEmpty()
                    ? Optional.empty()
                    : controller.service().nextEvent();
            if (event.isEmpty()) {
                delivering = false;
                return false;
            }
            commandId = waiting.remove();
        }
        replies.get().end(commandId, Status.SUCCESS, event.get().result());
        replies.get().flush();
        return true;
    }
}
