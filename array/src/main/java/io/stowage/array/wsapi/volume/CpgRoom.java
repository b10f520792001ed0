package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Container;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.rest.Problem;
import java.util.UUID;

/** Whether a CPG has come to its growth limit. Volumes are thin, so what was written to them counts. */
final class CpgRoom {
    private CpgRoom() {}

    /** @param problem what is said if it has */
    static void require(Usage usage, Objects objects, UUID cpg, Problem problem) {
        objects.container(cpg)
                .filter(one -> one.quota()
                        .filter(limit -> used(usage, objects, one) >= limit)
                        .isPresent())
                .ifPresent(_ -> {
                    throw problem.refusal();
                });
    }

    private static long used(Usage usage, Objects objects, Container cpg) {
        return Cpgs.volumes(objects, cpg)
                .mapToLong(volume -> Volumes.isSnapshot(volume) ? usage.exclusive(volume) : usage.written(volume))
                .sum();
    }
}
