package io.stowage.server.api;

import io.stowage.engine.Refused;
import java.util.function.Supplier;

/** Reading what may not be there, or may go away while a list is being made. */
final class Gone {
    private Gone() {}

    static <T> T orElse(T otherwise, Supplier<T> read) {
        try {
            return read.get();
        } catch (Refused e) {
            if (e.kind() == Refused.Kind.NOT_FOUND) {
                return otherwise;
            }
            throw e;
        }
    }
}
