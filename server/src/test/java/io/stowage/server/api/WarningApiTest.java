package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.WarningRow;
import io.stowage.server.stub.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code /1.0/warnings}: lxd-api.md 7. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WarningApiTest {
    private static final String MISSING = "/1.0/warnings/" + new UUID(0, 1);

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private String warn(String entity) {
        var row = new WarningRow(
                UUID.randomUUID(),
                server.member().id(),
                "Storage pool unavailable",
                entity,
                "new",
                "it does not answer",
                3,
                Instant.parse("2026-11-21T10:00:00Z"),
                Instant.parse("2026-11-21T11:00:00Z"),
                Instant.parse("2026-11-21T11:00:00Z"));
        server.database().write(tx -> {
            tx.warnings().insert(row);
            return row;
        });
        return "/1.0/warnings/" + row.id();
    }

    private String status(String url) throws IOException {
        return server.get(url).metadata().get("status").asString();
    }

    @Test
    void theyAreListedAndShown() throws Exception {
        assertThat(server.get("/1.0/warnings").metadata().toString()).isEqualTo("[]");
        var url = warn("p");
        assertThat(server.get("/1.0/warnings").metadata().toString()).isEqualTo("[\"" + url + "\"]");
        var shown = server.get("/1.0/warnings?recursion=1").metadata().get(0);
        assertThat(shown).isEqualTo(server.get(url).metadata());
        assertThat(shown.propertyNames())
                .containsExactlyInAnyOrder(
                        "status",
                        "uuid",
                        "location",
                        "project",
                        "type",
                        "count",
                        "first_seen_at",
                        "last_seen_at",
                        "last_message",
                        "severity",
                        "entity_url");
        assertThat(shown.get("entity_url").asString()).isEqualTo("/1.0/storage-pools/p");
        assertThat(shown.get("count").asLong()).isEqualTo(3);
        assertThat(shown.get("last_seen_at").asString()).isEqualTo("2026-11-21T11:00:00Z");
        warn("q");
        assertThat(server.get("/1.0/warnings?filter=entity_url%20eq%20.*/p")
                        .metadata()
                        .toString())
                .isEqualTo("[\"" + url + "\"]");
    }

    @Test
    void peopleAcknowledgeThemAndTakeThatBack() throws Exception {
        var url = warn("p");
        var etag = server.get(url).headers().get("etag");
        assertThat(server.send("PUT", url, "{\"status\":\"acknowledged\"}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(status(url)).isEqualTo("acknowledged");
        assertThat(server.send("PUT", url, "{\"status\":\"new\"}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(412);
        assertThat(server.send("PATCH", url, "{\"status\":\"new\"}").status()).isEqualTo(200);
        assertThat(status(url)).isEqualTo("new");
        for (var wrong : new String[] {"resolved", "ignored", ""}) {
            var refused = server.send("PUT", url, "{\"status\":\"" + wrong + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).contains("\"" + wrong + "\"", "new acknowledged");
        }
        assertThat(status(url)).isEqualTo("new");
    }

    @Test
    void theyAreDeleted() throws Exception {
        var url = warn("p");
        assertThat(server.delete(url).status()).isEqualTo(200);
        assertThat(server.get("/1.0/warnings").metadata().toString()).isEqualTo("[]");
        for (var gone : new String[] {url, MISSING, "/1.0/warnings/nonsense"}) {
            assertThat(server.get(gone).status()).isEqualTo(404);
            assertThat(server.delete(gone).error()).isEqualTo("Warning not found");
            assertThat(server.send("PUT", gone, "{\"status\":\"new\"}").status())
                    .isEqualTo(404);
        }
    }
}
