package io.stowage.array.wsapi.rest;

import java.util.List;

/** What a user may do (section 2). */
public enum Role {
    SUPER,
    /** Only look. */
    BROWSE;

    /** Reads, though it is a POST. */
    private static final List<String> SPACE_REPORTER = List.of("spacereporter");

    boolean may(Endpoint endpoint) {
        return this == SUPER
                || endpoint.method().equals("GET")
                || endpoint.path().equals(SPACE_REPORTER);
    }
}
