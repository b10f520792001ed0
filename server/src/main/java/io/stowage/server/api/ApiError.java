package io.stowage.server.api;

/** A request is answered with an error: a status and one sentence for the user. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ApiError(int status, String message) {
        super(message, null, false, false); // an answer, not a fault: nobody reads its stack
        this.status = status;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, message);
    }

    static ApiError notFound(String message) {
        return new ApiError(404, message);
    }

    static ApiError notImplemented(String message) {
        return new ApiError(501, message);
    }

    int status() {
        return status;
    }
}
