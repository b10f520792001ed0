package io.stowage.client;

/** The server refused a request, or an operation failed; the message is the server's own sentence. */
public final class ApiError extends RuntimeException {
    private final int status;

    public ApiError(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status of the refusal; 400 for a failed operation that names none. */
    public int status() {
        return status;
    }
}
