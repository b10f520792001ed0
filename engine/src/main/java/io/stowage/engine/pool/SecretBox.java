package io.stowage.engine.pool;

import io.stowage.engine.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals secret values for the database with AES-256-GCM under the installation's key, a file of 32 random bytes. */
public final class SecretBox {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Reads the key; makes it, with mode 0600, when there is none yet. */
    public static SecretBox open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != KEY_BYTES) {
                throw new Refused(
                        Refused.Kind.FAILED, "The secret key " + file + " does not have " + KEY_BYTES + " bytes");
            }
            return new SecretBox(key);
        } catch (IOException e) {
            throw new Refused(Refused.Kind.FAILED, "The secret key " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        // Complete under another name first, so that a crash leaves no half key and a second starter no other key.
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(draft, fresh);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker: that one counts.
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** @param context what the value belongs to: a value moved elsewhere in the database doesn't open */
    public String seal(String value, String context) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] bytes = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(value.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all =
                    ByteBuffer.allocate(NONCE_BYTES + bytes.length).put(nonce).put(bytes);
            return Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /** @throws Refused when it was sealed with another key, or for something else */
    public String unseal(String text, String context) {
        try {
            byte[] all = Base64.getDecoder().decode(text);
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            byte[] value =
                    cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused(
                    Refused.Kind.FAILED,
                    "A secret value in the database can't be opened: was the secret key replaced?",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
