package io.stowage.client;

import java.io.IOException;

/** No server answers, not the one who should, or it hung up. */
public final class Unreachable extends RuntimeException {
    Unreachable(Line line, IOException cause) {
        super("no server answers on " + line + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? "the connection ended" : message;
    }
}
