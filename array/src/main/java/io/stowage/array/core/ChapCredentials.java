package io.stowage.array.core;

import java.util.Optional;

/**
 * The CHAP credentials of one host object.
 *
 * @param initiator what the initiator has to present
 * @param target what the target presents when the initiator asks for mutual authentication
 */
public record ChapCredentials(Secret initiator, Optional<Secret> target) {
    /** A user name and its password, which never appears in text. */
    public record Secret(String user, String password) {
        @Override
        public String toString() {
            return user + " (password hidden)";
        }
    }
}
