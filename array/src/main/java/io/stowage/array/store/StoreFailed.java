package io.stowage.array.store;

import org.jspecify.annotations.Nullable;

/**
 * The disk below refused an operation, the store is closed, or its folder is in use by another
 * process. After a failed sync nobody knows what reached the disk, so the store takes no more writes
 * until it is opened anew.
 */
public final class StoreFailed extends StoreException {
    private static final long serialVersionUID = 1;

    StoreFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
