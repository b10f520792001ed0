package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Job;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.task.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The effect of tasks that give a volume another content: offline copies, resynchronizations and offline promotions. What
 * the source holds when the task begins is kept until its end; then the volume gets it, all at once. Cancelled, it has
 * failed: its content is what it was (an array would leave a part of the new one), and its state says so until the next
 * copy.
 */
final class Filling implements Effect {
    private static final String TARGET = "target";
    private static final String KEPT = "kept";
    private static final String COPY_OF = "copyOf";

    /** Keeps what the source holds now; returns what the task has to know. */
    static Map<String, String> prepare(Draft draft, Volume source, Volume target, Optional<UUID> copyOf) {
        var name = UUID.randomUUID().toString();
        var kept = draft.snapshot(source, name, name);
        var details = new HashMap<String, String>();
        details.put(TARGET, target.id().toString());
        details.put(KEPT, kept.id().toString());
        copyOf.ifPresent(id -> details.put(COPY_OF, id.toString()));
        return details;
    }

    /** Both are busy until the task is over. */
    static List<UUID> volumes(Volume source, Volume target) {
        return List.of(source.id(), target.id());
    }

    /** Whether the task is to give the volume another content. */
    static boolean isOn(Job task, Volume volume) {
        return id(task, TARGET).filter(volume.id()::equals).isPresent();
    }

    /** The volume that gets another content by this task. */
    static Optional<Volume> target(Objects objects, Job task) {
        return id(task, TARGET).flatMap(objects::volume);
    }

    @Override
    public void complete(Draft draft, Job task) {
        var target = target(draft.objects(), task).orElseThrow();
        var kept = id(task, KEPT).flatMap(draft.objects()::snapshot).orElseThrow();
        var filled = draft.fill(target, Content.of(kept, ""));
        draft.put(Traits.of(filled)
                .withCopiedFrom(id(task, COPY_OF))
                .withCopyFailed(false)
                .on(filled));
        draft.eradicate(kept);
    }

    @Override
    public void cancel(Draft draft, Job task) {
        var target = target(draft.objects(), task).orElseThrow();
        draft.put(Traits.of(target).withCopyFailed(true).on(target));
        id(task, KEPT).flatMap(draft.objects()::snapshot).ifPresent(draft::eradicate);
    }

    private static Optional<UUID> id(Job task, String key) {
        return Optional.ofNullable(task.attributes().get(key)).map(UUID::fromString);
    }
}
