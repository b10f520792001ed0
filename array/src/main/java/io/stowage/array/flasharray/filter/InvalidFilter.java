package io.stowage.array.flasharray.filter;

/** A text that isn't a filter expression. The message is a sentence for the sender. */
public final class InvalidFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    InvalidFilter(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** The message, ended by a dot. */
    public String sentence() {
        return sentence;
    }
}
