package io.stowage.driver.pure;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.PoolSpace;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.rest.Call;
import io.stowage.model.ByteSize;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pod of a pool, whose tags say whose it is. Where the array has no tags of pods, it has a small marker volume for them;
 * then it is made under a name that nobody else would take, marked, and then renamed: whatever happens in between, a pod of
 * the pool's name is either marked as ours or not ours.
 */
final class Pods {
    private static final System.Logger LOG = System.getLogger(Pods.class.getName());
    private static final String PATH = "pods";
    private static final String OWNER = "owner";
    /** The marker's size, which the quota leaves room for. */
    private static final ByteSize MARKER = PureDriver.CAPABILITIES.smallest();

    private final Rest rest;
    private final Pod pod;
    private final Tags tags;
    private final Tags markerTags;
    private final Protections protections;
    /** Whether it has a marker volume; null as long as that isn't known. */
    private volatile @Nullable Boolean marked;

    Pods(Rest rest, Pod pod) {
        this.rest = rest;
        this.pod = pod;
        this.tags = new Tags(rest, PATH);
        this.markerTags = new Tags(rest, "volumes");
        this.protections = new Protections(rest);
    }

    /** Whether it has been made with the record, and not before. */
    boolean create(Optional<ByteSize> quota, String owner, RecoveryRecord recovery) {
        if (tagsPods()) return createTagged(quota, owner, recovery);
        createMarked(quota, owner);
        return false;
    }

    private boolean tagsPods() {
        return rest.version().compareTo(ApiVersion.TAGS) >= 0;
    }

    private boolean createTagged(Optional<ByteSize> quota, String owner, RecoveryRecord recovery) {
        var body = new LinkedHashMap<String, Object>();
        limit(quota, false).ifPresent(limit -> body.put("quota_limit", limit.bytes()));
        var marks = RecordTags.write(recovery, 1);
        marks.put(OWNER, owner);
        body.put("tags", Tags.batch(marks));
        boolean made = makeTagged(body, owner);
        protections.clear(pod);
        return made;
    }

    private boolean makeTagged(Map<String, Object> body, String owner) {
        try {
            rest.run(Call.post("create pod \"%s\"".formatted(pod.name()), PATH)
                    .with("names", pod.name())
                    .body(body));
            marked = false;
            return true;
        } catch (ObjectExists e) {
            var there = look(pod).get(pod.name());
            if (there == null) throw e;
            if (there.destroyed() || !isOwners(there, owner)) throw taken(there);
            return false;
        }
    }

    private void createMarked(Optional<ByteSize> quota, String owner) {
        marked = true;
        var limit = limit(quota, true);
        var temporary = temporary(owner);
        var there = look(pod, temporary);
        var taken = there.get(pod.name());
        if (taken != null && isOwners(taken, owner)) {
            if (taken.destroyed()) throw taken(taken);
            return; // an earlier try came to its end
        }
        if (taken != null) throw taken(taken);
        var begun = there.get(temporary.name());
        if (begun != null && begun.destroyed()) {
            eradicate(temporary);
            begun = null;
        }
        if (begun == null) make(temporary, limit);
        protections.clear(temporary);
        mark(temporary, owner);
        rename(temporary, owner);
    }

    boolean exists() {
        return find().isPresent();
    }

    void setQuota(Optional<ByteSize> quota) {
        var limit = limit(quota, isMarked());
        if (limit.isEmpty() && rest.version().compareTo(ApiVersion.QUOTA) < 0) return;
        rest.run(Call.patch("set the quota of pod \"%s\"".formatted(pod.name()), PATH)
                .with("names", pod.name())
                // An empty text lifts it (API reference, PATCH pods).
                .body("quota_limit", limit.isPresent() ? limit.get().bytes() : ""));
    }

    void delete(String owner) {
        var temporary = temporary(owner);
        if (tagsPods() && owner.equals(tags.of(pod.name(), false).get(OWNER))) {
            if (!remove(pod, false)) freeName(temporary);
            return;
        }
        var there = look(pod, temporary);
        var begun = there.get(temporary.name());
        if (begun != null) remove(temporary, begun.destroyed());
        var live = there.get(pod.name());
        if (live == null) return;
        if (isOwners(live, owner)) {
            if (!remove(pod, live.destroyed())) freeName(temporary);
        } else if (!live.destroyed())
            throw new ArrayRefused(
                    "delete pod \"%s\"".formatted(pod.name()),
                    "neither its tags nor its volume \"%s\" mark it as ours".formatted(pod.marker()));
    }

    /** The quota and what of it is taken; without a quota, the array's capacity and what is written to the pod. */
    PoolSpace space() {
        var item = find().orElseThrow(() ->
                new ObjectMissing("tell the space of pod \"%s\"".formatted(pod.name()), "Pod does not exist."));
        var space = item.space();
        var quota = item.quota();
        var written = space == null ? 0 : orZero(space.virtual());
        if (quota == null || quota == 0) return new PoolSpace(capacity(item), new ByteSize(written));
        var taken = space == null || space.usedProvisioned() == null ? written : space.usedProvisioned();
        var marker = isMarked() ? MARKER.bytes() : 0;
        return new PoolSpace(new ByteSize(Math.max(0, quota - marker)), new ByteSize(Math.max(0, taken - marker)));
    }

    /** The array answers for itself only; of a pod on several arrays those that answer are counted. */
    private ByteSize capacity(Items.Pod item) {
        var arrays = rest.items(Call.get("tell the capacity of the array", "arrays"), Items.Array.class);
        var names = item.arrays() == null
                ? List.<String>of()
                : item.arrays().stream().map(Items.Reference::nameOf).toList();
        var of = arrays.stream().filter(array -> names.contains(array.name())).toList();
        return new ByteSize((of.isEmpty() ? arrays : of)
                .stream().mapToLong(array -> orZero(array.capacity())).sum());
    }

    private Optional<Items.Pod> find() {
        return Optional.ofNullable(look(pod).get(pod.name())).filter(item -> !item.destroyed());
    }

    /** The pods of these names, destroyed ones included, under the names as asked. */
    private Map<String, Items.Pod> look(Pod... wanted) {
        var tests = Arrays.stream(wanted)
                .map(one -> Filter.equal("name", one.name()))
                .toArray(String[]::new);
        var call = Call.get("look for pod \"%s\"".formatted(pod.name()), PATH).with("filter", Filter.or(tests));
        var found = new LinkedHashMap<String, Items.Pod>();
        for (var item : rest.items(call, Items.Pod.class))
            for (var one : wanted) if (one.name().equalsIgnoreCase(item.name())) found.put(one.name(), item);
        return found;
    }

    private boolean isOwners(Items.Pod item, String owner) {
        return tagsPods() && owner.equals(tags.of(item.name(), item.destroyed()).get(OWNER))
                || owner.equals(markerTags
                        .of(new Pod(item.name()).marker(), item.destroyed())
                        .get(OWNER));
    }

    /** Asked once: a pod that was made with tags keeps them, and one from before them keeps its marker. */
    private boolean isMarked() {
        var known = marked;
        if (known != null) return known;
        boolean has = !tagsPods() || !tags.of(pod.name(), false).containsKey(OWNER);
        marked = has;
        return has;
    }

    void write(RecoveryRecord recovery) {
        if (isMarked()) markerTags.put(pod.marker(), RecordTags.write(recovery));
        else tags.put(pod.name(), RecordTags.write(recovery));
    }

    Optional<RecoveryRecord> record() {
        return RecordTags.read(isMarked() ? markerTags.of(pod.marker(), false) : tags.of(pod.name(), false));
    }

    private void make(Pod temporary, Optional<ByteSize> limit) {
        var call = Call.post("create pod \"%s\"".formatted(pod.name()), PATH).with("names", temporary.name());
        try {
            rest.run(call.body(
                    limit.isPresent() ? Map.of("quota_limit", limit.get().bytes()) : Map.of()));
        } catch (ObjectExists e) {
            // the answer to the same call was lost
        }
    }

    private void mark(Pod temporary, String owner) {
        try {
            rest.run(Call.post("mark pod \"%s\"".formatted(pod.name()), "volumes")
                    .with("names", temporary.marker())
                    .with("with_default_protection", "false")
                    .body("provisioned", MARKER.bytes()));
        } catch (ObjectExists e) {
            // marked before, or the answer was lost
        }
        markerTags.put(temporary.marker(), Map.of(OWNER, owner));
    }

    private void rename(Pod temporary, String owner) {
        var call = Call.patch("name the new pod \"%s\"".formatted(pod.name()), PATH)
                .with("names", temporary.name())
                .body("name", pod.name());
        try {
            rest.run(call);
        } catch (ObjectMissing e) {
            // A repeated call after a lost answer: the pod has its name.
            if (find().filter(item -> isOwners(item, owner)).isEmpty()) throw e;
        } catch (ArrayRefused e) {
            remove(temporary, false); // somebody else has taken the name in the meantime, or the array doesn't like it
            throw e;
        }
    }

    /** Whether the pod is gone for good: else it is destroyed, and holds its name. */
    private boolean remove(Pod which, boolean destroyed) {
        return !destroyed && !destroy(which) || eradicate(which);
    }

    /** Whether there was such a pod. */
    private boolean destroy(Pod which) {
        try {
            rest.run(Call.patch("destroy pod \"%s\"".formatted(which.name()), PATH)
                    .with("names", which.name())
                    .with("destroy_contents", "true")
                    .body("destroyed", true));
        } catch (ObjectMissing e) {
            return false;
        } catch (ArrayRefused e) {
            if (!Refusal.isDestroyed(e)) throw e;
        }
        return true;
    }

    private boolean eradicate(Pod which) {
        return Eradication.tryIt(
                rest,
                Call.delete("eradicate pod \"%s\"".formatted(which.name()), PATH)
                        .with("names", which.name())
                        .with("eradicate_contents", "true"));
    }

    /**
     * Lets the pool's name be used again while SafeMode keeps the destroyed pod. Destroyed pods can't be renamed, so it lives
     * for a moment; should we stop here, a repeated deletion finds it marked as ours.
     */
    private void freeName(Pod temporary) {
        try {
            rest.run(Call.patch("recover pod \"%s\"".formatted(pod.name()), PATH)
                    .with("names", pod.name())
                    .body("destroyed", false));
            rest.run(Call.patch("rename pod \"%s\"".formatted(pod.name()), PATH)
                    .with("names", pod.name())
                    .body("name", temporary.name()));
            destroy(temporary);
        } catch (ArrayRefused e) {
            LOG.log(System.Logger.Level.INFO, "{0} (the name is free when the array''s delay is over)", e.getMessage());
            destroy(pod);
        }
    }

    private ObjectExists taken(Items.Pod item) {
        return new ObjectExists(
                "create pod \"%s\"".formatted(pod.name()),
                item.destroyed()
                        ? "Pod already exists: it has been destroyed, and holds the name until it is eradicated."
                        : "Pod already exists.");
    }

    /** The quota that the array is told: rounded, with room for the marker if there is one. */
    private Optional<ByteSize> limit(Optional<ByteSize> quota, boolean withMarker) {
        var given = quota.filter(size -> !size.isZero());
        if (given.isPresent() && rest.version().compareTo(ApiVersion.QUOTA) < 0)
            throw new ArrayLacks("The array speaks REST API %s, and pool size (key \"%s\") needs %s or later"
                    .formatted(rest.version(), PureKeys.SIZE, ApiVersion.QUOTA));
        return given.map(size -> new ByteSize(
                Math.addExact(PureDriver.CAPABILITIES.round(size).bytes(), withMarker ? MARKER.bytes() : 0)));
    }

    private static Pod temporary(String owner) {
        return new Pod("stowage-" + owner.replace("-", ""));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
