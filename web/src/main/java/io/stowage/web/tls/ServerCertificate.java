package io.stowage.web.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A self-signed certificate with its private key, as a server identifies itself.
 *
 * @param path the PEM file of the certificate, which clients may take as their certificate authority
 */
public record ServerCertificate(X509Certificate certificate, PrivateKey key, Path path) {

    /**
     * The certificate kept as {@code NAME.crt} and {@code NAME.key} (mode 0600) in a folder; made
     * when it isn't there, or doesn't name all of these addresses, or has expired: EC P-384, valid
     * for ten years.
     *
     * @param folder made when missing
     * @param addresses what clients connect to (subject alternative names); a wildcard address
     *     stands for the loopback addresses
     * @param hosts host names for the same
     * @throws IOException files can't be read or written
     */
    public static ServerCertificate ensure(Path folder, String name, List<InetAddress> addresses, List<String> hosts)
            throws IOException {
        return new CertificateFolder(folder).ensure(name, addresses, hosts);
    }

    /**
     * Why {@link #ensure} would not use what is kept in a folder, a sentence without its end; empty if it
     * would, or if nothing is kept. Changes nothing.
     *
     * @throws IOException files can't be read
     */
    public static Optional<String> problem(Path folder, String name) throws IOException {
        return new CertificateFolder(folder).problem(name);
    }

    /** Lower-case hexadecimal SHA-256 of the DER, as clients pin it. */
    public String fingerprint() {
        return Pem.fingerprint(certificate);
    }

    /** The certificate as PEM. */
    public String pem() {
        return Pem.write(certificate);
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + path + "]"; // never the key
    }
}
