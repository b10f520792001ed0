package io.stowage.web.client;

import io.stowage.web.tls.Pem;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whom a client takes for the server it means. */
public sealed interface Trust {
    /** The system's certificate authorities, and the name must fit. */
    record SystemAuthorities() implements Trust {}

    /** Only these certificates and what they signed, and the name must fit. */
    record Authorities(List<X509Certificate> certificates) implements Trust {
        public Authorities {
            certificates = List.copyOf(certificates);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("At least one certificate is needed to trust");
            }
        }
    }

    /** Whoever shows this very certificate while it is valid, whatever names are in it. */
    record Pinned(X509Certificate certificate) implements Trust {}

    /** Anybody: the connection is encrypted, and that is all. */
    record Anybody() implements Trust {}

    /**
     * Only the one certificate of this PEM text.
     *
     * @throws IllegalArgumentException it holds no certificate that can be read
     */
    static Trust pinned(String text) {
        return new Pinned(Pem.certificates(text).getFirst());
    }

    /**
     * Only the certificates of this PEM text and what they signed.
     *
     * @throws IllegalArgumentException it holds no certificate that can be read
     */
    static Trust pem(String text) {
        return new Authorities(Pem.certificates(text));
    }
}
