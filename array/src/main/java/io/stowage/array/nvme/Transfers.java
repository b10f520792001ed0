package io.stowage.array.nvme;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The data that a queue's commands wait for, by transfer tags, and the room for them: who comes when there is none waits
 * until others have ended. May be used by several threads.
 */
final class Transfers {
    private static final int TAGS = 0x1_0000;

    private final Surroundings surroundings;
    private final long limit;
    private final Queue<Task> waiting = new ArrayDeque<>(); // guarded by this
    private final Map<Integer, Task> byTag = new HashMap<>(); // guarded by this
    private final Map<Task, Integer> tags = new HashMap<>(); // guarded by this
    private long taken; // guarded by this
    private int lastTag; // guarded by this
    private boolean closed; // guarded by this

    Transfers(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.limit = surroundings.allowance().load().connectionBytes();
    }

    /** A transfer that may begin. */
    record Request(Task task, int tag) {}

    /** Has a task wait for room and data. */
    synchronized void enqueue(Task task) {
        waiting.add(task);
    }

    /** Gives room to those that wait, in their order, as long as there is some. */
    synchronized List<Request> begin() {
        if (waiting.isEmpty() || closed) {
            return List.of();
        }
        List<Request> begun = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Task next = waiting.peek();
            if (taken > 0 && taken + next.wanted() > limit) {
                break;
            }
            Optional<ByteBuffer> room = surroundings.buffers().take(next.wanted());
            if (room.isEmpty()) {
                break;
            }
            waiting.remove();
            taken += next.wanted();
            next.useBuffer(room.get());
            begun.add(new Request(next, tag(next)));
        }
        return begun;
    }

    /** A task that nobody would wake, as all room is other connections'; it waits no more. */
    synchronized Optional<Task> takeHopeless() {
        return taken == 0 && !closed ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    }

    private int tag(Task task) {
        do {
            lastTag = (lastTag + 1) % TAGS;
        } while (byTag.containsKey(lastTag));
        byTag.put(lastTag, task);
        tags.put(task, lastTag);
        return lastTag;
    }

    /** The task whose data have this tag. */
    synchronized Optional<Task> find(int tag) {
        return Optional.ofNullable(byTag.get(tag));
    }

    /** All of a task's data are there. */
    synchronized void complete(Task task) {
        Integer tag = tags.remove(task);
        if (tag != null) {
            byTag.remove(tag);
        }
    }

    /** Gives back the room of a task that nobody uses any more. */
    synchronized void release(Task task) {
        if (task.buffer().isPresent()) {
            task.releaseBuffer(surroundings.buffers());
            taken -= task.wanted();
        }
    }

    /** The connection has ended, and its thread reads into no buffer any more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        List.copyOf(byTag.values()).forEach(task -> {
            complete(task);
            release(task);
        });
    }
}
