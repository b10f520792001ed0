package io.stowage.server.stub;

import io.stowage.web.tls.AnyCertificate;
import io.stowage.web.tls.ServerCertificate;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A client elsewhere, with a certificate of its own or without one; a connection for each request. */
public final class RemoteClient {
    private final InetSocketAddress address;
    private final Optional<ServerCertificate> certificate;
    private final SSLContext context;

    private RemoteClient(String address, Optional<ServerCertificate> certificate, KeyManager[] keys)
            throws GeneralSecurityException {
        var colon = address.lastIndexOf(':');
        this.address =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        this.certificate = certificate;
        this.context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new AnyCertificate()}, null);
    }

    /** @param address {@code ADDRESS:PORT} */
    public static RemoteClient without(String address) throws GeneralSecurityException {
        return new RemoteClient(address, Optional.empty(), new KeyManager[0]);
    }

    /** With a certificate of this name, kept in the folder. */
    public static RemoteClient named(String name, Path folder, String address) throws Exception {
        var certificate = ServerCertificate.ensure(folder, name, List.of(), List.of(name));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return new RemoteClient(address, Optional.of(certificate), keys.getKeyManagers());
    }

    /** Which clients tell by their keys what the server asked of them. */
    public static RemoteClient with(KeyManager keys, String address) throws GeneralSecurityException {
        return new RemoteClient(address, Optional.empty(), new KeyManager[] {keys});
    }

    public String fingerprint() {
        return certificate.orElseThrow().fingerprint();
    }

    /** As {@code POST /1.0/certificates} takes it. */
    public String base64() throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(certificate.orElseThrow().certificate().getEncoded());
    }

    public Answer get(String target) throws IOException {
        return send("GET", target, "");
    }

    public Answer send(String method, String target, String body) throws IOException {
        try (var socket = connect()) {
            write(socket, method, target, "Connection: close\r\n", body);
            return TestServer.answer(socket.getInputStream().readAllBytes());
        }
    }

    public SSLSocket connect(String... protocols) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    /** Asks for a WebSocket, and reads the answer's head, whose first line it gives. */
    public static String upgrade(SSLSocket socket, String target) throws IOException {
        write(
                socket,
                "GET",
                target,
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "");
        var head = new StringBuilder();
        var in = new DataInputStream(socket.getInputStream());
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static void write(SSLSocket socket, String method, String target, String headers, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "%s %s HTTP/1.1\r\nHost: remote\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(method, target, headers, bytes.length);
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }
}
