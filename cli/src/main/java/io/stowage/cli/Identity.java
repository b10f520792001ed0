package io.stowage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** The certificate by which servers elsewhere know this user: made at the first use, self-signed, good for ten years. */
final class Identity {
    /** The file's mode protects it: as with lxc's client.key, a password beside it would add nothing. */
    static final String PASSWORD = "stowage";

    private static final String PASSWORD_VARIABLE = "STOWAGE_KEY_PASSWORD";

    private Identity() {}

    /** @throws Wrong it can't be read or made */
    static KeyStore in(Path folder) {
        Path file = folder.resolve("client.p12");
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new Wrong("This client's certificate " + file + " can't be used: " + e.getMessage());
        }
    }

    private static void make(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path fresh = folder.resolve("client.p12." + ProcessHandle.current().pid());
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "stowage",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp384r1",
                        "-validity",
                        "3650",
                        "-dname",
                        "O=stowage, CN=" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "-"),
                        "-storetype",
                        "PKCS12",
                        "-storepass:env",
                        PASSWORD_VARIABLE,
                        "-keystore",
                        fresh.toString()))
                .redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, PASSWORD);
        Process keytool = builder.start();
        try {
            keytool.getOutputStream().close();
            String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed: " + said.strip());
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            keytool.destroyForcibly();
            Files.deleteIfExists(fresh);
        }
    }
}
