package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Entity;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.ProtectionMember;
import io.stowage.array.core.ProtectionMember.Kind;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of protection groups of one kind: {@code /protection-groups/volumes}, {@code /volumes/protection-groups}
 * and their like.
 *
 * @param <T> what the members are
 */
final class Memberships<T extends Entity> implements Resource<ProtectionMember> {
    private final Estate estate;
    private final ProtectionGroups groups;
    private final Resource<T> members;
    private final Kind kind;

    Memberships(Estate estate, ProtectionGroups groups, Resource<T> members, Kind kind) {
        this.estate = estate;
        this.groups = groups;
        this.members = members;
        this.kind = kind;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var group = selected(groups, objects, call, "group").map(Memberships::ids);
            var member = selected(members, objects, call, "member").map(Memberships::ids);
            var found = all(objects).stream()
                    .filter(one -> group.isEmpty() || group.get().contains(one.group()))
                    .filter(one -> member.isEmpty() || member.get().contains(one.member()))
                    .toList();
            return Listing.page(this, objects, call, found);
        });
    }

    private static List<UUID> ids(List<? extends Entity> entities) {
        return entities.stream().<UUID>map(Entity::id).toList();
    }

    /** What {@code group_names} or {@code member_ids} and their like select; empty when they are absent. */
    private static <E> Optional<List<E>> selected(Resource<E> among, Objects objects, Call call, String side) {
        var names = call.list(side + "_names");
        var ids = call.list(side + "_ids");
        if (!names.isEmpty() && !ids.isEmpty()) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        if (names.isEmpty() && ids.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                names.isEmpty() ? Listing.identified(among, objects, ids) : Listing.named(among, objects, names));
    }

    private static <E> List<E> required(Resource<E> among, Objects objects, Call call, String side) {
        return selected(among, objects, call, side).orElseThrow(() -> Refusal.of(Wording.NAMES_REQUIRED));
    }

    Answer add(Call call) {
        return Answer.Items.of(estate, this, call, draft -> {
            var added = new ArrayList<ProtectionMember>();
            for (var group : required(groups, draft.objects(), call, "group")) {
                for (var member : required(members, draft.objects(), call, "member")) {
                    added.add(add(draft, group, kind, member, members.name(draft.objects(), member)));
                }
            }
            return added;
        });
    }

    /** @param name the full name of the member, for refusals */
    static ProtectionMember add(Draft draft, ProtectionGroup group, Kind kind, Entity member, String name) {
        ProtectionGroupCalls.requireLive(group, ProtectionGroups.fullName(draft.objects(), group));
        if (member instanceof Volume volume) {
            VolumeCalls.requireLive(volume, name);
            if (!volume.container().equals(group.container())) {
                throw Refusal.of(name, ProtectionWording.MEMBER_POD);
            }
        } else if (group.protection().isDefault()) {
            throw Refusal.of(name, ProtectionWording.DEFAULT_KIND);
        } else if (group.container().isPresent()) {
            throw Refusal.of(name, ProtectionWording.MEMBER_NOT_IN_POD);
        }
        for (var other : draft.objects().membersOf(group.id())) {
            if (other.kind() != kind) {
                throw Refusal.of(name, ProtectionWording.MEMBER_KINDS);
            }
        }
        if (find(draft.objects(), group, member).isPresent()) {
            throw Refusal.of(name, ProtectionWording.ALREADY_MEMBER);
        }
        var added = new ProtectionMember(UUID.randomUUID(), group.id(), kind, member.id());
        draft.put(added);
        return added;
    }

    Answer remove(Call call) {
        return estate.change(draft -> {
            for (var group : required(groups, draft.objects(), call, "group")) {
                for (var member : required(members, draft.objects(), call, "member")) {
                    remove(draft, group, member, members.name(draft.objects(), member));
                }
            }
            return new Answer.Empty();
        });
    }

    /** @param name the full name of the member, for refusals */
    static void remove(Draft draft, ProtectionGroup group, Entity member, String name) {
        ProtectionGroupCalls.requireLive(group, ProtectionGroups.fullName(draft.objects(), group));
        var membership = find(draft.objects(), group, member)
                .orElseThrow(() -> Refusal.of(name, ProtectionWording.NOT_A_MEMBER));
        if (group.protection().isLocked()) {
            throw Refusal.of(name, ProtectionWording.LOCKED_MEMBER);
        }
        draft.remove(membership);
    }

    private static Optional<ProtectionMember> find(Objects objects, ProtectionGroup group, Entity member) {
        return objects.membershipsOf(member.id()).stream()
                .filter(membership -> membership.group().equals(group.id()))
                .findFirst();
    }

    @Override
    public Collection<ProtectionMember> all(Objects objects) {
        return objects.protectionMembers().stream()
                .filter(member -> member.kind() == kind)
                .toList();
    }

    /** Memberships have no names of their own. */
    @Override
    public Optional<ProtectionMember> named(Objects objects, String name) {
        return Optional.empty();
    }

    @Override
    public String name(Objects objects, ProtectionMember one) {
        return groupName(objects, one) + " " + memberName(objects, one);
    }

    private String groupName(Objects objects, ProtectionMember one) {
        return groups.name(objects, objects.protectionGroup(one.group()).orElseThrow());
    }

    private String memberName(Objects objects, ProtectionMember one) {
        return members.name(objects, members.identified(objects, one.member()).orElseThrow());
    }

    @Override
    public String missing() {
        return ProtectionWording.NOT_A_MEMBER;
    }

    @Override
    public ObjectNode item(Objects objects, ProtectionMember one, ApiVersion version) {
        var name = memberName(objects, one);
        var item = Json.object();
        item.set("group", References.to(groupName(objects, one), one.group()));
        item.set("member", kind == Kind.VOLUME ? References.to(name, one.member()) : References.toName(name));
        return item;
    }
}
