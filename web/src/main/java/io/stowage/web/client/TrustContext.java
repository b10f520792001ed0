package io.stowage.web.client;

import io.stowage.web.tls.AnyCertificate;
import io.stowage.web.tls.OneCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Turns {@link Trust} into what the JDK asks. */
final class TrustContext {
    private TrustContext() {}

    static SSLContext of(Trust trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(trust), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] managers(Trust trust) throws GeneralSecurityException, IOException {
        return switch (trust) {
            case Trust.SystemAuthorities() -> null;
            case Trust.Authorities(var certificates) -> authorities(certificates);
            case Trust.Pinned(var certificate) -> new TrustManager[] {new OneCertificate(certificate)};
            case Trust.Anybody() -> new TrustManager[] {new AnyCertificate()};
        };
    }

    /** The JDK's own manager checks the name as well, which the HTTP client asks of it. */
    private static TrustManager[] authorities(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
