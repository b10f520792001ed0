package io.stowage.array.namespace;

import io.stowage.nvme.auth.Secret;

/**
 * Which of the passwords of host objects are keys for DH-HMAC-CHAP, by which hosts prove who they are over NVMe: those of
 * the form {@code DHHC-1:HH:BASE64:}, as {@code nvme gen-dhchap-key} prints them.
 */
public final class NvmeKeys {
    private NvmeKeys() {}

    public static boolean isOne(String password) {
        return Secret.parse(password).isPresent();
    }

    /** Whether it is meant for one, and would protect nothing. */
    public static boolean isMistyped(String password) {
        return password.startsWith(Secret.PREFIX) && !isOne(password);
    }
}
