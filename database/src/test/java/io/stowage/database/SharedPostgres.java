package io.stowage.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL server for all tests of a JVM, ended with the last of them; each test gets a database of its own. */
final class SharedPostgres implements AutoCloseable {
    private static final int LOWEST_PORT = 16_384;

    /** Linux' net.ipv4.ip_local_port_range begins with it. */
    private static final int FIRST_OUTGOING_PORT = 32_768;

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private SharedPostgres() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(freePort())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(Duration.ofMinutes(3))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A port that nobody listens on. None that the kernel takes for outgoing connections: making the server's files lies
     * between now and its use.
     */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, FIRST_OUTGOING_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                // taken; another one then
            }
        }
    }

    static SharedPostgres of(ExtensionContext context) {
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedPostgres.class))
                .computeIfAbsent(SharedPostgres.class, key -> new SharedPostgres(), SharedPostgres.class);
    }

    /** @return the URL of a new empty database */
    String newDatabase() {
        String name = "t" + databases.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgresql://postgres:postgres@localhost:" + server.getPort() + "/" + name;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
