package io.stowage.array.wsapi.query;

/** A query that can't be understood. */
public final class BadQuery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadQuery(String message) {
        super(message, null, false, false);
    }
}
