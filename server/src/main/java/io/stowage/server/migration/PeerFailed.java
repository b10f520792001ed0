package io.stowage.server.migration;

import io.stowage.engine.Refused;

/** The peer has said why it gives up. */
final class PeerFailed {
    private static final int LONGEST = 1000;

    private PeerFailed() {}

    /** @param message in the peer's words */
    static Refused of(String message) {
        var line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        var said = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        return new Refused(
                Refused.Kind.FAILED,
                said.isEmpty() ? "The other server gives up without saying why" : "The other server says: " + said);
    }
}
