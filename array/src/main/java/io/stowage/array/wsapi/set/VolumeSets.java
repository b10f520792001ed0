package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetMember;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.volume.Volumes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Volume sets, and what is in them. */
public final class VolumeSets implements SetKind<VolumeSet> {
    static final String QOS = "qos";

    private static final String FLASH_CACHE = "flashCachePolicy";
    private static final String DISABLED = "2";

    private final SetExports exports;

    /** Sets that hosts see as such. */
    public interface SetExports {
        boolean isExported(Objects objects, VolumeSet set);

        /**
         * Is told what has joined the set.
         *
         * @throws io.stowage.array.wsapi.rest.Refusal those who see the set can't see this volume
         */
        void joined(Draft draft, VolumeSet set, Volume volume);
    }

    /**
     * The set of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static VolumeSet require(Objects objects, String name) {
        return objects.volumeSet(name).orElseThrow(Problem.NON_EXISTENT_SET::refusal);
    }

    public VolumeSets(SetExports exports) {
        this.exports = exports;
    }

    /** The calls that they have in common with other sets. */
    public SetCalls<VolumeSet> calls(Estate estate) {
        return new SetCalls<>(estate, this);
    }

    @Override
    public String path() {
        return "volumesets";
    }

    @Override
    public String counter() {
        return "volumeset";
    }

    @Override
    public int most() {
        return 8192;
    }

    @Override
    public Collection<VolumeSet> all(Objects objects) {
        return objects.volumeSets();
    }

    @Override
    public Optional<VolumeSet> find(Objects objects, String name) {
        return objects.volumeSet(name);
    }

    @Override
    public VolumeSet make(UUID id, String name, Map<String, String> attributes) {
        return new VolumeSet(id, name, attributes);
    }

    @Override
    public List<String> members(Objects objects, VolumeSet set) {
        return volumes(objects, set).stream().map(Volume::name).toList();
    }

    /** The volumes in a set, in its order. */
    public static List<Volume> volumes(Objects objects, VolumeSet set) {
        return objects.membersOfSet(set.id()).stream()
                .map(SetMember::volume)
                .flatMap(volume -> objects.volume(volume).stream())
                .toList();
    }

    @Override
    public void add(Draft draft, VolumeSet set, String name) {
        var volume = Volumes.require(draft.objects(), name);
        if (membership(draft.objects(), set, volume).isPresent()) {
            throw Problem.MEMBER_IN_SET.refusal();
        }
        draft.join(volume, set);
        exports.joined(draft, set, volume);
    }

    @Override
    public void remove(Draft draft, VolumeSet set, String name) {
        var volume = Volumes.require(draft.objects(), name);
        draft.remove(membership(draft.objects(), set, volume).orElseThrow(Problem.MEMBER_NOT_IN_SET::refusal));
    }

    private static Optional<SetMember> membership(Objects objects, VolumeSet set, Volume volume) {
        return objects.setMembershipsOf(volume.id()).stream()
                .filter(member -> member.set().equals(set.id()))
                .findFirst();
    }

    @Override
    public void delete(Draft draft, VolumeSet set) {
        if (exports.isExported(draft.objects(), set)) {
            throw Problem.EXPORTED_VLUN.refusal();
        }
        if (text(set, QOS).isPresent()) {
            throw Problem.IN_USE.refusal();
        }
        draft.remove(set);
    }

    @Override
    public Set<String> traits() {
        return Set.of(FLASH_CACHE);
    }

    @Override
    public void describe(Input input, Map<String, String> attributes) {
        input.choice(FLASH_CACHE, 2).ifPresent(policy -> attributes.put(FLASH_CACHE, policy.toString()));
    }

    @Override
    public void show(VolumeSet set, ObjectNode json) {
        json.put("qosEnabled", QosRules.isEnabled(set))
                .put(FLASH_CACHE, Integer.parseInt(text(set, FLASH_CACHE).orElse(DISABLED)))
                .put("vvolStorageContainerEnabled", false);
    }

    static Optional<String> text(VolumeSet set, String key) {
        return Optional.ofNullable(set.attributes().get(key));
    }

    /** Puts the set with another value in its place; without the key if there is none. */
    static void put(Draft draft, VolumeSet set, String key, Optional<String> value) {
        var attributes = new HashMap<>(set.attributes());
        value.ifPresentOrElse(text -> attributes.put(key, text), () -> attributes.remove(key));
        draft.put(set.withAttributes(attributes));
    }
}
