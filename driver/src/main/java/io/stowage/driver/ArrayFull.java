package io.stowage.driver;

/** The array, or the pool by its quota, has no room for what was asked, or no room for another object. */
public final class ArrayFull extends ArrayRefused {
    private static final long serialVersionUID = 1L;

    public ArrayFull(String doing, String words) {
        super(doing, words);
    }
}
