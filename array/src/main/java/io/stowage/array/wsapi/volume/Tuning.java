package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.array.wsapi.task.Effect;
import io.stowage.array.wsapi.task.TaskKind;
import io.stowage.array.wsapi.task.Tasks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Moves a volume to another CPG, or makes it another kind (section 6, action 6). Its content stays. */
final class Tuning {
    /** Detail of a task: the kind that the volume is to be. */
    private static final String CONVERSION = "conversion";

    private static final int SNAP_CPG = 2;
    private static final int CONVERSIONS = 4;

    private final Estate estate;
    private final Identity identity;
    private final Tasks tasks;

    Tuning(Estate estate, Identity identity, Tasks tasks) {
        this.estate = estate;
        this.identity = identity;
        this.tasks = tasks;
    }

    Answer begin(Call call) {
        var input = call.input();
        input.allow("action", "tuneOperation", "userCPG", "snapCPG", "conversionOperation", "keepVV", "compression");
        var operation =
                input.choice("tuneOperation", SNAP_CPG).orElseThrow(() -> Problem.MISSING_REQUIRED.of("tuneOperation"));
        var member = operation == SNAP_CPG ? "snapCPG" : "userCPG";
        var cpgName = input.requiredText(member);
        var conversion = input.choice("conversionOperation", CONVERSIONS);
        if (operation == SNAP_CPG && conversion.isPresent()) {
            throw Problem.PARAM_CONFLICT.of("tuneOperation,conversionOperation");
        }
        var kept = input.name("keepVV", Names.LONGEST_VOLUME);
        return PhysicalCopies.answer(estate.change(draft -> {
            var volume = Volumes.require(draft.objects(), call.name());
            if (Volumes.isSnapshot(volume)) {
                throw Problem.UNSUPPORTED_VV_TYPE.refusal();
            }
            Tasks.requireIdle(draft.objects(), volume);
            var cpg = Cpgs.require(draft.objects(), cpgName);
            kept.ifPresent(name -> keep(draft, volume, name));
            var details = new HashMap<String, String>();
            details.put(
                    operation == SNAP_CPG ? Traits.SNAP_CPG : Cpgs.OF_VOLUME,
                    cpg.id().toString());
            conversion.ifPresent(
                    number -> details.put(CONVERSION, converted(number).name()));
            return tasks.begin(
                    draft,
                    conversion.isPresent() ? TaskKind.CONVERT : TaskKind.MOVE_REGIONS,
                    volume.name(),
                    VolumeCalls.ids(volume),
                    details);
        }));
    }

    /** 1 TPVV, 2 FPVV, 3 TDVV, 4 DECO. */
    private static Provisioning converted(int number) {
        return switch (number) {
            case 1 -> Provisioning.THIN;
            case 2 -> Provisioning.FULL;
            default -> Provisioning.REDUCED;
        };
    }

    /** What the volume was before its conversion stays under this name. */
    private void keep(Draft draft, Volume volume, String name) {
        Volumes.requireFree(draft, name);
        var number = Options.number(draft, Optional.empty());
        var old = Traits.of(volume);
        var copy = draft.copyVolume(
                Volumes.place(name), Content.of(volume, volume.name()), identity.newUnit(draft, number));
        Options.put(draft, copy, Traits.of(number, old.cpg(), old.provisioning()));
    }

    static boolean isTuning(Job task) {
        return task.kind().equals(TaskKind.CONVERT.name()) || task.kind().equals(TaskKind.MOVE_REGIONS.name());
    }

    /** What the volume is after it. */
    static final class Done implements Effect {
        @Override
        public void complete(Draft draft, Job task) {
            var volume = draft.objects().volume(task.volumes().getFirst()).orElseThrow();
            var traits = Traits.of(volume);
            for (var key : new String[] {Cpgs.OF_VOLUME, Traits.SNAP_CPG}) {
                var cpg = value(task.attributes(), key)
                        .filter(id ->
                                draft.objects().container(UUID.fromString(id)).isPresent());
                traits = cpg.isPresent() ? traits.with(key, cpg) : traits;
            }
            var conversion = value(task.attributes(), CONVERSION).map(Provisioning::valueOf);
            Options.put(draft, volume, conversion.map(traits::withProvisioning).orElse(traits));
        }

        private static Optional<String> value(Map<String, String> details, String key) {
            return Optional.ofNullable(details.get(key));
        }

        /** What was moved by then is moved back. */
        @Override
        public void cancel(Draft draft, Job task) {}
    }
}
