package io.stowage.array.core;

import java.util.Optional;

/**
 * The CHAP credentials of one host object.
 *
 * @param initiator what the initiator has to present
 * @param target what the target presents when the initiator asks for mutual authentication
 */
public record ChapCredentials(Secret initiator, Optional<Secret> target) {
    /**
     * A user name and its password, which never appears in text.
     *
     * @param hex whether the password is told in hexadecimal digits, being any bytes; otherwise it is text
     */
    public record Secret(String user, String password, boolean hex) {
        /** With a text for its password. */
        public Secret(String user, String password) {
            this(user, password, false);
        }

        @Override
        public String toString() {
            return user + " (password hidden)";
        }
    }
}
