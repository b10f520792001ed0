package io.stowage.array.flasharray;

import io.stowage.array.fault.Knob;
import java.util.Optional;

/** The longest page of a list, which testers may shorten. Thread-safe. */
final class PageLimit {
    private static final int USUAL = 1000;

    private volatile int items = USUAL;

    int get() {
        return items;
    }

    Knob knob() {
        return Knob.number(
                "page-limit",
                1,
                USUAL,
                () -> Optional.of((long) items),
                to -> items = to.map(Long::intValue).orElse(USUAL));
    }
}
