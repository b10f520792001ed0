package io.stowage.web;

import io.stowage.web.tls.AnyCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** HTTPS on a TCP port. */
final class HttpsConnector implements BoundListener {
    private final Listener.Https listener;
    private final ServerConnector connector;

    private HttpsConnector(Listener.Https listener, ServerConnector connector) {
        this.listener = listener;
        this.connector = connector;
    }

    static HttpsConnector add(Server server, Listener.Https listener) throws IOException {
        var http = JettyServer.http();
        var tls = new SslConnectionFactory(tls(listener), http.getProtocol());
        var connector = new ServerConnector(server, tls, http);
        connector.setHost(listener.address().getAddress().getHostAddress());
        connector.setPort(listener.address().getPort());
        connector.setIdleTimeout(JettyServer.SILENCE.toMillis());
        server.addConnector(connector);
        return new HttpsConnector(listener, connector);
    }

    private static SslContextFactory.Server tls(Listener.Https listener) throws IOException {
        var factory = new SslContextFactory.Server();
        factory.setSslContext(context(listener));
        factory.setSniRequired(false);
        switch (listener.policy()) {
            case SERVER_ONLY -> factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            case ASK_CLIENT -> {
                factory.setIncludeProtocols("TLSv1.3");
                factory.setWantClientAuth(true);
            }
        }
        return factory;
    }

    /** Any client's certificate passes, with no issuers named; the handler decides by fingerprint. */
    private static SSLContext context(Listener.Https listener) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var certificate = listener.certificate();
            store.setKeyEntry("server", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate can't be used: " + e.getMessage(), e);
        }
    }

    @Override
    public void publish() {}

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.of(new InetSocketAddress(listener.address().getAddress(), connector.getLocalPort()));
    }

    @Override
    public void remove() {}
}
