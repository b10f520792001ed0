package io.stowage.engine.work;

import io.stowage.engine.OperationProgress.Stage;
import io.stowage.engine.journal.Steps;

/** How many bytes of a part have passed, where nobody knows how many there will be; used by one thread. */
final class Bytes {
    private final Stage stage;
    private final String part;
    private final Steps steps;
    private long count;

    Bytes(Stage stage, String part, Steps steps) {
        this.stage = stage;
        this.part = part;
        this.steps = steps;
    }

    /** So many until now. */
    void at(long bytes) {
        count = bytes;
        steps.progress(stage, part, bytes);
    }

    long count() {
        return count;
    }
}
