package io.stowage.array.store;

import org.jspecify.annotations.Nullable;

/**
 * Metadata on disk is not what was written: reported with its place, what was expected and what was
 * found; never served and never mistaken for a crash.
 */
public final class StoreCorrupt extends StoreException {
    private static final long serialVersionUID = 1;

    StoreCorrupt(String message) {
        super(message, null);
    }

    StoreCorrupt(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
