package io.stowage.web.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** One certificate as text, ended by a newline. */
    public static String write(X509Certificate certificate) {
        return block("CERTIFICATE", der(certificate));
    }

    /** Lower-case hexadecimal SHA-256 of a certificate's DER. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(der(certificate));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /**
     * All certificates of a PEM text, in their order.
     *
     * @throws IllegalArgumentException there is none, or one can't be read
     */
    public static List<X509Certificate> certificates(String text) {
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("No certificate in PEM form was found");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The certificate can't be read: " + e.getMessage(), e);
        }
    }

    /** A private key in PKCS#8 as text, ended by a newline. */
    static String write(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static PrivateKey ecKey(String text) throws GeneralSecurityException {
        var base64 = text.replaceAll("-----[A-Z ]+-----", "");
        try {
            var encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not a key in PEM form", e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A parsed certificate has a DER", e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, LINES.encodeToString(content), label);
    }
}
