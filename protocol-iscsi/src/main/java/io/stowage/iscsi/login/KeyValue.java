package io.stowage.iscsi.login;

/** One pair of a text data segment, such as {@code HeaderDigest=None}. Keys are case-sensitive. */
public record KeyValue(String key, String value) {
    @Override
    public String toString() {
        return key + "=" + value;
    }
}
