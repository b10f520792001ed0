package io.stowage.array.flasharray.filter;

/** A text that isn't a filter expression. The message is a sentence for the sender. */
public final class InvalidFilter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidFilter(String message) {
        super(message);
    }
}
