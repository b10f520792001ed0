package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.task.Effect;
import io.stowage.array.wsapi.task.TaskKind;
import io.stowage.array.wsapi.task.Tasks;
import java.util.Map;

/**
 * Gives a base volume the content of one of its snapshots back (section 7). Online, hosts see it at once and the task
 * only follows; offline the volume has it when the task is over.
 */
public final class Promotion {
    private static final int LOWEST_PRIORITY = 3;

    private final Estate estate;
    private final Tasks tasks;

    Promotion(Estate estate, Tasks tasks) {
        this.estate = estate;
        this.tasks = tasks;
    }

    /** Action 4 of a snapshot. */
    Answer begin(Call call) {
        return PhysicalCopies.answer(
                estate.change(draft -> begin(draft, Volumes.require(draft.objects(), call.name()), call.input())));
    }

    /** Promotes the snapshot as the body of the request says. */
    public Job begin(Draft draft, Volume snapshot, Input input) {
        input.allow("action", "online", "priority", "allowRemoteCopyParent");
        input.choice("priority", LOWEST_PRIORITY);
        input.flag("allowRemoteCopyParent");
        var online = input.isSet("online");
        if (!Volumes.isSnapshot(snapshot)) {
            throw Problem.VV_NOT_SNAPSHOT.refusal();
        }
        var objects = draft.objects();
        var base = Volumes.base(objects, snapshot);
        Tasks.requireIdle(objects, base);
        Volumes.requireNotCopyTarget(objects, snapshot);
        if (!online && Volumes.isExported(objects, base)) {
            throw Problem.PARENT_VV_EXPORTED.refusal();
        }
        if (base.sizeBytes() > snapshot.sizeBytes()) {
            throw Problem.PARENT_SIZE_HAS_INCREASED.refusal();
        }
        Map<String, String> details = Map.of();
        if (online) {
            var filled = draft.fill(base, Content.of(snapshot, snapshot.name()));
            Options.put(draft, filled, Traits.of(filled).withCopyFailed(false));
        } else {
            details = Filling.prepare(draft, snapshot, base, Traits.of(base).copiedFrom());
        }
        return tasks.begin(draft, TaskKind.PROMOTE, snapshot.name(), VolumeCalls.ids(snapshot, base), details);
    }

    /** Action 5, of the snapshot or the volume. */
    Answer stop(Call call) {
        call.input().allow("action");
        return estate.change(draft -> {
            var volume = Volumes.require(draft.objects(), call.name());
            var task = Tasks.active(draft.objects(), volume, TaskKind.PROMOTE)
                    .orElseThrow(Problem.PROMOTE_NOT_IN_PROGRESS::refusal);
            tasks.cancel(draft, task);
            return Answer.done();
        });
    }

    static boolean isPromotion(Job task) {
        return task.kind().equals(TaskKind.PROMOTE.name());
    }

    /**
     * The end of a promotion; an online one has had its effect at its beginning.
     *
     * @param offline of one that is offline
     */
    record Ending(Filling offline) implements Effect {
        @Override
        public void complete(Draft draft, Job task) {
            if (Filling.target(draft.objects(), task).isPresent()) {
                offline.complete(draft, task);
            }
        }

        @Override
        public void cancel(Draft draft, Job task) {
            if (Filling.target(draft.objects(), task).isPresent()) {
                offline.cancel(draft, task);
            }
        }
    }
}
