package io.stowage.array.wsapi.volume;

import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import java.util.Optional;

/** How a base volume takes its space, with the number that {@code provisioningType} has for it (section 6). */
enum Provisioning {
    FULL(1),
    THIN(2),
    REDUCED(6);

    /** Of every snapshot. */
    static final int SNAPSHOT = 3;

    private static final String BOTH = "tpvv,reduce";

    private final int number;

    Provisioning(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * What a request asks for: exactly one of {@code tpvv} and {@code reduce}. What only 3PAR has is refused, unless it
     * isn't wanted.
     */
    static Provisioning required(Input input) {
        return asked(input).orElseThrow(() -> Problem.ONE_REQUIRED.of(BOTH));
    }

    /** As {@link #required}, for calls that have a usual one. */
    static Optional<Provisioning> asked(Input input) {
        for (var old : new String[] {"tdvv", "compression"}) {
            if (input.isSet(old)) {
                throw Problem.INV_INPUT.of(old);
            }
        }
        var thin = input.isSet("tpvv");
        var reduced = input.isSet("reduce");
        if (thin && reduced) {
            throw Problem.PARAM_CONFLICT.of(BOTH);
        }
        return thin ? Optional.of(THIN) : reduced ? Optional.of(REDUCED) : Optional.empty();
    }
}
