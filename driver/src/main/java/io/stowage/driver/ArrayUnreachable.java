package io.stowage.driver;

import org.jspecify.annotations.Nullable;

/** The array could not be reached, didn't answer in time, or is not able to serve now. Later it may work. */
public final class ArrayUnreachable extends ArrayException {
    private static final long serialVersionUID = 1L;

    public ArrayUnreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
