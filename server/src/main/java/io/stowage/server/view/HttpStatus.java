package io.stowage.server.view;

import io.stowage.engine.Refused;

/** Which HTTP status says what the engine refused. */
public final class HttpStatus {
    private HttpStatus() {}

    public static int of(Refused.Kind kind) {
        return switch (kind) {
            case BAD_INPUT, IN_USE -> 400; // LXD says 400 for what is in use
            case NOT_FOUND -> 404;
            case CONFLICT, CANCELLED -> 409;
            case CHANGED -> 412;
            case LOCKED -> 423;
            case FULL -> 507;
            case UNAVAILABLE -> 503;
            case UNSUPPORTED -> 501;
            case FAILED -> 500;
        };
    }
}
