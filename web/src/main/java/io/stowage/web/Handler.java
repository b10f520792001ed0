package io.stowage.web;

/**
 * Answers requests. Called on a virtual thread of its own for each request, so it may block as long
 * as it likes.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws BodyTooLarge answered with 413 and its message as plain text
     * @throws Exception anything else is logged and answered with a bare 500: handlers translate
     *     their own errors
     */
    Response handle(Request request) throws Exception;

    /**
     * Answers a request whose path or query has a percent sign without two hexadecimal digits.
     *
     * @param message what is wrong with it
     */
    default Response onBadUrl(String message) {
        return Response.text(400, message + "\n");
    }
}
