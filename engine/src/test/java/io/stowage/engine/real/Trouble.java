package io.stowage.engine.real;

/** What goes wrong with one request to the array's management. */
enum Trouble {
    /** The session has ended meanwhile: 401, or 403 from an Alletra. */
    EXPIRED("\"do\": \"expire\""),
    /** 429 or 503. */
    BUSY("\"do\": \"busy\""),
    /** It was carried out, and nobody heard. */
    ANSWER_LOST("\"do\": \"drop-after\""),
    /** The connection broke before anything was done. */
    CUT("\"do\": \"drop-before\""),
    /** From this request on every connection breaks before anything is done, until somebody clears it. */
    GONE("\"do\": \"drop-before\""),
    /** 400, or 403 from an Alletra: out of space. */
    FULL("\"do\": \"full\""),
    REFUSED("\"do\": \"error\", \"status\": 400, \"message\": \"" + Trouble.WORDS + "\"");

    /** What the array says when it refuses. */
    static final String WORDS = "The shelf is being repainted.";

    private final String effect;

    Trouble(String effect) {
        this.effect = effect;
    }

    /** Whether the drivers get over it, so that whoever asked doesn't notice. */
    boolean isBorne() {
        return this == EXPIRED || this == BUSY;
    }

    /** What the error that is told says, in upper or lower case. */
    String told() {
        return switch (this) {
            case REFUSED -> WORDS;
            case FULL -> "space";
            default -> "does not answer";
        };
    }

    /** The line for the control socket that lets it happen, once if it isn't one that lasts. */
    String after(int requests) {
        String times = this == GONE ? "" : ", \"times\": 1";
        return "{\"on\": \"*\", %s, \"after\": %d%s}".formatted(effect, requests, times);
    }
}
