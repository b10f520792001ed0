package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of {@code /protection-group-snapshots}. */
final class GroupSnapshotCalls {
    /** A snapshot that was only to be sent elsewhere does not stay for longer. */
    private static final Duration FOR_REPLICATION = Duration.ofHours(1);

    private final Estate estate;
    private final ProtectionGroups groups;
    private final GroupSnapshots snapshots;
    private final ScheduledSnapshots scheduled;

    GroupSnapshotCalls(Estate estate, ProtectionGroups groups, GroupSnapshots snapshots, ScheduledSnapshots scheduled) {
        this.estate = estate;
        this.groups = groups;
        this.snapshots = snapshots;
        this.scheduled = scheduled;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            if (!call.has("source_names") && !call.has("source_ids")) {
                return Listing.page(snapshots, objects, call);
            }
            var found = new ArrayList<GroupSnapshot>();
            for (var group : sources(objects, call)) {
                found.addAll(objects.groupSnapshotsOf(group.id()));
            }
            return Listing.page(snapshots, objects, call, found);
        });
    }

    private List<ProtectionGroup> sources(Objects objects, Call call) {
        var names = call.list("source_names");
        var ids = call.list("source_ids");
        if (names.isEmpty() == ids.isEmpty()) {
            throw Refusal.of(names.isEmpty() ? Wording.NAMES_REQUIRED : Wording.NAMES_OR_IDS);
        }
        return names.isEmpty() ? Listing.identified(groups, objects, ids) : Listing.named(groups, objects, names);
    }

    /** All groups of one call are snapshotted at the same instant. */
    Answer create(Call call) {
        var suffix = call.body().text("suffix").or(() -> call.parameter("suffix"));
        suffix.ifPresent(name -> Names.suffix("Protection group snapshot", name));
        var forReplication = call.isSet("for_replication");
        if (forReplication && call.isSet("apply_retention")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, snapshots, call, draft -> {
            var made = new ArrayList<GroupSnapshot>();
            for (var group : sources(draft.objects(), call)) {
                var name = ProtectionGroups.fullName(draft.objects(), group);
                ProtectionGroupCalls.requireLive(group, name);
                if (call.isSet("replicate") || call.isSet("replicate_now")) {
                    throw Refusal.of(name, ProtectionWording.NO_TARGETS);
                }
                suffix.ifPresent(chosen -> requireFree(draft.objects(), group, chosen));
                made.add(scheduled.take(
                        draft,
                        group,
                        suffix,
                        call.isSet("apply_retention"),
                        forReplication ? Optional.of(draft.after(FOR_REPLICATION)) : Optional.empty()));
            }
            return made;
        });
    }

    private static void requireFree(Objects objects, ProtectionGroup group, String suffix) {
        if (objects.groupSnapshot(group.id(), suffix).isPresent()) {
            throw Refusal.of(
                    ProtectionGroups.fullName(objects, group) + "." + suffix, ProtectionWording.SNAPSHOT_EXISTS);
        }
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny("name", "suffix", "destroyed");
        if (body.has("destroyed") && (body.has("name") || body.has("suffix"))) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, snapshots, call, draft -> {
            var updated = new ArrayList<GroupSnapshot>();
            for (var snapshot : Listing.required(snapshots, draft.objects(), call)) {
                updated.add(update(draft, snapshot, body));
            }
            return updated;
        });
    }

    private static GroupSnapshot update(Draft draft, GroupSnapshot snapshot, Body body) {
        var name = GroupSnapshots.fullName(draft.objects(), snapshot);
        var group = GroupSnapshots.group(draft.objects(), snapshot);
        var destroyed = body.flag("destroyed");
        if (destroyed.isPresent()) {
            var changed =
                    destroyed.get() ? destroy(draft, group, snapshot, name) : recover(draft, group, snapshot, name);
            draft.put(ScheduledSnapshots.thinnedAgain(draft.objects(), group));
            return changed;
        }
        if (snapshot.isDestroyed()) {
            throw Refusal.of(name, ProtectionWording.SNAPSHOT_DESTROYED);
        }
        var suffix = Names.suffix(
                "Protection group snapshot",
                body.text("name")
                        .or(() -> body.text("suffix"))
                        .orElseThrow(() -> Refusal.of(Wording.invalidAttribute("name"))));
        if (!suffix.equalsIgnoreCase(snapshot.name())) {
            requireFree(draft.objects(), group, suffix);
        }
        var renamed = snapshot.withName(suffix);
        draft.put(renamed);
        return renamed;
    }

    private static GroupSnapshot destroy(Draft draft, ProtectionGroup group, GroupSnapshot snapshot, String name) {
        if (snapshot.isDestroyed()) {
            throw Refusal.of(name, ProtectionWording.SNAPSHOT_DESTROYED);
        }
        if (group.protection().isLocked()) {
            throw Refusal.of(name, ProtectionWording.LOCKED_SNAPSHOT);
        }
        return draft.destroy(snapshot, SafeMode.end(draft, snapshot));
    }

    private static GroupSnapshot recover(Draft draft, ProtectionGroup group, GroupSnapshot snapshot, String name) {
        if (!snapshot.isDestroyed()) {
            throw Refusal.of(name, ProtectionWording.SNAPSHOT_LIVE);
        }
        ProtectionGroupCalls.requireLive(group, name);
        return draft.recover(snapshot);
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var snapshot : Listing.required(snapshots, draft.objects(), call)) {
                if (!snapshot.isDestroyed()) {
                    throw Refusal.of(
                            GroupSnapshots.fullName(draft.objects(), snapshot),
                            ProtectionWording.SNAPSHOT_NOT_DESTROYED);
                }
                SafeMode.require(draft.objects(), snapshot);
                draft.eradicate(snapshot);
            }
            return new Answer.Empty();
        });
    }

    /** Nothing is ever sent to another array. */
    Answer transfers(Call call) {
        return estate.read(
                objects -> Listing.page(new Rows(List::of, ProtectionWording.SNAPSHOT_MISSING), objects, call));
    }
}
