package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Destructible;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /pods}: containers of volumes with a quota. */
final class Pods implements Resource<Container> {
    /** The first version with {@code quota_limit}; older ones ignore and hide it. */
    private static final int QUOTA_SINCE = 23;

    private static final String MEDIATOR = "mediator";
    private static final String USUAL_MEDIATOR = "purestorage";
    private static final String PROMOTION = "requested_promotion_state";
    private static final String PROMOTED = "promoted";
    private static final String DEMOTED = "demoted";
    private static final String PREFERENCES = "failover_preferences";
    private static final String SOURCE_NAME = "source.name";
    private static final String SOURCE_ID = "source.id";

    private final Estate estate;
    private final Identity identity;

    Pods(Estate estate, Identity identity) {
        this.estate = estate;
        this.identity = identity;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<Container>();
            for (var name : names) {
                made.add(create(draft, name, call));
            }
            return made;
        });
    }

    private Container create(Draft draft, String name, Call call) {
        Names.general("Pod", name);
        if (draft.objects().container(name).isPresent()) {
            throw Refusal.of(name, Wording.POD_EXISTS);
        }
        var source = source(draft.objects(), call.body());
        var made = new Container(UUID.randomUUID(), name, draft.now(), quota(call, name), Optional.empty(), Map.of());
        var pod = withOptions(draft.objects(), withSource(made, source), call.body());
        draft.put(pod);
        if (call.flag("with_default_protection").orElse(true)) {
            DefaultProtections.copy(draft, pod);
        }
        source.ifPresent(from -> PodClone.fill(draft, identity, from, pod, call));
        return pod;
    }

    /** The pod that a new one is to be a clone of. */
    private static Optional<Container> source(Objects objects, Body body) {
        var source = body.object("source");
        var name = source.flatMap(reference -> reference.text("name"));
        if (source.isPresent() && name.isEmpty()) {
            throw Refusal.of(Wording.invalidAttribute("source"));
        }
        var found =
                name.map(given -> objects.container(given).orElseThrow(() -> Refusal.of(given, Wording.POD_MISSING)));
        found.filter(Container::isDestroyed).ifPresent(pod -> {
            throw Refusal.of(pod.name(), Wording.POD_DESTROYED);
        });
        return found;
    }

    private static Container withSource(Container pod, Optional<Container> source) {
        return source.map(from -> pod.withAttributes(
                        Map.of(SOURCE_NAME, from.name(), SOURCE_ID, from.id().toString())))
                .orElse(pod);
    }

    /** Clients send 0 for none, too. */
    private static Optional<Long> quota(Call call, String context) {
        return call.version().isAtLeast(QUOTA_SINCE)
                ? call.body()
                        .number("quota_limit")
                        .filter(bytes -> bytes != 0)
                        .map(bytes -> Sizes.quota(bytes, context))
                : Optional.empty();
    }

    Answer update(Call call) {
        call.body().requireAny("name", "destroyed", "quota_limit", MEDIATOR, PREFERENCES, PROMOTION);
        if (call.body().has("name") && call.body().has("destroyed")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, this, call, draft -> {
            var updated = new ArrayList<Container>();
            for (var pod : Listing.required(this, draft.objects(), call)) {
                updated.add(update(draft, pod, call));
            }
            return updated;
        });
    }

    private Container update(Draft draft, Container pod, Call call) {
        var destroyed = call.body().flag("destroyed");
        var changed = destroyed.isPresent() ? setDestroyed(draft, pod, destroyed.get(), call) : pod;
        if (changed.isDestroyed()) {
            if (destroyed.isEmpty()) {
                throw Refusal.of(pod.name(), Wording.POD_DESTROYED);
            }
            return changed;
        }
        changed = renamed(draft, changed, call.body());
        changed = withQuota(draft, changed, call);
        changed = withOptions(draft.objects(), changed, call.body());
        draft.put(changed);
        return changed;
    }

    private static Container setDestroyed(Draft draft, Container pod, boolean destroyed, Call call) {
        if (pod.isDestroyed() == destroyed) {
            throw Refusal.of(pod.name(), destroyed ? Wording.POD_DESTROYED : Wording.POD_LIVE);
        }
        if (!destroyed) {
            return draft.recover(pod);
        }
        var live = draft.objects().volumesIn(pod.id()).stream()
                .filter(volume -> !volume.isDestroyed())
                .toList();
        var liveGroups = Stream.<Destructible>concat(
                        draft.objects().volumeGroupsIn(pod.id()).stream(),
                        draft.objects().protectionGroupsIn(Optional.of(pod.id())).stream())
                .anyMatch(group -> !group.isDestroyed());
        if ((!live.isEmpty() || liveGroups) && !call.isSet("destroy_contents")) {
            throw Refusal.of(pod.name(), Wording.POD_NOT_EMPTY);
        }
        for (var volume : live) {
            VolumeCalls.requireDisconnected(draft.objects(), volume);
        }
        return draft.destroy(pod, SafeMode.end(draft, pod));
    }

    private static Container renamed(Draft draft, Container pod, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return pod;
        }
        Names.general("Pod", name.get());
        if (draft.objects()
                .container(name.get())
                .filter(other -> !other.id().equals(pod.id()))
                .isPresent()) {
            throw Refusal.of(name.get(), Wording.POD_EXISTS);
        }
        return pod.withName(name.get());
    }

    private static Container withQuota(Draft draft, Container pod, Call call) {
        if (!call.body().has("quota_limit") || !call.version().isAtLeast(QUOTA_SINCE)) {
            return pod;
        }
        var quota = quota(call, pod.name());
        var used = provisioned(draft.objects(), pod);
        if (quota.filter(limit -> limit < used).isPresent() && !call.isSet("ignore_usage")) {
            throw Refusal.of(pod.name(), Wording.QUOTA_BELOW_USE);
        }
        return pod.withQuota(quota);
    }

    private Container withOptions(Objects objects, Container pod, Body body) {
        var attributes = new HashMap<>(pod.attributes());
        body.text(MEDIATOR)
                .ifPresent(mediator -> attributes.put(MEDIATOR, mediator.isEmpty() ? USUAL_MEDIATOR : mediator));
        body.text(PROMOTION).ifPresent(state -> attributes.put(PROMOTION, promotion(objects, pod, state)));
        body.objects(PREFERENCES)
                .ifPresent(arrays -> attributes.put(PREFERENCES, Boolean.toString(isPreferred(objects, arrays))));
        return pod.withAttributes(attributes);
    }

    /** Volumes of a demoted pod take no writes; as ours always do, a demoted pod has none. */
    private static String promotion(Objects objects, Container pod, String state) {
        switch (state) {
            case PROMOTED -> {}
            case DEMOTED -> {
                if (!objects.volumesIn(pod.id()).isEmpty()) {
                    throw Refusal.of(pod.name(), PodWording.DEMOTION);
                }
            }
            default -> throw Refusal.of(Wording.invalidAttribute(PROMOTION));
        }
        return state;
    }

    /** @throws Refusal the pod has been demoted, and so takes no volumes */
    static void requirePromoted(Container pod, String context) {
        if (DEMOTED.equals(pod.attributes().get(PROMOTION))) {
            throw Refusal.of(context, PodWording.DEMOTED);
        }
    }

    /** Whether the list names this array, the only one that can be preferred. */
    private boolean isPreferred(Objects objects, List<Body> arrays) {
        var name = ArraySettings.of(objects).name();
        for (var array : arrays) {
            var given = array.text("name").or(() -> array.text("id")).orElse("");
            if (!given.equalsIgnoreCase(name)
                    && !given.equalsIgnoreCase(identity.id().toString())) {
                throw Refusal.of(given, Wording.ARRAY_MISSING);
            }
        }
        return !arrays.isEmpty();
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var pod : Listing.required(this, draft.objects(), call)) {
                if (!pod.isDestroyed()) {
                    throw Refusal.of(pod.name(), Wording.POD_NOT_DESTROYED);
                }
                if (!SafeMode.allows(draft.objects(), pod)) {
                    throw Refusal.of(pod.name(), Wording.POD_ERADICATION_DISABLED);
                }
                if ((!draft.objects().volumesIn(pod.id()).isEmpty()
                                || !draft.objects().volumeGroupsIn(pod.id()).isEmpty()
                                || !draft.objects()
                                        .protectionGroupsIn(Optional.of(pod.id()))
                                        .isEmpty())
                        && !call.isSet("eradicate_contents")) {
                    throw Refusal.of(pod.name(), Wording.POD_ERADICATION);
                }
                draft.eradicate(pod);
            }
            return new Answer.Empty();
        });
    }

    /** Refuses to give the pod of a volume this many bytes more than it has provisioned now. */
    static void requireQuota(Objects objects, Optional<UUID> container, long moreBytes, String context) {
        var pod = container.flatMap(objects::container);
        if (pod.isPresent() && moreBytes > 0) {
            var quota = pod.get().quota();
            if (quota.filter(limit -> provisioned(objects, pod.get()) + moreBytes > limit)
                    .isPresent()) {
                throw Refusal.of(context, Wording.POD_QUOTA);
            }
        }
    }

    /** The sizes of its live volumes; of a destroyed pod, what its recovery would need. */
    private static long provisioned(Objects objects, Container pod) {
        return objects.volumesIn(pod.id()).stream()
                .filter(volume -> volume.eradicateAt().equals(pod.eradicateAt()))
                .mapToLong(Volume::sizeBytes)
                .sum();
    }

    @Override
    public Collection<Container> all(Objects objects) {
        return objects.containers();
    }

    @Override
    public Optional<Container> named(Objects objects, String name) {
        return objects.container(name);
    }

    @Override
    public Optional<Container> identified(Objects objects, UUID id) {
        return objects.container(id);
    }

    @Override
    public String name(Objects objects, Container pod) {
        return pod.name();
    }

    @Override
    public Optional<Boolean> destroyed(Container pod) {
        return Optional.of(pod.isDestroyed());
    }

    @Override
    public String missing() {
        return Wording.POD_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, Container pod, ApiVersion version) {
        var settings = ArraySettings.of(objects);
        var item = Json.object().put("name", pod.name()).put("id", pod.id().toString());
        Remaining.describe(pod, estate.time().instant(), item);
        item.set("source", source(pod));
        item.set("arrays", Json.array().add(member(settings)));
        item.put("array_count", 1);
        item.set("failover_preferences", preferences(pod, settings));
        item.put("mediator", pod.attributes().getOrDefault(MEDIATOR, USUAL_MEDIATOR))
                .putNull("mediator_version");
        var promotion = pod.attributes().getOrDefault(PROMOTION, PROMOTED);
        item.put("promotion_status", promotion).put(PROMOTION, promotion);
        item.put("link_source_count", 0).put("link_target_count", 0);
        item.set("eradication_config", SafeMode.describe(objects, pod));
        if (version.isAtLeast(QUOTA_SINCE)) {
            pod.quota().ifPresentOrElse(limit -> item.put("quota_limit", limit), () -> item.putNull("quota_limit"));
        }
        var space = space(objects, pod);
        item.put(
                "footprint", space.unique() + space.snapshots() + space.shared().orElse(0L));
        item.set("space", space.json(version));
        return item;
    }

    private static ObjectNode source(Container pod) {
        return Json.object()
                .put("name", pod.attributes().get(SOURCE_NAME))
                .put("id", pod.attributes().get(SOURCE_ID));
    }

    private ArrayNode preferences(Container pod, ArraySettings settings) {
        var preferences = Json.array();
        if (Boolean.parseBoolean(pod.attributes().get(PREFERENCES))) {
            preferences.add(References.to(settings.name(), identity.id()));
        }
        return preferences;
    }

    private ObjectNode member(ArraySettings settings) {
        return References.to(settings.name(), identity.id())
                .put("status", "online")
                .put("mediator_status", "online")
                .put("pre_elected", false)
                .putNull("frozen_at")
                .putNull("progress");
    }

    @Override
    public SpaceFigures space(Objects objects, Container pod) {
        var usage = estate.usage();
        var used = provisioned(objects, pod);
        return objects.volumesIn(pod.id()).stream()
                .map(volume -> SpaceFigures.of(objects, usage, volume))
                .reduce(SpaceFigures.NONE, SpaceFigures::plus)
                .provisioned(used, used)
                .sharing(usage.ofArray().shared());
    }
}
