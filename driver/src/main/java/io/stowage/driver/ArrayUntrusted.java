package io.stowage.driver;

import org.jspecify.annotations.Nullable;

/** The array's certificate does not verify: whoever answers may not be the array. */
public final class ArrayUntrusted extends ArrayException {
    private static final long serialVersionUID = 1L;

    public ArrayUntrusted(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
