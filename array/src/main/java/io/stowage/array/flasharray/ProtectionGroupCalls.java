package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.ProtectionGroup;
import java.util.ArrayList;

/** The calls of {@code /protection-groups}. */
final class ProtectionGroupCalls {
    private final Estate estate;
    private final ProtectionGroups groups;

    ProtectionGroupCalls(Estate estate, ProtectionGroups groups) {
        this.estate = estate;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(groups, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, groups, call, draft -> {
            var made = new ArrayList<ProtectionGroup>();
            for (var name : names) {
                made.add(create(draft, name));
            }
            return made;
        });
    }

    private static ProtectionGroup create(Draft draft, String name) {
        var parsed = PodName.parse(name);
        var pod = Places.pod(draft.objects(), parsed.pod(), name);
        Names.general("Protection group", parsed.local(), name);
        if (draft.objects().protectionGroup(pod, parsed.local()).isPresent()) {
            throw Refusal.of(name, ProtectionWording.GROUP_EXISTS);
        }
        var group = ProtectionGroup.of(pod, parsed.local(), Protecting.NEW, draft.now());
        draft.put(group);
        return group;
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny(
                "name",
                "destroyed",
                Protecting.SNAPSHOTS,
                Protecting.REPLICATION,
                Protecting.RETENTION,
                Protecting.REMOTE_RETENTION,
                Protecting.LOCK);
        if (body.has("name") && body.has("destroyed")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, groups, call, draft -> {
            var updated = new ArrayList<ProtectionGroup>();
            for (var group : Listing.required(groups, draft.objects(), call)) {
                updated.add(update(draft, group, body));
            }
            return updated;
        });
    }

    private static ProtectionGroup update(Draft draft, ProtectionGroup group, Body body) {
        var name = ProtectionGroups.fullName(draft.objects(), group);
        var destroyed = body.flag("destroyed");
        if (destroyed.isPresent()) {
            return destroyed.get() ? destroy(draft, group, name) : recover(draft, group, name);
        }
        requireLive(group, name);
        var protection = Protecting.updated(group.protection(), body, name);
        var changed = renamed(draft, group, body);
        if (!protection.snapshots().equals(group.protection().snapshots())) {
            changed = changed.withSnapshotDue(protection.snapshots().first(draft.now()));
        }
        changed = ScheduledSnapshots.thinnedAgain(draft.objects(), changed.withProtection(protection));
        draft.put(changed);
        return changed;
    }

    private static ProtectionGroup destroy(Draft draft, ProtectionGroup group, String name) {
        requireLive(group, name);
        if (group.protection().isDefault()) {
            throw Refusal.of(name, ProtectionWording.GROUP_IS_DEFAULT);
        }
        if (group.protection().isLocked()) {
            throw Refusal.of(name, ProtectionWording.LOCKED_DESTROY);
        }
        return draft.destroy(group, SafeMode.end(draft, group));
    }

    private static ProtectionGroup recover(Draft draft, ProtectionGroup group, String name) {
        if (!group.isDestroyed()) {
            throw Refusal.of(name, ProtectionWording.GROUP_LIVE);
        }
        Places.pod(draft.objects(), PodName.parse(name).pod(), name);
        return draft.recover(group);
    }

    private static ProtectionGroup renamed(Draft draft, ProtectionGroup group, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return group;
        }
        var parsed = PodName.parse(name.get());
        if (!Places.pod(draft.objects(), parsed.pod(), name.get()).equals(group.container())) {
            throw Refusal.of(name.get(), ProtectionWording.GROUP_RENAME_POD);
        }
        Names.general("Protection group", parsed.local(), name.get());
        if (draft.objects()
                .protectionGroup(group.container(), parsed.local())
                .filter(other -> !other.id().equals(group.id()))
                .isPresent()) {
            throw Refusal.of(name.get(), ProtectionWording.GROUP_EXISTS);
        }
        return group.withName(parsed.local());
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var group : Listing.required(groups, draft.objects(), call)) {
                if (!group.isDestroyed()) {
                    throw Refusal.of(
                            ProtectionGroups.fullName(draft.objects(), group), ProtectionWording.GROUP_NOT_DESTROYED);
                }
                SafeMode.require(draft.objects(), group);
                draft.eradicate(group);
            }
            return new Answer.Empty();
        });
    }

    static void requireLive(ProtectionGroup group, String name) {
        if (group.isDestroyed()) {
            throw Refusal.of(name, ProtectionWording.GROUP_DESTROYED);
        }
    }
}
