package io.stowage.client;

import java.io.IOException;
import java.nio.file.Path;

/** No server answers on the socket, or it hung up. */
public final class Unreachable extends RuntimeException {
    Unreachable(Path socket, IOException cause) {
        super("no server answers on " + socket + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? "the connection ended" : message;
    }
}
