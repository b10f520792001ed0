package io.stowage.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** A request of Jetty's in our terms. */
final class JettyRequest implements Request {
    private final org.eclipse.jetty.server.Request jetty;
    private final RequestBody body;
    private final List<String> segments;
    private final Query query;
    private final Peer peer;

    /**
     * @throws IllegalArgumentException path or query are badly encoded
     * @throws IOException the peer is gone
     */
    JettyRequest(org.eclipse.jetty.server.Request jetty, RequestBody body) throws IOException {
        this.jetty = jetty;
        this.body = body;
        this.segments = Arrays.stream(rawPath().substring(1).split("/", -1))
                .map(JettyRequest::decode)
                .toList();
        var rawQuery = jetty.getHttpURI().getQuery();
        this.query = Query.parse(rawQuery == null ? "" : rawQuery);
        this.peer = peer(jetty);
    }

    @Override
    public String method() {
        return jetty.getMethod();
    }

    @Override
    public String protocol() {
        return jetty.getConnectionMetaData().getProtocol();
    }

    @Override
    public String rawPath() {
        var path = jetty.getHttpURI().getPath();
        return path == null || !path.startsWith("/") ? "/" : path;
    }

    @Override
    public List<String> segments() {
        return segments;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(jetty.getHeaders().get(name));
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public InputStream bodyStream(long limit) {
        return body.stream(limit);
    }

    /** In paths, unlike in forms, a plus sign is itself. */
    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Peer peer(org.eclipse.jetty.server.Request jetty) throws IOException {
        var connection = jetty.getConnectionMetaData();
        if (connection.getRemoteSocketAddress() instanceof InetSocketAddress address) {
            var session = (EndPoint.SslSessionData) jetty.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
            return new Peer.Remote(address, certificate(session));
        }
        if (connection.getConnection().getEndPoint().getTransport() instanceof SocketChannel channel) {
            var credentials = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
            return new Peer.Local(
                    credentials.user().getName(), credentials.group().getName());
        }
        throw new IOException("A connection of unknown kind");
    }

    private static Optional<X509Certificate> certificate(EndPoint.@Nullable SslSessionData session) {
        if (session == null || session.peerCertificates() == null || session.peerCertificates().length == 0) {
            return Optional.empty();
        }
        return Optional.of(session.peerCertificates()[0]);
    }
}
