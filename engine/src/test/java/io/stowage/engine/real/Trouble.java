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

    /** The line for the control socket that lets it happen once. */
    String after(int requests) {
        return "{\"on\": \"*\", %s, \"after\": %d, \"times\": 1}".formatted(effect, requests);
    }
}
