package io.stowage.iscsi.login;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A name with its secret, which never appears in text.
 *
 * @param user CHAP_N, any text; what looks like a number is text, too
 * @param password the secret: a text, taken as UTF-8, or bytes in hexadecimal digits
 * @param hex whether it is the latter
 */
public record ChapSecret(String user, String password, boolean hex) {
    /** With a text for its secret. */
    public ChapSecret(String user, String password) {
        this(user, password, false);
    }

    /** What goes into the digest. */
    byte[] bytes() {
        return hex ? HexFormat.of().parseHex(password) : password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return user + " (password hidden)";
    }
}
