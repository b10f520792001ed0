package io.stowage.driver;

/** The array (or its software version) doesn't have what was asked for. */
public final class ArrayLacks extends ArrayException {
    private static final long serialVersionUID = 1L;

    public ArrayLacks(String message) {
        super(message, null);
    }
}
