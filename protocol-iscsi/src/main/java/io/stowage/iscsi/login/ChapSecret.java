package io.stowage.iscsi.login;

/**
 * A name with its secret, which never appears in text.
 *
 * @param user CHAP_N, any text; what looks like a number is text, too
 * @param password the secret; taken as UTF-8
 */
public record ChapSecret(String user, String password) {
    @Override
    public String toString() {
        return user + " (password hidden)";
    }
}
