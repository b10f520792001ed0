package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which LUN a request wants (section 11): one, or any from there on.
 *
 * @param first the one, or the first that will do
 * @param last the last that will do; the same as {@code first} if only one does
 */
record Luns(int first, int last) {
    private static final int HIGHEST = 16_383;
    private static final int TOO_LARGE = 16_384;

    /** Of an NVMe host: its LUNs are namespace identifiers. */
    private static final int LOWEST_NAMESPACE = 1;

    private static final int HIGHEST_NAMESPACE = 256;

    static Luns wanted(Input input, boolean isNvme) {
        var auto = input.isSet("autoLun");
        var lun = input.anyNumber("lun");
        lun.ifPresent(Luns::require);
        if (!auto && lun.isEmpty()) {
            throw Problem.MISSING_REQUIRED.of("lun");
        }
        var lowest = isNvme ? LOWEST_NAMESPACE : 0;
        var highest = isNvme ? HIGHEST_NAMESPACE : HIGHEST;
        if (!auto) {
            return fixed(lun.orElseThrow().intValue(), lowest, highest);
        }
        var limit = input.number("maxAutoLun", 0, HIGHEST).orElse(0L).intValue();
        return new Luns(Math.max(lun.orElse(0L).intValue(), lowest), limit == 0 ? highest : Math.min(limit, highest));
    }

    /** Any from there on. */
    static Luns from(int lun, boolean isNvme) {
        return new Luns(Math.max(lun, isNvme ? LOWEST_NAMESPACE : 0), isNvme ? HIGHEST_NAMESPACE : HIGHEST);
    }

    private static void require(long lun) {
        if (lun < 0) {
            throw Problem.BELOW_RANGE.of("lun");
        } else if (lun >= TOO_LARGE) {
            throw Problem.TOO_LARGE.of("lun");
        }
    }

    private static Luns fixed(int lun, int lowest, int highest) {
        if (lun < lowest) {
            throw Problem.BELOW_RANGE.of("lun");
        } else if (lun > highest) {
            throw Problem.EXCEEDS_RANGE.of("lun");
        }
        return new Luns(lun, lun);
    }

    /**
     * A free one of them, if possible that by which other hosts see the volume: clients judge by the first VLUN of a
     * volume, whichever host that is for.
     */
    Optional<Integer> free(Objects objects, Volume volume, BitSet taken) {
        return objects.connectionsOfVolume(volume.id()).stream()
                .map(Connection::lun)
                .filter(this::isWanted)
                .filter(lun -> !taken.get(lun))
                .findFirst()
                .or(() -> lowestFree(taken));
    }

    Optional<Integer> lowestFree(BitSet taken) {
        return Optional.of(taken.nextClearBit(first)).filter(this::isWanted);
    }

    private boolean isWanted(int lun) {
        return lun >= first && lun <= last;
    }
}
