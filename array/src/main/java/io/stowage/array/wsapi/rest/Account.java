package io.stowage.array.wsapi.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Who may log in. */
public record Account(String user, String password, Role role) {
    boolean is(String otherUser, String otherPassword) {
        return user.equals(otherUser) && isSame(password, otherPassword);
    }

    /** Takes as long for a wrong one as for the right one. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return user; // never the password
    }
}
