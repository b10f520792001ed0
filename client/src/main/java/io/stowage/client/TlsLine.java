package io.stowage.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** To a server elsewhere: TLS 1.3 with this client's certificate, to the one server whose certificate is known. */
final class TlsLine implements Line {
    private static final int REACH_MILLIS = 10_000;
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final RemoteServer server;
    private final SSLContext context;

    TlsLine(RemoteServer server, KeyStore identity, char[] password) {
        this.server = server;
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity, password);
            context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new PinnedCertificate(server.fingerprint())}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The client's certificate can't be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Connection open() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(server.host(), server.port()), REACH_MILLIS);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
            socket.setEnabledProtocols(PROTOCOLS);
            socket.startHandshake();
            return new Open(socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private record Open(SSLSocket socket) implements Connection {
        @Override
        public InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Override
    public String toString() {
        return server.address();
    }
}
