package io.stowage.array.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a store can fail with: a closed set, so that a front end maps each kind once. */
public abstract sealed class StoreException extends RuntimeException
        permits StoreFull, StoreCorrupt, StoreFailed, NoSuchVolume {
    private static final long serialVersionUID = 1;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** One sentence. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
