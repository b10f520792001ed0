package io.stowage.server.stub;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.engine.Warnings;
import io.stowage.engine.pool.SecretBox;
import io.stowage.server.api.Api;
import io.stowage.server.api.Registry;
import io.stowage.server.remote.Doors;
import io.stowage.server.remote.RemoteDoor;
import io.stowage.server.settings.ListenAddress;
import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The API over the stubs on a real unix socket, and requests to it, one connection each as lxc does it. */
public final class TestServer implements AutoCloseable {
    public static final String POOLS = "/1.0/storage-pools";
    public static final String VOLUMES = POOLS + "/p/volumes/custom";

    private static volatile byte[] empty = {};

    private final StubEngine engine;
    private final Path socket;
    private final Database database;
    private final MemberRow member;
    private final Registry registry;
    private final Doors doors;
    private final Api api;
    private final WebServer web;

    public TestServer(Path folder) throws IOException {
        socket = folder.resolve("unix.socket");
        database = database(folder);
        engine = new StubEngine(database);
        var clock = Clock.systemUTC();
        member = database.write(tx -> tx.members().start(UUID.randomUUID(), "host01", clock.instant()));
        registry = Registry.of(
                database,
                SecretBox.open(folder.resolve("secret.key")),
                member.id(),
                new Warnings(database, member, clock),
                clock);
        var certificate = RemoteDoor.certificate(folder, "host01");
        doors = new Doors(new RemoteDoor(certificate, Optional.empty()), new RemoteDoor(certificate, Optional.empty()));
        api = engine.api(registry, doors);
        doors.metrics().open(api.metricsOnly(), Optional.empty());
        web = WebServer.start("test", api, List.of(new Listener.UnixSocket(socket, 0600, Optional.empty())));
    }

    /** Empty and up to date; the schema is made once and copied, as that takes most of a test's time. */
    private static Database database(Path folder) throws IOException {
        var file = folder.resolve("stowage.db");
        if (empty.length == 0) {
            Database.open("sqlite:" + file).close();
            empty = Files.readAllBytes(file);
        } else {
            Files.write(file, empty);
        }
        return Database.open("sqlite:" + file);
    }

    /** With a pool {@code p}. */
    public static TestServer withPool(Path folder) throws IOException {
        var server = new TestServer(folder);
        server.send("POST", POOLS, "{\"name\":\"p\",\"driver\":\"pure\",\"config\":{\"pure.gateway\":\"https://x\"}}");
        return server;
    }

    /** Lets remote clients in as well, on a port of the loopback address that is free. */
    public RemoteDoor listen() {
        doors.main().open(api, Optional.of(ListenAddress.parse("127.0.0.1:0")));
        return doors.main();
    }

    /** Where metrics are, once the config says so. */
    public List<String> metricsAddresses() {
        return doors.metrics().addresses();
    }

    public Registry registry() {
        return registry;
    }

    public Database database() {
        return database;
    }

    /** This server among those of the installation. */
    public MemberRow member() {
        return member;
    }

    public StubEngine engine() {
        return engine;
    }

    public Answer get(String target) throws IOException {
        return send("GET", target, "");
    }

    public Answer delete(String target) throws IOException {
        return send("DELETE", target, "");
    }

    public Answer send(String method, String target, String body) throws IOException {
        return send(method, target, body, Map.of());
    }

    public Answer send(String method, String target, String body, Map<String, String> headers) throws IOException {
        try (var connection = connect()) {
            var head = new StringBuilder(
                    "%s %s HTTP/1.1\r\nHost: unix.socket\r\nConnection: close\r\n".formatted(method, target));
            headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            head.append("Content-Length: %d\r\n\r\n".formatted(bytes.length));
            write(connection, head + body);
            return answer(Channels.newInputStream(connection).readAllBytes());
        }
    }

    /** A connection for what is more than one request and its answer. */
    public SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    public static void write(SocketChannel channel, String text) throws IOException {
        var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static Answer answer(byte[] bytes) throws IOException {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end).split("\r\n");
        var headers = new LinkedHashMap<String, String>();
        for (var line : List.of(lines).subList(1, lines.length)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = text.substring(end + 4);
        var chunked = "chunked".equals(headers.get("transfer-encoding"));
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? unchunked(body) : body);
    }

    /** RFC 9112, section 7.1; sizes count bytes, so the text must be ASCII, which ours is in these answers. */
    private static String unchunked(String body) throws IOException {
        var whole = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            var end = body.indexOf("\r\n", at);
            var size = Integer.parseInt(body.substring(at, end), 16);
            if (size == 0) {
                return whole.toString(StandardCharsets.UTF_8);
            }
            whole.write(body.substring(end + 2, end + 2 + size).getBytes(StandardCharsets.UTF_8));
            at = end + 2 + size + 2;
        }
    }

    @Override
    public void close() throws Exception {
        doors.close();
        web.close();
        api.close();
        database.close();
    }
}
