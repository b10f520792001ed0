package io.stowage.driver;

import org.jspecify.annotations.Nullable;

/** A call to an array failed. The message is one sentence for people. */
public abstract sealed class ArrayException extends RuntimeException
        permits ArrayRefused, ArrayUnreachable, ArrayUntrusted, ArrayUnauthorized, ArrayLacks {
    private static final long serialVersionUID = 1L;

    ArrayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
