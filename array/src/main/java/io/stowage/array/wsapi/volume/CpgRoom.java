package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.array.wsapi.cpg.CpgLimits;
import io.stowage.array.wsapi.rest.Problem;
import java.util.UUID;

/** Requires that a CPG hasn't come to its growth limit. */
final class CpgRoom {
    private CpgRoom() {}

    /** @param problem what is said if it has */
    static void require(Usage usage, Objects objects, UUID cpg, Problem problem) {
        if (objects.container(cpg)
                .filter(one -> CpgLimits.isReached(usage, objects, one))
                .isPresent()) {
            throw problem.refusal();
        }
    }
}
