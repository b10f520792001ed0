package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes virtual copies: of one volume, of several at one instant, of a set (section 7). */
public final class SnapshotCalls {
    /** How many one call may make. */
    private static final int MOST_AT_ONCE = 256;

    private final Estate estate;
    private final Identity identity;
    private final Expiry expiry;
    private final Grouping sets;

    /** What {@code addToSet} asks for. */
    @FunctionalInterface
    public interface Grouping {
        /** Adds volumes to the set of this name, which is made unless it is there. */
        void addTo(Draft draft, String set, List<String> volumes);
    }

    SnapshotCalls(Estate estate, Identity identity, Expiry expiry, Grouping sets) {
        this.estate = estate;
        this.identity = identity;
        this.expiry = expiry;
        this.sets = sets;
    }

    /**
     * A snapshot to be made.
     *
     * @param number the {@code id} that it is to have
     */
    record Wanted(Volume parent, String name, boolean readOnly, Optional<Long> number) {}

    /** Of one volume: the action {@code createSnapshot}. */
    Answer create(Call call, Input parameters) {
        parameters.allow("name", "id", "comment", "readOnly", Lifetime.EXPIRATION, Lifetime.RETENTION, "addToSet");
        var name = parameters.requiredName("name", Names.LONGEST_VOLUME);
        var readOnly = parameters.isSet("readOnly");
        var number = Options.askedNumber(parameters, "id");
        estate.change(draft -> {
            var parent = Volumes.require(draft.objects(), call.name());
            return create(draft, List.of(new Wanted(parent, name, readOnly, number)), parameters);
        });
        return Answer.created("volumes", name);
    }

    /** Of several volumes: action 8 of {@code /volumes}. Those whose entry doesn't say otherwise are read-only. */
    Answer createGroup(Call call) {
        var parameters = call.input().object("parameters").orElseThrow(() -> Problem.MISSING_REQUIRED.of("parameters"));
        parameters.allow("volumeGroup", "comment", Lifetime.EXPIRATION, Lifetime.RETENTION, "skipBlock", "addToSet");
        parameters.flag("skipBlock");
        var group = parameters.objects("volumeGroup");
        if (group.isEmpty()) {
            throw Problem.MISSING_REQUIRED.of("volumeGroup");
        }
        if (group.size() > MOST_AT_ONCE) {
            throw Problem.EXCEEDS_RANGE.of("volumeGroup");
        }
        estate.change(draft -> {
            var wanted = new ArrayList<Wanted>();
            for (var one : group) {
                wanted.add(wanted(draft, one));
            }
            return create(draft, wanted, parameters);
        });
        return Answer.created("volumes");
    }

    private static Wanted wanted(Draft draft, Input one) {
        one.allow("volumeName", "snapshotName", "snapshotId", "readWrite");
        return new Wanted(
                Volumes.require(draft.objects(), one.requiredText("volumeName")),
                one.requiredName("snapshotName", Names.LONGEST_VOLUME),
                !one.isSet("readWrite"),
                Options.askedNumber(one, "snapshotId"));
    }

    /** Of these volumes, with names after a pattern: the action {@code createSnapshot} of a set. */
    public Answer createAll(List<Volume> parents, Draft draft, Input parameters) {
        parameters.allow("name", "comment", "readOnly", Lifetime.EXPIRATION, Lifetime.RETENTION, "addToSet");
        var pattern = SnapshotPattern.parse(parameters.requiredText("name"));
        var readOnly = parameters.isSet("readOnly");
        var wanted = new ArrayList<Wanted>();
        for (int i = 0; i < parents.size(); i++) {
            var name = pattern.name(parents.get(i), i, draft.now());
            wanted.add(new Wanted(
                    parents.get(i), Names.require("name", name, Names.LONGEST_VOLUME), readOnly, Optional.empty()));
        }
        create(draft, wanted, parameters);
        return Answer.created("volumes");
    }

    private List<Volume> create(Draft draft, List<Wanted> wanted, Input parameters) {
        var set = parameters.name("addToSet", Names.LONGEST);
        var made = new ArrayList<Volume>();
        for (var one : wanted) {
            made.add(create(draft, one, parameters));
        }
        set.ifPresent(
                name -> sets.addTo(draft, name, made.stream().map(Volume::name).toList()));
        return made;
    }

    private Volume create(Draft draft, Wanted wanted, Input parameters) {
        var parent = wanted.parent();
        Volumes.requireFree(draft, wanted.name());
        Volumes.requireNotCopyTarget(draft.objects(), parent);
        if (wanted.readOnly() && parent.readOnly()) {
            throw Problem.SNAPSHOT_OF_RO_SNAPSHOT.refusal();
        }
        var number = Options.number(draft, wanted.number());
        var traits = Options.commented(ofSnapshot(Traits.of(parent), number), parameters);
        traits = Lifetime.applied(traits, parameters, draft.now());
        var unit = identity.newUnit(draft, number);
        var made = draft.branch(parent, Volumes.place(wanted.name()), unit, wanted.readOnly());
        return expiry.noting(Options.put(draft, made, traits));
    }

    /** Of what its parent has, a snapshot has the CPGs. */
    private static Traits ofSnapshot(Traits parent, int number) {
        return Traits.of(number, parent.cpg(), parent.provisioning())
                .with(Traits.SNAP_CPG, parent.text(Traits.SNAP_CPG));
    }
}
