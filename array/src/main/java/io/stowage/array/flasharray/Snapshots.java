package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volume-snapshots}. */
final class Snapshots implements Resource<Snapshot> {
    private final Estate estate;
    private final Volumes volumes;
    private final Identity identity;
    private final GroupSnapshots wholes;

    Snapshots(Estate estate, Volumes volumes, Identity identity) {
        this.estate = estate;
        this.volumes = volumes;
        this.identity = identity;
        this.wholes = new GroupSnapshots(estate);
    }

    Answer list(Call call) {
        if (!call.has("source_names") && !call.has("source_ids")) {
            return estate.read(objects -> Listing.page(this, objects, call));
        }
        return estate.read(objects -> {
            var found = new ArrayList<Snapshot>();
            for (var volume : sources(objects, call)) {
                found.addAll(objects.snapshotsOf(volume.id()));
            }
            return Listing.page(this, objects, call, found);
        });
    }

    private List<Volume> sources(Objects objects, Call call) {
        var names = call.list("source_names");
        var ids = call.list("source_ids");
        if (names.isEmpty() == ids.isEmpty()) {
            throw Refusal.of(names.isEmpty() ? Wording.NAMES_REQUIRED : Wording.NAMES_OR_IDS);
        }
        return names.isEmpty() ? Listing.identified(volumes, objects, ids) : Listing.named(volumes, objects, names);
    }

    Answer create(Call call) {
        call.parameter("on").ifPresent(target -> {
            throw Refusal.of(target, Wording.SNAPSHOT_TARGET);
        });
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<Snapshot>();
            for (var volume : sources(draft.objects(), call)) {
                made.add(create(draft, volume, call));
            }
            return made;
        });
    }

    /** Several snapshots, each of which the body tells on its own; all are of one moment. */
    Answer createBatch(Call call) {
        var each = call.body().elements();
        if (each.isEmpty()) {
            throw Refusal.of(Wording.NO_ATTRIBUTE);
        }
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<Snapshot>();
            for (var one : each) {
                made.add(create(draft, source(draft.objects(), one), call.with(one)));
            }
            return made;
        });
    }

    private Volume source(Objects objects, Body body) {
        var name = body.text("source_name");
        var id = body.text("source_id");
        if (name.isPresent() == id.isPresent()) {
            throw Refusal.of(name.isPresent() ? Wording.NAMES_OR_IDS : Wording.NAMES_REQUIRED);
        }
        return name.map(given -> Listing.named(volumes, objects, List.of(given)))
                .orElseGet(() -> Listing.identified(volumes, objects, List.of(id.get())))
                .getFirst();
    }

    private Snapshot create(Draft draft, Volume volume, Call call) {
        VolumeCalls.requireLive(volume, Volumes.fullName(draft.objects(), volume));
        // One known client sends the suffix as a parameter.
        var suffix = call.body().text("suffix").or(() -> call.parameter("suffix"));
        suffix.ifPresent(given -> requireFree(draft.objects(), volume, Names.suffix(given)));
        var name = suffix.orElseGet(() -> SnapshotNumbers.next(draft, volume));
        var made = draft.snapshot(volume, name, identity.nextSerial(draft));
        return call.body().flag("destroyed").orElse(false) ? destroy(draft, made, name) : made;
    }

    /** How far the replication of each snapshot is: there is none. */
    Answer transfers(Call call) {
        return estate.read(objects -> {
            if (call.has("names") || call.has("ids")) {
                Listing.required(this, objects, call);
            }
            return Listing.page(this, objects, call, List.of());
        });
    }

    private static void requireFree(Objects objects, Volume volume, String suffix) {
        if (objects.snapshot(volume.id(), suffix).isPresent()) {
            throw Refusal.of(Volumes.fullName(objects, volume) + "." + suffix, Wording.SNAPSHOT_EXISTS);
        }
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny("name", "destroyed");
        if (body.has("name") && body.has("destroyed")) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, this, call, draft -> {
            var updated = new ArrayList<Snapshot>();
            for (var snapshot : Listing.required(this, draft.objects(), call)) {
                updated.add(update(draft, snapshot, body));
            }
            return updated;
        });
    }

    private Snapshot update(Draft draft, Snapshot snapshot, Body body) {
        var name = name(draft.objects(), snapshot);
        requireAlone(snapshot, name);
        var destroyed = body.flag("destroyed");
        if (destroyed.isPresent()) {
            return destroyed.get() ? destroy(draft, snapshot, name) : recover(draft, snapshot, name);
        }
        if (snapshot.isDestroyed()) {
            throw Refusal.of(name, Wording.SNAPSHOT_DESTROYED);
        }
        var suffix = Names.suffix(body.text("name").orElseThrow(() -> Refusal.of(Wording.invalidAttribute("name"))));
        if (!suffix.equalsIgnoreCase(snapshot.name())) {
            requireFree(draft.objects(), volume(draft.objects(), snapshot), suffix);
        }
        var renamed = snapshot.withName(suffix);
        draft.put(renamed);
        return renamed;
    }

    private static Snapshot destroy(Draft draft, Snapshot snapshot, String name) {
        if (snapshot.isDestroyed()) {
            throw Refusal.of(name, Wording.SNAPSHOT_DESTROYED);
        }
        return draft.destroy(snapshot, SafeMode.end(draft, snapshot));
    }

    private static Snapshot recover(Draft draft, Snapshot snapshot, String name) {
        if (!snapshot.isDestroyed()) {
            throw Refusal.of(name, Wording.SNAPSHOT_LIVE);
        }
        if (volume(draft.objects(), snapshot).isDestroyed()) {
            throw Refusal.of(name, Wording.VOLUME_DESTROYED);
        }
        return draft.recover(snapshot);
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var snapshot : Listing.required(this, draft.objects(), call)) {
                requireAlone(snapshot, name(draft.objects(), snapshot));
                if (!snapshot.isDestroyed()) {
                    throw Refusal.of(name(draft.objects(), snapshot), Wording.SNAPSHOT_NOT_DESTROYED);
                }
                SafeMode.require(draft.objects(), snapshot);
                draft.eradicate(snapshot);
            }
            return new Answer.Empty();
        });
    }

    /** What is part of a protection group's snapshot comes and goes with that. */
    private static void requireAlone(Snapshot snapshot, String name) {
        if (snapshot.partOf().isPresent()) {
            throw Refusal.of(name, ProtectionWording.PART_OF_SNAPSHOT);
        }
    }

    private static Volume volume(Objects objects, Snapshot snapshot) {
        return objects.volume(snapshot.volume()).orElseThrow();
    }

    @Override
    public Collection<Snapshot> all(Objects objects) {
        return objects.snapshots();
    }

    @Override
    public Optional<Snapshot> named(Objects objects, String name) {
        return VolumeName.ofSnapshot(name)
                .flatMap(parts -> volumes.named(objects, parts.volume().full())
                        .flatMap(volume -> objects.snapshot(volume.id(), parts.suffix())))
                .or(() -> GroupSnapshots.part(objects, wholes, name));
    }

    @Override
    public Optional<Snapshot> identified(Objects objects, UUID id) {
        return objects.snapshot(id);
    }

    @Override
    public String name(Objects objects, Snapshot snapshot) {
        return whole(objects, snapshot)
                        .map(whole -> GroupSnapshots.fullName(objects, whole))
                        .orElseGet(() -> Volumes.fullName(objects, volume(objects, snapshot)))
                + "." + snapshot.name();
    }

    private static Optional<GroupSnapshot> whole(Objects objects, Snapshot snapshot) {
        return snapshot.partOf().flatMap(objects::groupSnapshot);
    }

    @Override
    public Optional<Boolean> destroyed(Snapshot snapshot) {
        return Optional.of(snapshot.isDestroyed());
    }

    @Override
    public String missing() {
        return Wording.NO_VOLUME_OR_SNAPSHOT;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public SpaceFigures space(Objects objects, Snapshot snapshot) {
        return SpaceFigures.of(estate.usage(), snapshot);
    }

    @Override
    public ObjectNode total(Objects objects, Collection<Snapshot> all, ApiVersion version) {
        return Resource.super
                .total(objects, all, version)
                .put("provisioned", all.stream().mapToLong(Snapshot::sizeBytes).sum());
    }

    @Override
    public ObjectNode item(Objects objects, Snapshot snapshot, ApiVersion version) {
        var volume = volume(objects, snapshot);
        var pod = Volumes.pod(objects, volume);
        var item = Json.object()
                .put("name", name(objects, snapshot))
                .put("id", snapshot.id().toString())
                .put("suffix", whole(objects, snapshot).map(GroupSnapshot::name).orElse(snapshot.name()))
                .put("created", snapshot.created().toEpochMilli());
        Remaining.describe(snapshot, estate.time().instant(), item);
        item.put("provisioned", snapshot.sizeBytes()).put("serial", snapshot.serial());
        item.set("source", References.to(Volumes.fullName(objects, volume), volume.id()));
        item.set("pod", References.to(pod.map(Container::name), pod.map(Container::id)));
        item.set("volume_group", Volumes.groupReference(objects, volume));
        item.set("space", space(objects, snapshot).json(version));
        return item;
    }
}
