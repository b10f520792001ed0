package io.stowage.array.wsapi.volume;

import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;

/** Sizes in requests and answers: whole MiB; volumes have multiples of 256 of them (section 6). */
final class Sizes {
    static final long MIB = 1 << 20;

    /** 64 TiB. */
    static final long LARGEST_MIB = 64L << 20;

    private static final long STEP_MIB = 256;

    private Sizes() {}

    /** The size of a new volume in bytes. */
    static long required(Input input) {
        var mib = input.anyNumber("sizeMiB").orElseThrow(() -> Problem.MISSING_REQUIRED.of("sizeMiB"));
        if (mib <= 0) {
            throw Problem.EXCEEDS_RANGE.of("sizeMiB");
        }
        return limited(mib) * MIB;
    }

    /** The size in bytes after what was asked for was added. */
    static long grown(Input input, long sizeBytes) {
        var mib = input.anyNumber("sizeMiB").orElseThrow(() -> Problem.MISSING_REQUIRED.of("sizeMiB"));
        if (mib <= 0) {
            throw Problem.GROW_SIZE.of("sizeMiB");
        }
        return limited(limited(mib) + sizeBytes / MIB) * MIB;
    }

    private static long limited(long mib) {
        if (mib > LARGEST_MIB) {
            throw Problem.TOO_LARGE.of("sizeMiB");
        }
        return Math.ceilDiv(mib, STEP_MIB) * STEP_MIB;
    }

    /** Space in MiB, no less than it is. */
    static long mib(long bytes) {
        return Math.ceilDiv(bytes, MIB);
    }
}
