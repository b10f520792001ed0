package io.stowage.driver;

/** The array heard the request and said no. The message has the array's own words. */
public sealed class ArrayRefused extends ArrayException permits ArrayFull, ObjectExists, ObjectMissing {
    private static final long serialVersionUID = 1L;

    private final String words;

    /** @param doing what was tried, as in: The array refused to <i>create volume "p::v"</i>: <i>words</i> */
    public ArrayRefused(String doing, String words) {
        super("The array refused to %s: %s".formatted(doing, words), null);
        this.words = words;
    }

    /** What the array said, word by word. */
    public String words() {
        return words;
    }
}
