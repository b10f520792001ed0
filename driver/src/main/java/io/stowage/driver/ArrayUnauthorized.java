package io.stowage.driver;

/** The array doesn't accept the credentials, or they don't allow what was asked. */
public final class ArrayUnauthorized extends ArrayException {
    private static final long serialVersionUID = 1L;

    public ArrayUnauthorized(String message) {
        super(message, null);
    }
}
