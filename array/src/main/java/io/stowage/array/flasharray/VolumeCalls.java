package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/** The calls of {@code /volumes}. */
final class VolumeCalls {
    private final Estate estate;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Identity identity;

    VolumeCalls(Estate estate, Volumes volumes, Snapshots snapshots, Identity identity) {
        this.estate = estate;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.identity = identity;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(volumes, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        if (call.body().has("source") && call.body().has("provisioned")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        if (call.isSet("overwrite")) {
            requireOverwritable(call);
        }
        return Answer.Items.of(estate, volumes, call, draft -> {
            var made = new ArrayList<Volume>();
            for (var name : names) {
                made.add(create(draft, name, call));
            }
            return made;
        });
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
        var parsed = VolumeName.parse(name);
        var pod = livePod(draft.objects(), parsed);
        requireNoGroup(parsed);
        Names.volume(parsed.volume(), name);
        var existing = draft.objects().volume(pod, parsed.volume());
        if (existing.isPresent()) {
            if (!call.isSet("overwrite")) {
                throw Refusal.of(name, Wording.VOLUME_EXISTS);
            }
            return overwrite(draft, existing.get(), name, source(draft.objects(), call.body()));
        }
        var unit = identity.unit(identity.nextSerial(draft));
        Volume made;
        if (call.body().has("source")) {
            var content = source(draft.objects(), call.body());
            Pods.requireQuota(draft.objects(), pod, content.sizeBytes(), name);
            made = draft.copyVolume(pod, parsed.volume(), content, unit);
        } else {
            var size = Sizes.volume(call.body().number("provisioned").orElse(Sizes.SMALLEST), name);
            Pods.requireQuota(draft.objects(), pod, size, name);
            made = draft.createVolume(pod, parsed.volume(), size, unit);
        }
        return withQos(draft, made, call.body());
    }

    private static Volume withQos(Draft draft, Volume volume, Body body) {
        var changed = Qos.applied(volume, body);
        if (!changed.equals(volume)) {
            draft.put(changed);
        }
        return changed;
    }

    private static Volume overwrite(Draft draft, Volume volume, String name, Content content) {
        requireLive(volume, name);
        Pods.requireQuota(draft.objects(), volume.container(), content.sizeBytes() - volume.sizeBytes(), name);
        return draft.overwrite(volume, content);
    }

    /** The volume or snapshot that the body names as source. */
    private Content source(Objects objects, Body body) {
        var source = body.object("source").orElseThrow(() -> Refusal.of(Wording.invalidAttribute("source")));
        var name = source.text("name");
        var id = source.text("id").flatMap(VolumeCalls::uuid);
        var context =
                name.or(() -> source.text("id")).orElseThrow(() -> Refusal.of(Wording.invalidAttribute("source")));
        var volume = name.flatMap(given -> volumes.named(objects, given)).or(() -> id.flatMap(objects::volume));
        if (volume.isPresent()) {
            requireLive(volume.get(), context);
            return Content.of(volume.get(), Volumes.fullName(objects, volume.get()));
        }
        var snapshot = name.flatMap(given -> snapshots.named(objects, given))
                .or(() -> id.flatMap(objects::snapshot))
                .orElseThrow(() -> Refusal.of(context, Wording.NO_VOLUME_OR_SNAPSHOT));
        if (snapshot.isDestroyed()) {
            throw Refusal.of(context, Wording.SNAPSHOT_DESTROYED);
        }
        var parent = objects.volume(snapshot.volume()).orElseThrow();
        return Content.of(snapshot, Volumes.fullName(objects, parent));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny(
                "name",
                "destroyed",
                "provisioned",
                "pod",
                "volume_group",
                "qos",
                "priority_adjustment",
                "requested_promotion_state");
        if (body.has("destroyed") && (body.has("name") || body.has("provisioned") || body.has("pod"))) {
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

    private static Volume update(Draft draft, Volume volume, Call call) {
        var name = Volumes.fullName(draft.objects(), volume);
        var destroyed = call.body().flag("destroyed");
        if (destroyed.isPresent()) {
            return destroyed.get() ? destroy(draft, volume, name) : recover(draft, volume, name);
        }
        requireLive(volume, name);
        var changed = renamed(draft, volume, call.body());
        changed = moved(draft, changed, call.body());
        changed = resized(draft, changed, name, call);
        return withQos(draft, changed, call.body());
    }

    private static Volume destroy(Draft draft, Volume volume, String name) {
        requireLive(volume, name);
        if (!draft.objects().connectionsOfVolume(volume.id()).isEmpty()) {
            throw Refusal.of(name, Wording.VOLUME_CONNECTED);
        }
        return draft.destroy(
                volume, draft.after(ArraySettings.of(draft.objects()).eradicationDelay()));
    }

    private static Volume recover(Draft draft, Volume volume, String name) {
        if (!volume.isDestroyed()) {
            throw Refusal.of(name, Wording.VOLUME_LIVE);
        }
        if (Volumes.pod(draft.objects(), volume).filter(Container::isDestroyed).isPresent()) {
            throw Refusal.of(name, Wording.POD_DESTROYED);
        }
        Pods.requireQuota(draft.objects(), volume.container(), volume.sizeBytes(), name);
        return draft.recover(volume);
    }

    private static Volume renamed(Draft draft, Volume volume, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return volume;
        }
        var parsed = VolumeName.parse(name.get());
        var pod = livePod(draft.objects(), parsed);
        requireNoGroup(parsed);
        if (!pod.equals(volume.container())) {
            throw Refusal.of(name.get(), Wording.VOLUME_RENAME_POD);
        }
        Names.volume(parsed.volume(), name.get());
        return placed(draft, volume, volume.withName(parsed.volume()), name.get());
    }

    /** Another pod, or none for the empty name. */
    private static Volume moved(Draft draft, Volume volume, Body body) {
        var target = body.reference("pod");
        if (target.isEmpty()) {
            return volume;
        }
        var full = VolumeName.full(target.filter(name -> !name.isEmpty()), volume.name());
        var pod = livePod(draft.objects(), VolumeName.parse(full));
        if (pod.equals(volume.container())) {
            return volume;
        }
        Pods.requireQuota(draft.objects(), pod, volume.sizeBytes(), full);
        return placed(draft, volume, volume.withContainer(pod), full);
    }

    private static Volume placed(Draft draft, Volume before, Volume after, String name) {
        var taken = draft.objects().volume(after.container(), after.name());
        if (taken.filter(other -> !other.id().equals(before.id())).isPresent()) {
            throw Refusal.of(name, Wording.VOLUME_EXISTS);
        }
        draft.put(after);
        return after;
    }

    private static Volume resized(Draft draft, Volume volume, String name, Call call) {
        var wanted = call.body().number("provisioned");
        if (wanted.isEmpty()) {
            return volume;
        }
        var size = Sizes.volume(wanted.get(), name);
        if (size == volume.sizeBytes()) {
            return volume;
        }
        if (size < volume.sizeBytes() && !call.isSet("truncate")) {
            throw Refusal.of(name, Wording.VOLUME_SHRINK);
        }
        Pods.requireQuota(draft.objects(), volume.container(), size - volume.sizeBytes(), name);
        return draft.resize(volume, size);
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            var manual = ArraySettings.of(draft.objects()).manualEradication();
            for (var volume : Listing.required(volumes, draft.objects(), call)) {
                if (!volume.isDestroyed()) {
                    throw Refusal.of(Volumes.fullName(draft.objects(), volume), Wording.VOLUME_NOT_DESTROYED);
                }
                if (!manual) {
                    throw Refusal.of(Wording.ERADICATION_DISABLED);
                }
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

    /** The pod that the name speaks of; empty when it speaks of none. */
    private static Optional<UUID> livePod(Objects objects, VolumeName name) {
        if (name.pod().isEmpty()) {
            return Optional.empty();
        }
        var pod =
                name.pod().flatMap(objects::container).orElseThrow(() -> Refusal.of(name.full(), Wording.POD_MISSING));
        if (pod.isDestroyed()) {
            throw Refusal.of(name.full(), Wording.POD_DESTROYED);
        }
        return Optional.of(pod.id());
    }

    private static void requireNoGroup(VolumeName name) {
        if (name.volume().contains("/")) {
            throw Refusal.of(name.full(), Wording.VOLUME_GROUP_MISSING);
        }
    }
}
