package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which LUN a connection gets when its maker doesn't say; empty when all are taken. */
final class Luns {
    /** Shared connections begin here and count down, so that they seldom meet the private ones. */
    private static final int FIRST_SHARED = 254;

    private Luns() {}

    /** For a private connection: from 1 upward. */
    static Optional<Integer> forOne(BitSet taken) {
        return free(taken.nextClearBit(1));
    }

    /** For a shared connection: from 254 downward, then from 255 upward. */
    static Optional<Integer> forAll(BitSet taken) {
        return IntStream.iterate(FIRST_SHARED, lun -> lun >= 1, lun -> lun - 1)
                .filter(lun -> !taken.get(lun))
                .boxed()
                .findFirst()
                .or(() -> free(taken.nextClearBit(FIRST_SHARED + 1)));
    }

    private static Optional<Integer> free(int lun) {
        return lun <= Connection.HIGHEST_LUN ? Optional.of(lun) : Optional.empty();
    }
}
