package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumePlace;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The calls of {@code /volumes}. */
final class VolumeCalls {
    private static final Set<String> PRIORITY_OPERATORS = Set.of("+", "-", "=");
    private static final String PROMOTION = "requested_promotion_state";

    private final Estate estate;
    private final Volumes volumes;
    private final Sources sources;
    private final Identity identity;
    private final Undo undo;

    VolumeCalls(Estate estate, Volumes volumes, Snapshots snapshots, Identity identity) {
        this.estate = estate;
        this.volumes = volumes;
        this.sources = new Sources(volumes, snapshots);
        this.identity = identity;
        this.undo = new Undo(identity);
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(volumes, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        requireSense(call);
        return Answer.Items.of(estate, volumes, call, draft -> {
            var made = new ArrayList<Volume>();
            for (var name : names) {
                made.add(create(draft, name, call));
            }
            return made;
        });
    }

    /** Several volumes, each of which the body tells on its own. */
    Answer createBatch(Call call) {
        var each = call.body().elements().stream().map(call::with).toList();
        if (each.isEmpty()) {
            throw Refusal.of(Wording.NO_ATTRIBUTE);
        }
        return Answer.Items.of(estate, volumes, call, draft -> {
            var made = new ArrayList<Volume>();
            for (var one : each) {
                requireSense(one);
                made.add(create(draft, one.body().required("name"), one));
            }
            return made;
        });
    }

    private static void requireSense(Call call) {
        if (call.body().has("source") && call.body().has("provisioned")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        var subtype = call.body().text("subtype").orElse(Volumes.REGULAR);
        if (!subtype.equals(Volumes.REGULAR)) {
            throw Refusal.of(
                    subtype.equals("protocol_endpoint")
                            ? Wording.PROTOCOL_ENDPOINTS
                            : Wording.invalidAttribute("subtype"));
        }
        if (call.isSet("overwrite")) {
            requireOverwritable(call);
        }
    }

    /** Protection is chosen when a volume is new, so not together with an overwrite (FlashArray REST, POST volumes). */
    private static void requireOverwritable(Call call) {
        if (call.has("with_default_protection")
                || call.has("add_to_protection_group_names")
                || call.has("add_to_protection_group_ids")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        if (!call.body().has("source")) {
            throw Refusal.of(Wording.OVERWRITE_SOURCE);
        }
    }

    private Volume create(Draft draft, String name, Call call) {
        var place = Places.of(draft.objects(), VolumeName.parse(name));
        var existing = draft.objects().volume(place);
        if (existing.isPresent()) {
            if (!call.isSet("overwrite")) {
                throw Refusal.of(name, Wording.VOLUME_EXISTS);
            }
            return overwrite(draft, existing.get(), name, sources.of(draft.objects(), call.body()));
        }
        var unit = identity.unit(identity.nextSerial(draft));
        Volume made;
        if (call.body().has("source")) {
            var content = sources.of(draft.objects(), call.body());
            Pods.requireQuota(draft.objects(), place.container(), content.sizeBytes(), name);
            made = draft.copyVolume(place, content, unit);
        } else {
            var size = Sizes.volume(call.body().number("provisioned").orElse(Sizes.SMALLEST), name);
            Pods.requireQuota(draft.objects(), place.container(), size, name);
            made = draft.createVolume(place, size, unit);
        }
        VolumeProtection.joinNew(draft, made, call);
        return withOptions(draft, made, call.body());
    }

    private static Volume withOptions(Draft draft, Volume volume, Body body) {
        var attributes = Priority.applied(Qos.applied(volume.attributes(), body), body, PRIORITY_OPERATORS);
        var changed = volume.withAttributes(attributes);
        if (!changed.equals(volume)) {
            draft.put(changed);
        }
        return changed;
    }

    private Volume overwrite(Draft draft, Volume volume, String name, Content content) {
        requireLive(volume, name);
        Pods.requireQuota(draft.objects(), volume.container(), content.sizeBytes() - volume.sizeBytes(), name);
        return draft.overwrite(undo.keep(draft, volume), content);
    }

    Answer update(Call call) {
        var body = call.body();
        if (!VolumeProtection.isAsked(call)) {
            body.requireAny(
                    "name", "destroyed", "provisioned", "pod", "volume_group", "qos", "priority_adjustment", PROMOTION);
        }
        if (body.has("destroyed")
                && Stream.of("name", "provisioned", "pod", "volume_group").anyMatch(body::has)) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        if (body.has("pod") && body.has("volume_group")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, volumes, call, draft -> {
            var updated = new ArrayList<Volume>();
            for (var volume : Listing.required(volumes, draft.objects(), call)) {
                updated.add(update(draft, volume, call));
            }
            return updated;
        });
    }

    private Volume update(Draft draft, Volume volume, Call call) {
        var name = Volumes.fullName(draft.objects(), volume);
        var destroyed = call.body().flag("destroyed");
        if (destroyed.isPresent()) {
            return destroyed.get() ? destroy(draft, volume, name) : recover(draft, volume, name);
        }
        requireLive(volume, name);
        requirePromoted(call.body(), name);
        VolumeProtection.leave(draft, volume, call);
        var changed = renamed(draft, volume, call.body());
        changed = moved(draft, changed, call.body());
        VolumeProtection.join(draft, changed, call);
        changed = resized(draft, changed, name, call);
        return withOptions(draft, changed, call.body());
    }

    /** Volumes take writes always: only replication, which there is none of, needs those that don't. */
    private static void requirePromoted(Body body, String name) {
        switch (body.text(PROMOTION).orElse(Volumes.PROMOTED)) {
            case Volumes.PROMOTED -> {}
            case "demoted" -> throw Refusal.of(name, Wording.VOLUME_DEMOTION);
            default -> throw Refusal.of(Wording.invalidAttribute(PROMOTION));
        }
    }

    private static Volume destroy(Draft draft, Volume volume, String name) {
        requireLive(volume, name);
        requireDisconnected(draft.objects(), volume);
        return draft.destroy(volume, SafeMode.end(draft, volume));
    }

    private static Volume recover(Draft draft, Volume volume, String name) {
        if (!volume.isDestroyed()) {
            throw Refusal.of(name, Wording.VOLUME_LIVE);
        }
        if (Volumes.pod(draft.objects(), volume).filter(Container::isDestroyed).isPresent()) {
            throw Refusal.of(name, Wording.POD_DESTROYED);
        }
        Volumes.group(draft.objects(), volume).ifPresent(group -> VolumeGroups.requireLive(group, name));
        Pods.requireQuota(draft.objects(), volume.container(), volume.sizeBytes(), name);
        return draft.recover(volume);
    }

    private static Volume renamed(Draft draft, Volume volume, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return volume;
        }
        var place = Places.of(draft.objects(), VolumeName.parse(name.get()));
        if (!place.container().equals(volume.container())) {
            throw Refusal.of(name.get(), Wording.VOLUME_RENAME_POD);
        }
        if (!place.group().equals(volume.group())) {
            throw Refusal.of(name.get(), Wording.VOLUME_RENAME_GROUP);
        }
        return placed(draft, volume, place, name.get());
    }

    /**
     * Into a pod or a volume group. The empty name of a pod leads out of all, that of a volume group out of the group but
     * not out of its pod.
     */
    private static Volume moved(Draft draft, Volume volume, Body body) {
        var target = target(draft.objects(), volume, body);
        if (target.isEmpty()) {
            return volume;
        }
        var place = Places.of(draft.objects(), VolumeName.parse(target.get()));
        if (!place.container().equals(volume.container())) {
            VolumeProtection.requireNone(draft.objects(), volume, target.get());
            Pods.requireQuota(draft.objects(), place.container(), volume.sizeBytes(), target.get());
        }
        return placed(draft, volume, place, target.get());
    }

    /** The full name that the volume gets by a move; empty when none is asked for. */
    private static Optional<String> target(Objects objects, Volume volume, Body body) {
        if (body.has("volume_group")) {
            var prefix = body.reference("volume_group").filter(name -> !name.isEmpty());
            return Optional.of(prefix.map(name -> VolumeName.inGroup(name, volume.name()))
                    .orElseGet(() -> PodName.full(Volumes.pod(objects, volume).map(Container::name), volume.name())));
        }
        return body.reference("pod")
                .map(name -> PodName.full(Optional.of(name).filter(given -> !given.isEmpty()), volume.name()));
    }

    private static Volume placed(Draft draft, Volume before, VolumePlace place, String name) {
        var taken = draft.objects().volume(place);
        if (taken.filter(other -> !other.id().equals(before.id())).isPresent()) {
            throw Refusal.of(name, Wording.VOLUME_EXISTS);
        }
        var after = before.withPlace(place);
        draft.put(after);
        return after;
    }

    private Volume resized(Draft draft, Volume volume, String name, Call call) {
        var wanted = call.body().number("provisioned");
        if (wanted.isEmpty()) {
            return volume;
        }
        var size = Sizes.volume(wanted.get(), name);
        if (size == volume.sizeBytes()) {
            return volume;
        }
        if (size < volume.sizeBytes()) {
            if (!call.isSet("truncate")) {
                throw Refusal.of(name, Wording.VOLUME_SHRINK);
            }
            return draft.resize(undo.keep(draft, volume), size);
        }
        Pods.requireQuota(draft.objects(), volume.container(), size - volume.sizeBytes(), name);
        return draft.resize(volume, size);
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var volume : Listing.required(volumes, draft.objects(), call)) {
                if (!volume.isDestroyed()) {
                    throw Refusal.of(Volumes.fullName(draft.objects(), volume), Wording.VOLUME_NOT_DESTROYED);
                }
                SafeMode.require(draft.objects(), volume);
                draft.eradicate(volume);
            }
            return new Answer.Empty();
        });
    }

    static void requireLive(Volume volume, String name) {
        if (volume.isDestroyed()) {
            throw Refusal.of(name, Wording.VOLUME_DESTROYED);
        }
    }

    static void requireDisconnected(Objects objects, Volume volume) {
        if (!objects.connectionsOfVolume(volume.id()).isEmpty()) {
            throw Refusal.of(Volumes.fullName(objects, volume), Wording.VOLUME_CONNECTED);
        }
    }
}
