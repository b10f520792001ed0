package io.stowage.driver.pure;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArraySnapshot;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.rest.Call;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshots of a pod's volumes. */
final class Snapshots {
    private static final String PATH = "volume-snapshots";

    private final Rest rest;
    private final Pod pod;

    Snapshots(Rest rest, Pod pod) {
        this.rest = rest;
        this.pod = pod;
    }

    /** Whether it has been made with the record, and not before. */
    boolean create(SnapshotRef ref, RecoveryRecord recovery) {
        boolean tagged = rest.version().compareTo(ApiVersion.TAGGED_SNAPSHOTS) >= 0;
        var body = new LinkedHashMap<String, Object>();
        body.put("suffix", ref.name().toString());
        if (tagged) body.put("tags", Tags.batch(RecordTags.write(recovery)));
        var call = Call.post("create snapshot \"%s\"".formatted(pod.snapshot(ref)), PATH)
                .with("source_names", pod.volume(ref.volume()))
                .body(body);
        try {
            rest.run(call);
        } catch (ObjectExists e) {
            var there = item(ref);
            if (there.isPresent() && !there.get().destroyed()) return false;
            if (there.isPresent()) eradicate(ref);
            rest.run(call);
        }
        return tagged;
    }

    Optional<ArraySnapshot> find(SnapshotRef ref) {
        return item(ref).filter(item -> !item.destroyed()).map(item -> snapshot(ref, item));
    }

    /** The volume's snapshots with names of our form, oldest first. */
    List<ArraySnapshot> list(ArrayName volume) {
        var call = Call.get("list the snapshots of volume \"%s\"".formatted(pod.volume(volume)), PATH)
                .with("source_names", pod.volume(volume))
                .with("destroyed", "false");
        try {
            return rest.items(call, Items.Snapshot.class).stream()
                    .filter(item -> !item.destroyed())
                    .flatMap(item -> pod.parseSnapshot(item.name()).map(ref -> snapshot(ref, item)).stream())
                    .sorted(Comparator.comparing(ArraySnapshot::created))
                    .toList();
        } catch (ObjectMissing e) {
            return List.of();
        }
    }

    void delete(SnapshotRef ref) {
        try {
            rest.run(Call.patch("destroy snapshot \"%s\"".formatted(pod.snapshot(ref)), PATH)
                    .with("names", pod.snapshot(ref))
                    .body("destroyed", true));
        } catch (ObjectMissing e) {
            return;
        } catch (ArrayRefused e) {
            if (!Refusal.isDestroyed(e)) throw e;
        }
        eradicate(ref);
    }

    private void eradicate(SnapshotRef ref) {
        Eradication.tryIt(
                rest,
                Call.delete("eradicate snapshot \"%s\"".formatted(pod.snapshot(ref)), PATH)
                        .with("names", pod.snapshot(ref)));
    }

    private Optional<Items.Snapshot> item(SnapshotRef ref) {
        var call = Call.get("look at snapshot \"%s\"".formatted(pod.snapshot(ref)), PATH)
                .with("names", pod.snapshot(ref));
        return rest.find(call, Items.Snapshot.class);
    }

    private static ArraySnapshot snapshot(SnapshotRef ref, Items.Snapshot item) {
        return new ArraySnapshot(
                ref, new ByteSize(item.provisioned()), used(item.space()), Instant.ofEpochMilli(item.created()));
    }

    /** What deleting it would give back, as the array sees it. */
    private static ByteSize used(Items.@Nullable Space space) {
        return space == null || space.unique() == null ? ByteSize.ZERO : new ByteSize(Math.max(0, space.unique()));
    }
}
