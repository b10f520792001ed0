package io.stowage.array.store;

import org.jspecify.annotations.Nullable;

/**
 * The array is full: its capacity is used up, or the file system below it has no space. Nothing of
 * the refused write is visible; reads, discards and overwrites in place go on.
 */
public final class StoreFull extends StoreException {
    private static final long serialVersionUID = 1;

    StoreFull(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
