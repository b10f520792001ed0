package io.stowage.web.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps certificates and their keys as files. */
final class CertificateFolder {
    private static final System.Logger LOG = System.getLogger(CertificateFolder.class.getName());

    private final Path folder;

    CertificateFolder(Path folder) {
        this.folder = folder;
    }

    ServerCertificate ensure(String name, List<InetAddress> addresses, List<String> hosts) throws IOException {
        var wanted = SubjectNames.of(addresses, hosts);
        var kept = load(name);
        if (kept.isPresent() && wanted.areNamedBy(kept.get().certificate())) {
            return kept.get();
        }
        var made = SelfSigned.make(name, wanted);
        // Key first: a crash in between leaves a pair that doesn't match, which load() sees.
        Files.createDirectories(folder);
        publish(keyFile(name), Pem.write(made.key()), "rw-------");
        publish(certificateFile(name), Pem.write(made.certificate()), "rw-r--r--");
        return new ServerCertificate(made.certificate(), made.key(), certificateFile(name));
    }

    private Optional<ServerCertificate> load(String name) throws IOException {
        try {
            return Optional.of(read(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is made anew, as it can''t be used: {1}",
                    certificateFile(name),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private ServerCertificate read(String name) throws IOException, GeneralSecurityException {
        var certificate = Pem.certificates(Files.readString(certificateFile(name), StandardCharsets.US_ASCII))
                .getFirst();
        var key = Pem.ecKey(Files.readString(keyFile(name), StandardCharsets.US_ASCII));
        certificate.checkValidity();
        requirePair(certificate, key);
        return new ServerCertificate(certificate, key, certificateFile(name));
    }

    Optional<String> problem(String name) throws IOException {
        if (!Files.exists(certificateFile(name)) && !Files.exists(keyFile(name))) {
            return Optional.empty();
        }
        try {
            read(name);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(e.getFile() + " is missing");
        } catch (GeneralSecurityException | IllegalArgumentException | CharacterCodingException e) {
            return Optional.of("%s can't be used: %s".formatted(certificateFile(name), e.getMessage()));
        }
    }

    private static void requirePair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA384withECDSA");
        signature.initSign(key);
        signature.update((byte) 1);
        var signed = signature.sign();
        signature.initVerify(certificate);
        signature.update((byte) 1);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("its key belongs to another certificate");
        }
    }

    private void publish(Path file, String text, String permissions) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (var channel = FileChannel.open(fresh, options, mode)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path certificateFile(String name) {
        return folder.resolve(name + ".crt");
    }

    private Path keyFile(String name) {
        return folder.resolve(name + ".key");
    }
}
