package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Container;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds CPGs and the volumes in them. A CPG is a {@link Container}; its quota is its growth limit in bytes. */
public final class Cpgs {
    /** The one that is there from the beginning. */
    public static final String DEFAULT = "SSD_r6";

    /** Attribute of a volume: the id of its user CPG. */
    public static final String OF_VOLUME = "cpg";

    /** Attribute of a CPG: its number. */
    static final String NUMBER = "number";

    static final String INCREMENT = "growthIncrement";
    static final String WARNING = "warning";

    private Cpgs() {}

    /** Makes the first CPG unless there is one. */
    public static void ensure(Estate estate) {
        if (estate.read(objects -> objects.containers().isEmpty())) {
            estate.change(draft -> create(draft, DEFAULT, Optional.empty(), Map.of()));
        }
    }

    static Container create(Draft draft, String name, Optional<Long> limit, Map<String, String> attributes) {
        var all = new HashMap<>(attributes);
        all.put(NUMBER, Integer.toString(Numbers.next(draft, "cpg")));
        var cpg = new Container(UUID.randomUUID(), name, draft.now(), limit, Optional.empty(), all);
        draft.put(cpg);
        return cpg;
    }

    /**
     * The CPG of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static Container require(Objects objects, String name) {
        return objects.container(name).orElseThrow(Problem.NON_EXISTENT_CPG::refusal);
    }

    /** The CPG of a volume. */
    public static Container of(Objects objects, Volume volume) {
        return Optional.ofNullable(volume.attributes().get(OF_VOLUME))
                .map(UUID::fromString)
                .flatMap(objects::container)
                .orElseThrow(() -> new IllegalStateException("Volume " + volume.name() + " has no CPG"));
    }

    /** Whether a volume is deduplicated and compressed. */
    static boolean isReduced(Volume volume) {
        return "REDUCED".equals(volume.attributes().get("provisioning"));
    }

    /** The volumes in a CPG, snapshots among them. */
    public static Stream<Volume> volumes(Objects objects, Container cpg) {
        var id = cpg.id().toString();
        return objects.volumes().stream()
                .filter(volume -> id.equals(volume.attributes().get(OF_VOLUME)));
    }
}
