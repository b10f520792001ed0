package io.stowage.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Work that has been written down and goes on whether anybody waits or not. */
public interface Started<T extends @Nullable Object> {
    /** The operation's id. */
    UUID id();

    /** Waits for the end. @throws Refused when it failed (its effects were taken back) or was cancelled */
    T await();
}
