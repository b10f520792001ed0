package io.stowage.server.migration;

import java.io.IOException;

/** A peer sends what can't be understood. */
final class MalformedMessage extends IOException {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
