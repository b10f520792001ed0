package io.stowage.array.nvme;

import io.stowage.array.namespace.Ending;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.nvme.command.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two fused commands that are under way. May be used by several threads. Base 2.0, section 3.4.2. */
final class FusedPair {
    private final Task first;
    private final Task second;
    private final FusedPlan.Run plan;
    private final Map<Task, ByteBuffer> data = new HashMap<>(); // guarded by this

    FusedPair(Task first, Task second, FusedPlan.Run plan) {
        this.first = first;
        this.second = second;
        this.plan = plan;
    }

    List<Task> tasks() {
        return List.of(first, second);
    }

    Task first() {
        return first;
    }

    Task second() {
        return second;
    }

    FusedPlan.Run plan() {
        return plan;
    }

    /** What a tester wants goes wrong with both. */
    Duration delay() {
        Duration one = first.trouble().delay();
        Duration other = second.trouble().delay();
        return one.compareTo(other) > 0 ? one : other;
    }

    boolean isDropped() {
        return first.trouble().drop() || second.trouble().drop();
    }

    /** Takes the data of one of them; whether those of both are there now. */
    synchronized boolean complete(Task task, ByteBuffer its) {
        data.put(task, its);
        return data.size() == 2;
    }

    /** Carries them out. */
    FusedPlan.Endings run() {
        ByteBuffer expected;
        ByteBuffer written;
        synchronized (this) {
            expected = data.get(first);
            written = data.get(second);
        }
        if (expected == null || written == null) {
            throw new IllegalStateException("data are missing");
        }
        return plan.action().run(expected, written);
    }

    /** How they end when at least one of them was not to be carried out. */
    FusedPlan.Endings undone() {
        return new FusedPlan.Endings(undone(first), undone(second));
    }

    private static Ending undone(Task task) {
        return Ending.of(task.doom().orElse(Status.FUSED_FAILED));
    }
}
