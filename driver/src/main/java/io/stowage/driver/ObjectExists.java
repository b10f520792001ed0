package io.stowage.driver;

/** The name is taken on the array by something else than what was to be made. */
public final class ObjectExists extends ArrayRefused {
    private static final long serialVersionUID = 1L;

    public ObjectExists(String doing, String words) {
        super(doing, words);
    }
}
