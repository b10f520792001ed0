package io.stowage.driver;

/** What the request is about doesn't exist on the array (or not any more). */
public final class ObjectMissing extends ArrayRefused {
    private static final long serialVersionUID = 1L;

    public ObjectMissing(String doing, String words) {
        super(doing, words);
    }
}
