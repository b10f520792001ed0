package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetMember;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds volume sets and what is in them. */
public final class VolumeSets {
    static final String COMMENT = "comment";
    static final String FLASH_CACHE = "flashCachePolicy";
    static final String QOS = "qos";

    private static final String NUMBER = "number";
    private static final int MOST = 8192;

    private VolumeSets() {}

    /**
     * The set of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static VolumeSet require(Objects objects, String name) {
        return objects.volumeSet(name).orElseThrow(Problem.NON_EXISTENT_SET::refusal);
    }

    /** The volumes in a set, in its order. */
    public static List<Volume> members(Objects objects, VolumeSet set) {
        return objects.membersOfSet(set.id()).stream()
                .map(SetMember::volume)
                .flatMap(volume -> objects.volume(volume).stream())
                .toList();
    }

    /** The set of this name, made unless it is there. */
    public static VolumeSet ensure(Draft draft, String name) {
        return draft.objects().volumeSet(name).orElseGet(() -> create(draft, name, Map.of()));
    }

    static VolumeSet create(Draft draft, String name, Map<String, String> attributes) {
        if (draft.objects().volumeSet(name).isPresent()) {
            throw Problem.EXISTENT_SET.refusal();
        }
        if (draft.objects().volumeSets().size() >= MOST) {
            throw Problem.TOO_MANY.refusal();
        }
        var all = new HashMap<>(attributes);
        all.put(NUMBER, Integer.toString(Numbers.next(draft, "volumeset")));
        var set = new VolumeSet(UUID.randomUUID(), name, all);
        draft.put(set);
        return set;
    }

    static int number(VolumeSet set) {
        return Integer.parseInt(set.attributes().getOrDefault(NUMBER, "0"));
    }

    static Optional<String> text(VolumeSet set, String key) {
        return Optional.ofNullable(set.attributes().get(key));
    }

    /** Puts the set with another value in its place; without the key if there is none. */
    static VolumeSet put(Draft draft, VolumeSet set, String key, Optional<String> value) {
        var attributes = new HashMap<>(set.attributes());
        value.ifPresentOrElse(text -> attributes.put(key, text), () -> attributes.remove(key));
        var changed = set.withAttributes(attributes);
        draft.put(changed);
        return changed;
    }
}
