package io.stowage.array.wsapi.cpg;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.array.core.Volume;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Whether CPGs have come to their growth limits. Volumes are thin, so what was written to them counts. */
public final class CpgLimits {
    private CpgLimits() {}

    /** Keeps volumes whose CPG has come to its limit from growing, and lets others grow. To be called each second. */
    public static void look(Estate estate) {
        var usage = estate.usage();
        estate.keepFromGrowing(estate.<Set<UUID>>read(objects -> {
            var full = new HashSet<UUID>();
            for (var cpg : objects.containers()) {
                if (isReached(usage, objects, cpg)) {
                    Cpgs.volumes(objects, cpg).map(Volume::id).forEach(full::add);
                }
            }
            return full;
        }));
    }

    public static boolean isReached(Usage usage, Objects objects, Container cpg) {
        return cpg.quota().filter(limit -> used(usage, objects, cpg) >= limit).isPresent();
    }

    private static long used(Usage usage, Objects objects, Container cpg) {
        return Cpgs.volumes(objects, cpg)
                .mapToLong(volume -> volume.parent().isPresent() ? usage.exclusive(volume) : usage.written(volume))
                .sum();
    }
}
