package io.stowage.driver.pure;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.DeviceIdentity;
import io.stowage.driver.Differences;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Identities;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.Extent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Volumes of a pod. */
final class Volumes {
    private static final System.Logger LOG = System.getLogger(Volumes.class.getName());
    private static final String PATH = "volumes";
    /** In such blocks the array is asked to compare: smaller ones move less data, and take longer to be told. */
    private static final long DIFF_BLOCK = 64 << 10;

    private final Rest rest;
    private final Pod pod;
    private final Identities identities = new Identities();

    Volumes(Rest rest, Pod pod) {
        this.rest = rest;
        this.pod = pod;
    }

    /** Whether it has been made with the record, and not before. */
    boolean create(ArrayName name, ByteSize asked, RecoveryRecord recovery) {
        var size = PureDriver.CAPABILITIES.round(asked);
        boolean tagged = takesTags();
        var call = Call.post("create volume \"%s\"".formatted(pod.volume(name)), PATH)
                .with("names", pod.volume(name))
                .with("with_default_protection", "false")
                .body(body("provisioned", size.bytes(), tagged ? Optional.of(recovery) : Optional.empty()));
        try {
            volume(name, rest.made(call, Items.Volume.class));
        } catch (ObjectExists e) {
            return !isThere(name, size, call, e) && tagged;
        }
        return tagged;
    }

    /** Whether what is made here can be made with tags. */
    private boolean takesTags() {
        return rest.version().compareTo(ApiVersion.TAGS) >= 0;
    }

    private static Map<String, Object> body(String key, Object value, Optional<RecoveryRecord> recovery) {
        var body = new LinkedHashMap<String, Object>();
        body.put(key, value);
        recovery.ifPresent(known -> body.put("tags", Tags.batch(RecordTags.write(known))));
        return body;
    }

    /**
     * Whether it is the volume wanted, as after a lost answer. A destroyed one only holds the name, and has no data worth
     * keeping: then it is made after all.
     */
    private boolean isThere(ArrayName name, ByteSize size, Call create, ObjectExists refused) {
        var there = item(name);
        if (there.isPresent() && !there.get().destroyed()) {
            if (there.get().provisioned() != size.bytes()) throw refused;
            return true;
        }
        if (there.isPresent()) eradicate(name);
        volume(name, rest.made(create, Items.Volume.class));
        return false;
    }

    Optional<ArrayVolume> find(ArrayName name) {
        return item(name).filter(item -> !item.destroyed()).map(item -> volume(name, item));
    }

    /**
     * The identity of a volume; asks the array if it hasn't told it yet.
     *
     * @throws ObjectMissing if there is no such volume
     */
    DeviceIdentity identity(ArrayName name) {
        return identities
                .find(name)
                .orElseGet(() -> find(name)
                        .orElseThrow(() -> new ObjectMissing(
                                "look at volume \"%s\"".formatted(pod.volume(name)), "Volume does not exist."))
                        .identity());
    }

    /** All of the pod's volumes whose names are of our form. */
    List<ArrayVolume> list() {
        var call = Call.get("list the volumes of pod \"%s\"".formatted(pod.name()), PATH)
                .with("filter", Filter.and(Filter.equal("pod.name", pod.name()), "destroyed='false'"));
        return rest.items(call, Items.Volume.class).stream()
                .filter(item -> !item.destroyed())
                .flatMap(item -> pod.parseVolume(item.name()).map(name -> volume(name, item)).stream())
                .toList();
    }

    ArrayVolume resize(ArrayName name, ByteSize size, boolean shrink) {
        var call = Call.patch("resize volume \"%s\"".formatted(pod.volume(name)), PATH)
                .with("names", pod.volume(name))
                .with("truncate", String.valueOf(shrink))
                .body("provisioned", PureDriver.CAPABILITIES.round(size).bytes());
        return volume(name, rest.made(call, Items.Volume.class));
    }

    /** Destroys and eradicates; what may not be eradicated goes by itself when the array's delay is over. */
    void delete(ArrayName name, Connections connections) {
        identities.forget(name);
        try {
            destroy(name);
        } catch (ObjectMissing e) {
            return;
        } catch (ArrayRefused e) {
            if (!Refusal.isDestroyed(e)) {
                if (!Refusal.isConnected(e)) throw e;
                connections.dropAll(name);
                destroy(name);
            }
        }
        eradicate(name);
    }

    private void destroy(ArrayName name) {
        rest.run(Call.patch("destroy volume \"%s\"".formatted(pod.volume(name)), PATH)
                .with("names", pod.volume(name))
                .body("destroyed", true));
    }

    private void eradicate(ArrayName name) {
        Eradication.tryIt(
                rest,
                Call.delete("eradicate volume \"%s\"".formatted(pod.volume(name)), PATH)
                        .with("names", pod.volume(name)));
    }

    /** Makes a volume of the snapshot's name from it, at once. */
    void createTemporary(SnapshotRef snapshot, ArrayName target) {
        try {
            identities.forget(target);
            var call = copyCall(snapshot, target, Optional.empty()).with("with_default_protection", "false");
            volume(target, rest.made(call, Items.Volume.class));
        } catch (ObjectExists e) {
            // One that the array doesn't let us eradicate only holds the name.
            if (item(target).filter(Items.Volume::destroyed).isEmpty()) throw e;
            overwrite(snapshot, target);
        }
    }

    /**
     * Makes the target from the source, or gives it the source's content if it exists.
     *
     * @return whether it has been made with the record
     */
    boolean copy(ArrayObject source, ArrayName target, RecoveryRecord recovery) {
        boolean tagged = takesTags();
        var call = copyCall(source, target, tagged ? Optional.of(recovery) : Optional.empty())
                .with("with_default_protection", "false");
        try {
            volume(target, rest.made(call, Items.Volume.class));
        } catch (ObjectExists e) {
            overwrite(source, target);
            return false;
        }
        return tagged;
    }

    /** Gives an existing target the source's content and size. */
    ArrayVolume overwrite(ArrayObject source, ArrayName target) {
        // Never twice: by the time a late one comes about, the target may be in use.
        var call = copyCall(source, target, Optional.empty())
                .with("overwrite", "true")
                .once();
        try {
            return volume(target, rest.made(call, Items.Volume.class));
        } catch (ArrayRefused e) {
            // A temporary volume of before, whose eradication the array doesn't allow, holds the name: use it again.
            if (!Refusal.isDestroyed(e) && !(e instanceof ObjectExists) || !recover(target)) throw e;
            return volume(target, rest.made(call, Items.Volume.class));
        }
    }

    /**
     * The array doesn't say whether it told everything: it did when there is nothing behind the last that it told.
     * What it doesn't compare is no error.
     */
    Optional<Differences> differences(ArrayObject object, Optional<ArrayObject> base, long from) {
        var name = pod.object(object);
        var call = Call.get("compare \"%s\"".formatted(name), PATH + "/diff")
                .with("names", name)
                .with("block_size", String.valueOf(DIFF_BLOCK))
                .with("offset", String.valueOf(from));
        if (base.isPresent()) call = call.with("base", pod.object(base.get()));
        List<Items.Difference> told;
        try {
            told = rest.items(call, Items.Difference.class);
        } catch (ObjectMissing e) {
            throw e;
        } catch (ArrayRefused e) {
            LOG.log(System.Logger.Level.INFO, "{0} (blocks are compared here instead)", e.getMessage());
            return Optional.empty();
        }
        var extents = new ArrayList<Extent>();
        var end = from;
        for (var item : told) {
            // Blocks begin at their multiples, which may be before what was asked for.
            var begin = Math.max(end, item.offset());
            end = Math.max(end, item.offset() + item.length());
            if (begin < end) extents.add(new Extent(begin, end - begin));
        }
        return Optional.of(new Differences(extents, extents.isEmpty() ? Long.MAX_VALUE : end));
    }

    private Call copyCall(ArrayObject source, ArrayName target, Optional<RecoveryRecord> recovery) {
        return Call.post("copy \"%s\" to \"%s\"".formatted(pod.object(source), pod.volume(target)), PATH)
                .with("names", pod.volume(target))
                .body(body("source", Map.of("name", pod.object(source)), recovery));
    }

    /** Whether the volume was destroyed and isn't any more. */
    private boolean recover(ArrayName name) {
        if (item(name).filter(Items.Volume::destroyed).isEmpty()) return false;
        rest.run(Call.patch("recover volume \"%s\"".formatted(pod.volume(name)), PATH)
                .with("names", pod.volume(name))
                .body("destroyed", false));
        return true;
    }

    private Optional<Items.Volume> item(ArrayName name) {
        var call = Call.get("look at volume \"%s\"".formatted(pod.volume(name)), PATH)
                .with("names", pod.volume(name));
        return rest.find(call, Items.Volume.class);
    }

    private ArrayVolume volume(ArrayName name, Items.Volume item) {
        var serial = item.serial() == null ? "" : item.serial();
        try {
            return new ArrayVolume(
                    name,
                    new ByteSize(item.provisioned()),
                    used(item.space()),
                    identities.put(name, Serial.identity(serial)));
        } catch (IllegalArgumentException e) {
            throw new ArrayUnreachable(
                    "The array gives volume \"%s\" the serial number \"%s\", which is none of a FlashArray"
                            .formatted(item.name(), serial),
                    e);
        }
    }

    private static ByteSize used(Items.@Nullable Space space) {
        return space == null || space.virtual() == null ? ByteSize.ZERO : new ByteSize(Math.max(0, space.virtual()));
    }
}
