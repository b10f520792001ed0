package io.stowage.server.api;

/**
 * What a route asks of callers. It follows from method and path alone, in this one place: whoever adds a route gets the
 * careful answer unasked.
 */
enum Permission {
    /** Anybody may; the action decides what to tell. */
    NONE,
    /** Trust; for what belongs to a project, trust in it, which {@link Call#project} sees to. */
    TRUST,
    /** Trust without restriction. */
    ADMINISTRATION;

    private static final String VOLUMES = "/1.0/storage-pools/{pool}/volumes";
    private static final String OPERATION = "/1.0/operations/{id}";

    static Permission of(String method, String pattern) {
        return switch (method + " " + pattern) {
            case "GET /", "GET /1.0", "POST /1.0/certificates" -> NONE;
            case "GET " + MetricsResource.PATH -> NONE; // for observers, who are trusted with nothing else
            case "GET " + OPERATION + "/wait", "GET " + OPERATION + "/websocket" -> NONE; // for who has the secret
            case "DELETE " + OPERATION -> TRUST;
            case "PUT /1.0/certificates/{fingerprint}", "PATCH /1.0/certificates/{fingerprint}" -> TRUST; // its own
            case "PUT /1.0/profiles/{name}", "PATCH /1.0/profiles/{name}" -> TRUST;
            default -> byPlace(method, pattern);
        };
    }

    private static Permission byPlace(String method, String pattern) {
        if (pattern.startsWith("/1.0/warnings")) {
            return ADMINISTRATION;
        }
        if (method.equals("GET")) {
            return TRUST;
        }
        // Attaching means something on the server's own machine, with paths of it.
        return pattern.startsWith(VOLUMES) && !pattern.contains("/attachments") ? TRUST : ADMINISTRATION;
    }

    /** @throws ApiError 403 */
    void require(Caller caller) {
        var may = switch (this) {
            case NONE -> true;
            case TRUST -> caller.isTrusted();
            case ADMINISTRATION -> caller.administers();
        };
        if (!may) {
            throw new ApiError(403, Caller.REFUSAL);
        }
    }
}
