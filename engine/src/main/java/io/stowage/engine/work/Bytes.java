package io.stowage.engine.work;

import io.stowage.engine.journal.Steps;
import io.stowage.model.ByteSize;

/** How many bytes of a part have passed, where nobody knows how many there will be; used by one thread. */
final class Bytes {
    private static final long REPORT = 64 << 20;

    private final String part;
    private final Steps steps;
    private long count;

    Bytes(String part, Steps steps) {
        this.part = part;
        this.steps = steps;
    }

    /** So many until now. */
    void at(long bytes) {
        steps.heed();
        if (count / REPORT != bytes / REPORT) {
            steps.progress(part + ": " + new ByteSize(bytes / REPORT * REPORT));
        }
        count = bytes;
    }

    long count() {
        return count;
    }
}
