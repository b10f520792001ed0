package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The life of a volume: create, look at, modify, grow. What ends it is in {@link Removal}. */
final class VolumeCalls {
    private static final Set<String> OF_NEW = Set.of(
            "name",
            "cpg",
            "sizeMiB",
            "tpvv",
            "tdvv",
            "compression",
            "reduce",
            "id",
            "comment",
            "snapCPG",
            "policies",
            Lifetime.EXPIRATION,
            Lifetime.RETENTION);
    private static final Set<String> CHANGING = Set.of(
            "newName",
            "comment",
            "userCPG",
            "snapCPG",
            "policies",
            Lifetime.EXPIRATION,
            Lifetime.RETENTION,
            Lifetime.NO_EXPIRATION);

    private final Estate estate;
    private final Identity identity;
    private final VolumeView view;
    private final Expiry expiry;

    VolumeCalls(Estate estate, Identity identity, VolumeView view, Expiry expiry) {
        this.estate = estate;
        this.identity = identity;
        this.view = view;
        this.expiry = expiry;
    }

    Answer list(Call call) {
        var query = call.query(VolumeView.QUERIED);
        var all = call.parameter("query").isEmpty();
        return estate.read(objects -> Answer.members(objects.volumes().stream()
                .filter(volume -> all || query.matches(view.queried(objects, volume)))
                .map(volume -> view.json(objects, volume))
                .toList()));
    }

    Answer get(Call call) {
        return estate.read(objects -> Answer.of(view.json(objects, Volumes.require(objects, call.name()))));
    }

    Answer create(Call call) {
        var input = call.input();
        input.allow(with(OF_NEW, Thresholds.NAMES.keySet()));
        var name = input.requiredName("name", Names.LONGEST_VOLUME);
        var cpgName = input.requiredText("cpg");
        var size = Sizes.required(input);
        var provisioning = Provisioning.required(input);
        var number = Options.askedNumber(input, "id");
        estate.change(draft -> {
            var cpg = Cpgs.require(draft.objects(), cpgName);
            Volumes.requireFree(draft, name);
            CpgRoom.require(estate.usage(), draft.objects(), cpg.id(), Problem.NO_SPACE);
            var traits = Traits.of(Options.number(draft, number), cpg.id(), provisioning);
            traits = described(draft, traits, input);
            var made = draft.createVolume(Volumes.place(name), size, identity.newUnit(draft, traits.number()));
            return expiry.noting(Options.put(draft, made, traits));
        });
        return Answer.created("volumes", name);
    }

    /** Everything that may be given to a new volume and changed later. */
    private static Traits described(Draft draft, Traits before, Input input) {
        var traits = Options.commented(before, input);
        traits = Thresholds.applied(Policies.applied(traits, input), input);
        var snapCpg = input.text("snapCPG").map(name -> Cpgs.require(draft.objects(), name));
        if (snapCpg.isPresent()) {
            traits = traits.with(Traits.SNAP_CPG, snapCpg.get().id().toString());
        }
        return Lifetime.applied(traits, input, draft.now());
    }

    /** Changes what the body names; what has an action is elsewhere. */
    Answer modify(Call call) {
        var input = call.input();
        input.allow(with(with(CHANGING, Thresholds.NAMES.keySet()), Set.copyOf(Thresholds.NAMES.values())));
        var newName = input.name("newName", Names.LONGEST_VOLUME);
        var name = estate.change(draft -> {
            var volume = Volumes.require(draft.objects(), call.name());
            newName.filter(wanted -> !wanted.equalsIgnoreCase(volume.name())).ifPresent(wanted -> {
                if (Volumes.find(draft.objects(), wanted).isPresent()) {
                    throw Problem.EXISTENT_VOL.of("newName");
                }
            });
            var traits = described(draft, Traits.of(volume), input);
            var cpg = input.text("userCPG").map(wanted -> Cpgs.require(draft.objects(), wanted));
            if (cpg.isPresent()) {
                traits = traits.withCpg(cpg.get().id());
            }
            var renamed = volume.withName(newName.orElse(volume.name()));
            return expiry.noting(Options.put(draft, renamed, traits)).name();
        });
        return Answer.done().at("volumes", name);
    }

    /** Action 3: the size in the body is added. */
    Answer grow(Call call) {
        call.input().allow("action", "sizeMiB");
        estate.change(draft -> {
            var objects = draft.objects();
            var volume = Volumes.require(objects, call.name());
            if (Volumes.isSnapshot(volume)) {
                throw Problem.UNSUPPORTED_VV_TYPE.refusal();
            }
            var size = Sizes.grown(call.input(), volume.sizeBytes());
            if (!objects.jobsOn(volume.id()).isEmpty()) {
                throw Problem.VV_IS_BUSY.refusal();
            }
            if (Volumes.isPhysicalCopy(objects, volume)) {
                throw Problem.VV_IS_PHYSICAL_COPY.refusal();
            }
            CpgRoom.require(estate.usage(), objects, Cpgs.of(objects, volume).id(), Problem.CPG_LIMIT);
            return draft.resize(volume, size);
        });
        return Answer.done();
    }

    Answer delete(Call call) {
        return estate.change(draft -> {
            var volume = Volumes.require(draft.objects(), call.name());
            Removal.of(draft.objects(), volume, call.isSet("cascade"), draft.now())
                    .run(draft);
            return Answer.done();
        });
    }

    private static Set<String> with(Set<String> some, Set<String> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** Ids of volumes, for tasks. */
    static List<UUID> ids(Volume... volumes) {
        var ids = new ArrayList<UUID>();
        for (var volume : volumes) {
            ids.add(volume.id());
        }
        return ids;
    }
}
