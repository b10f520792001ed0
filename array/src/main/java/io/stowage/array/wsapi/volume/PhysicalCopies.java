package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.array.wsapi.task.Effect;
import io.stowage.array.wsapi.task.TaskKind;
import io.stowage.array.wsapi.task.Tasks;
import io.stowage.web.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Physical copies (section 7). Online: a new volume that can be used at once. Offline: onto a volume that is there, which
 * has the content when the task is over.
 */
public final class PhysicalCopies {
    /** Detail of an online copy's task: which of its volumes it made. */
    private static final String TARGET = "copy";

    private static final int LOWEST_PRIORITY = 3;

    private final Estate estate;
    private final Identity identity;
    private final Tasks tasks;

    PhysicalCopies(Estate estate, Identity identity, Tasks tasks) {
        this.estate = estate;
        this.identity = identity;
        this.tasks = tasks;
    }

    /** The action {@code createPhysicalCopy}. */
    Answer create(Call call, Input parameters) {
        parameters.choice("priority", LOWEST_PRIORITY);
        parameters.flag("skipZero");
        var online = parameters.isSet("online");
        var task = online ? online(call.name(), parameters) : offline(call.name(), parameters);
        return answer(task).at("volumes", parameters.requiredText("destVolume"));
    }

    private Job online(String sourceName, Input parameters) {
        parameters.allow(
                "destVolume",
                "destCPG",
                "online",
                "tpvv",
                "tdvv",
                "reduce",
                "compression",
                "snapCPG",
                "saveSnapshot",
                "priority",
                "skipZero");
        var name = parameters.requiredName("destVolume", Names.LONGEST_VOLUME);
        var cpgName = parameters.requiredText("destCPG");
        var provisioning = Provisioning.asked(parameters).orElse(Provisioning.THIN);
        return estate.change(draft -> {
            var source = Volumes.require(draft.objects(), sourceName);
            Volumes.requireFree(draft, name);
            var cpg = Cpgs.require(draft.objects(), cpgName);
            Volumes.requireNotCopyTarget(draft.objects(), source);
            CpgRoom.require(estate.usage(), draft.objects(), cpg.id(), Problem.NO_SPACE);
            var traits = Traits.of(Options.number(draft, Optional.empty()), cpg.id(), provisioning);
            var snapCpg = parameters.text("snapCPG").map(wanted -> Cpgs.require(draft.objects(), wanted));
            traits = traits.with(Traits.SNAP_CPG, snapCpg.map(one -> one.id().toString()));
            var unit = identity.newUnit(draft, traits.number());
            var copy = draft.copyVolume(Volumes.place(name), Content.of(source, source.name()), unit);
            Options.put(draft, copy, traits);
            return tasks.begin(
                    draft,
                    TaskKind.ONLINE_COPY,
                    name,
                    VolumeCalls.ids(source, copy),
                    Map.of(TARGET, copy.id().toString()));
        });
    }

    private Job offline(String sourceName, Input parameters) {
        parameters.allow("destVolume", "online", "saveSnapshot", "priority", "skipZero");
        var name = parameters.requiredText("destVolume");
        var keep = parameters.isSet("saveSnapshot");
        return estate.change(draft -> {
            var source = Volumes.require(draft.objects(), sourceName);
            var target = Volumes.require(draft.objects(), name);
            requireCopyable(draft.objects(), source, target);
            var copyOf = keep ? Optional.of(source.id()) : Optional.<UUID>empty();
            return fill(draft, TaskKind.VV_COPY, source, target, copyOf);
        });
    }

    private static void requireCopyable(Objects objects, Volume source, Volume target) {
        if (source.id().equals(target.id())) {
            throw Problem.VV_COPY_TO_SELF.refusal();
        }
        if (Volumes.isSnapshot(target)) {
            throw Problem.UNSUPPORTED_VV_TYPE.refusal();
        }
        Tasks.requireIdle(objects, target);
        Volumes.requireNotCopyTarget(objects, source);
        if (Volumes.isExported(objects, target)) {
            throw Problem.VV_EXPORTED.refusal();
        }
        if (source.sizeBytes() > target.sizeBytes()) {
            throw Problem.VV_COPY_PARENT_TOO_BIG.refusal();
        }
    }

    private Job fill(Draft draft, TaskKind kind, Volume source, Volume target, Optional<UUID> copyOf) {
        var name = source.name() + "->" + target.name();
        return tasks.begin(
                draft, kind, name, VolumeCalls.ids(source, target), Filling.prepare(draft, source, target, copyOf));
    }

    /** Action 2 of a copy. */
    Answer resync(Call call) {
        return answer(
                estate.change(draft -> resync(draft, Volumes.require(draft.objects(), call.name()), call.input())));
    }

    /** Copies again what the source of the copy holds by now, as the body of the request says. */
    public Job resync(Draft draft, Volume copy, Input input) {
        input.allow("action", "priority");
        input.choice("priority", LOWEST_PRIORITY);
        var source = Volumes.copiedFrom(draft.objects(), copy).orElseThrow(Problem.UNSUPPORTED_VV_TYPE::refusal);
        requireCopyable(draft.objects(), source, copy);
        return fill(draft, TaskKind.RESYNC, source, copy, Optional.of(source.id()));
    }

    /** Action 1: cancels the copying; of a copy that is done, its relation to the source ends. */
    Answer stop(Call call) {
        call.input().allow("action");
        return estate.change(draft -> {
            var target = Volumes.require(draft.objects(), call.name());
            var active = draft.objects().jobsOn(target.id()).stream()
                    .filter(task -> isCopy(task) && isTarget(task, target))
                    .findFirst();
            if (active.isPresent()) {
                tasks.cancel(draft, active.get());
            } else if (Volumes.copiedFrom(draft.objects(), target).isPresent()) {
                Options.put(draft, target, Traits.of(target).withCopiedFrom(Optional.empty()));
            } else {
                throw Problem.UNSUPPORTED_VV_TYPE.refusal();
            }
            return Answer.done();
        });
    }

    private static boolean isCopy(Job task) {
        return task.kind().equals(TaskKind.VV_COPY.name())
                || task.kind().equals(TaskKind.RESYNC.name())
                || task.kind().equals(TaskKind.ONLINE_COPY.name());
    }

    /** Whether the volume is what this task copies to. */
    static boolean isTarget(Job task, Volume volume) {
        return Filling.isOn(task, volume)
                || volume.id().toString().equals(task.attributes().get(TARGET));
    }

    /** What calls that begin a task are answered with. */
    static Answer answer(Job task) {
        var body = Json.object().put("taskid", task.number());
        body.putArray("links")
                .addObject()
                .put("href", "/api/v1/tasks/" + task.number())
                .put("rel", "self");
        return Answer.of(body);
    }

    /** The end of an online copy: all of its content was there from the beginning. */
    static final class Online implements Effect {
        @Override
        public void complete(Draft draft, Job task) {}

        /** What it made has failed, as nobody may rely on it. */
        @Override
        public void cancel(Draft draft, Job task) {
            var copy = UUID.fromString(task.attributes().getOrDefault(TARGET, ""));
            draft.objects()
                    .volume(copy)
                    .ifPresent(volume ->
                            Options.put(draft, volume, Traits.of(volume).withCopyFailed(true)));
        }
    }
}
