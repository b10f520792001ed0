package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.ProtectionMember.Kind;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /container-default-protections}: which protection groups the new volumes of a pod join, or those outside of all
 * pods, which is the array's own row and has no name.
 */
final class DefaultProtections implements Resource<DefaultProtections.Owner> {
    private static final String LIST = "default_protections";
    private static final String TYPE = "protection_group";

    /** The first version whose entries have ids. */
    private static final int IDS_SINCE = 26;

    /** Who has such a list: a pod, or the array when it is empty. */
    record Owner(Optional<Container> pod) {
        Optional<UUID> id() {
            return pod.map(Container::id);
        }
    }

    private final Estate estate;
    private final ProtectionGroups groups;

    DefaultProtections(Estate estate, ProtectionGroups groups) {
        this.estate = estate;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> isArrayAlone(call)
                ? Listing.page(this, objects, call, List.of(new Owner(Optional.empty())))
                : Listing.page(this, objects, call));
    }

    /** Whether {@code names=} is there and empty. */
    private static boolean isArrayAlone(Call call) {
        return call.has("names") && call.list("names").isEmpty();
    }

    Answer update(Call call) {
        var wanted = call.body().objects(LIST).orElseThrow(() -> Refusal.of(Wording.NO_ATTRIBUTE));
        return Answer.Items.of(estate, this, call, draft -> {
            var owners = isArrayAlone(call)
                    ? List.of(new Owner(Optional.empty()))
                    : Listing.required(this, draft.objects(), call);
            owners.forEach(owner -> update(draft, owner, wanted));
            return owners;
        });
    }

    private void update(Draft draft, Owner owner, List<Body> wanted) {
        var chosen = new HashSet<UUID>();
        for (var entry : wanted) {
            chosen.add(chosen(draft.objects(), owner, entry).id());
        }
        for (var group : draft.objects().protectionGroupsIn(owner.id())) {
            var isDefault = chosen.contains(group.id());
            if (group.protection().isDefault()
                    && !isDefault
                    && group.protection().isLocked()) {
                throw Refusal.of(ProtectionGroups.fullName(draft.objects(), group), ProtectionWording.LOCKED_DEFAULT);
            }
            if (group.protection().isDefault() != isDefault) {
                draft.put(group.withProtection(group.protection().withDefault(isDefault)));
            }
        }
    }

    private ProtectionGroup chosen(Objects objects, Owner owner, Body entry) {
        if (!entry.text("type").orElse(TYPE).equals(TYPE)) {
            throw Refusal.of(Wording.invalidAttribute("type"));
        }
        var key = entry.text("name")
                .or(() -> entry.text("id"))
                .orElseThrow(() -> Refusal.of(Wording.invalidAttribute(LIST)));
        var group = (entry.text("name").isPresent()
                        ? Listing.named(groups, objects, List.of(key))
                        : Listing.identified(groups, objects, List.of(key)))
                .getFirst();
        ProtectionGroupCalls.requireLive(group, key);
        if (!group.container().equals(owner.id())) {
            throw Refusal.of(key, ProtectionWording.DEFAULT_POD);
        }
        if (objects.membersOf(group.id()).stream().anyMatch(member -> member.kind() != Kind.VOLUME)) {
            throw Refusal.of(key, ProtectionWording.DEFAULT_KIND);
        }
        return group;
    }

    /** Gives a new pod what the array's own list says: a group of its own for each entry. */
    static void copy(Draft draft, Container pod) {
        for (var group : defaults(draft.objects(), Optional.empty())) {
            draft.put(ProtectionGroup.of(Optional.of(pod.id()), group.name(), group.protection(), draft.now()));
        }
    }

    /** The groups that new volumes of this pod join, or new ones outside of all pods. */
    static List<ProtectionGroup> defaults(Objects objects, Optional<UUID> pod) {
        return objects.protectionGroupsIn(pod).stream()
                .filter(group -> group.protection().isDefault())
                .toList();
    }

    @Override
    public Collection<Owner> all(Objects objects) {
        var owners = new ArrayList<Owner>();
        owners.add(new Owner(Optional.empty()));
        objects.containers().forEach(pod -> owners.add(new Owner(Optional.of(pod))));
        return owners;
    }

    @Override
    public Optional<Owner> named(Objects objects, String name) {
        return objects.container(name).map(pod -> new Owner(Optional.of(pod)));
    }

    @Override
    public Optional<Owner> identified(Objects objects, UUID id) {
        return objects.container(id).map(pod -> new Owner(Optional.of(pod)));
    }

    @Override
    public String name(Objects objects, Owner owner) {
        return owner.pod().map(Container::name).orElse("");
    }

    @Override
    public String missing() {
        return Wording.POD_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Owner owner, ApiVersion version) {
        var item = References.to(owner.pod().map(Container::name), owner.id())
                .put("type", owner.pod().map(_ -> "pod").orElse(null));
        var list = Json.array();
        for (var group : defaults(objects, owner.id())) {
            var entry = Json.object()
                    .put("name", ProtectionGroups.fullName(objects, group))
                    .put("type", TYPE);
            list.add(version.isAtLeast(IDS_SINCE) ? entry.put("id", group.id().toString()) : entry);
        }
        item.set(LIST, list);
        return item;
    }
}
