package io.stowage.web;

import java.io.IOException;

/** A request's or an answer's body is longer than its reader allows. */
public final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1;

    public BodyTooLarge(long limit) {
        super("The body is longer than the limit of %d bytes".formatted(limit));
    }
}
