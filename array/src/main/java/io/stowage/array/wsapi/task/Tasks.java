package io.stowage.array.wsapi.task;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Setting;
import io.stowage.array.core.Volume;
import io.stowage.array.fault.Knob;
import io.stowage.array.store.StoreException;
import io.stowage.array.wsapi.rest.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tasks of an array. Usually a task is over when the call that began it is answered; testers can make tasks last.
 * Tasks outlive restarts: one that was active goes on, and what it brings about is done wholly or not at all.
 */
public final class Tasks {
    private static final Logger LOG = System.getLogger(Tasks.class.getName());

    /** So long finished tasks are told (section 8). */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final int MOST = 10_000;
    private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    /** A number such as arrays have that have worked for a while. */
    private static final long FIRST = 7001;

    private static final String NEXT = "task.next";
    private static final String NAME = "name";
    private static final String STATUS = "status";

    private final Estate estate;
    private final Map<TaskKind, Effect> effects;
    private volatile Duration duration = Duration.ZERO;

    /** @param effects of those kinds that bring something about at their end */
    public Tasks(Estate estate, Map<TaskKind, Effect> effects) {
        this.estate = estate;
        this.effects = new EnumMap<>(effects);
    }

    /** How long new tasks last, in milliseconds; usually no time at all. */
    public Knob knob() {
        return Knob.number(
                "task-duration",
                0,
                LONGEST_MILLIS,
                () -> Optional.of(duration.toMillis()),
                to -> duration = Duration.ofMillis(to.orElse(0L)));
    }

    /**
     * Begins a task, which may be over at once.
     *
     * @param name what {@code name} tells
     * @param volumes it works on; they are busy until it is over
     * @param details for its effect; the keys {@code name} and {@code status} are its own
     */
    public Job begin(Draft draft, TaskKind kind, String name, List<UUID> volumes, Map<String, String> details) {
        forgetOne(draft);
        var attributes = new HashMap<>(details);
        attributes.put(NAME, name);
        attributes.put(STATUS, TaskStatus.ACTIVE.name());
        var begun = draft.now();
        var task = new Job(
                UUID.randomUUID(),
                nextNumber(draft),
                kind.name(),
                volumes,
                begun,
                begun.plus(duration),
                Optional.empty(),
                attributes);
        draft.put(task);
        return task.due().isAfter(begun) ? task : complete(draft, task);
    }

    private static long nextNumber(Draft draft) {
        long number = draft.objects().setting(NEXT).map(Long::parseLong).orElse(FIRST);
        draft.put(new Setting(NEXT, Long.toString(number + 1)));
        return number;
    }

    private static void forgetOne(Draft draft) {
        var all = draft.objects().jobs();
        if (all.size() >= MOST) {
            all.stream()
                    .filter(Job::isOver)
                    .min(Comparator.comparingLong(Job::number))
                    .ifPresent(draft::remove);
        }
    }

    private Job complete(Draft draft, Job task) {
        effect(task).ifPresent(effect -> effect.complete(draft, task));
        return end(draft, task, TaskStatus.DONE);
    }

    /**
     * Cancels the task.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal it is over
     */
    public Job cancel(Draft draft, Job task) {
        if (task.isOver()) {
            throw Problem.TASK_NOT_ACTIVE.refusal();
        }
        effect(task).ifPresent(effect -> effect.cancel(draft, task));
        return end(draft, task, TaskStatus.CANCELLED);
    }

    private Optional<Effect> effect(Job task) {
        return Optional.ofNullable(effects.get(kind(task)));
    }

    private static Job end(Draft draft, Job task, TaskStatus status) {
        var attributes = new HashMap<>(task.attributes());
        attributes.put(STATUS, status.name());
        var ended = task.withAttributes(attributes).endedAt(draft.now());
        draft.put(ended);
        return ended;
    }

    /**
     * Ends the tasks whose time is over; nobody may see the array before. What can't be done now, because the store
     * refuses it, is tried again the next time.
     */
    public void settle() {
        var now = estate.time().instant();
        if (estate.read(objects -> objects.jobsDue(now).isEmpty())) {
            return;
        }
        try {
            estate.change(draft -> {
                var due = draft.objects().jobsDue(now);
                due.forEach(task -> complete(draft, task));
                return due.size();
            });
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "Tasks can't be ended", e);
        }
    }

    /** Removes those that nobody can see any more. */
    public void forgetOld() {
        var now = estate.time().instant();
        var old = estate.read(objects -> objects.jobs().stream()
                .filter(task -> !isTold(task, now))
                .map(Job::number)
                .toList());
        if (!old.isEmpty()) {
            estate.change(draft -> {
                old.forEach(number -> draft.objects().job(number).ifPresent(draft::remove));
                return old.size();
            });
        }
    }

    static boolean isTold(Job task, Instant now) {
        return task.ended().filter(end -> end.plus(KEPT).isBefore(now)).isEmpty();
    }

    static TaskKind kind(Job task) {
        return TaskKind.valueOf(task.kind());
    }

    static String name(Job task) {
        return task.attributes().getOrDefault(NAME, "");
    }

    static TaskStatus status(Job task) {
        return TaskStatus.valueOf(task.attributes().getOrDefault(STATUS, TaskStatus.FAILED.name()));
    }

    /**
     * Requires that no task works on the volume.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal one does
     */
    public static void requireIdle(Objects objects, Volume volume) {
        if (!objects.jobsOn(volume.id()).isEmpty()) {
            throw Problem.VV_IS_BUSY.refusal();
        }
    }

    /** The active task of this kind that works on the volume. */
    public static Optional<Job> active(Objects objects, Volume volume, TaskKind kind) {
        return objects.jobsOn(volume.id()).stream()
                .filter(task -> kind(task) == kind)
                .findFirst();
    }
}
