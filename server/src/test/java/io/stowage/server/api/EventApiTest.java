package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.TestServer;
import io.stowage.web.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class EventApiTest {
    private static final int TEXT = 0x81; // RFC 6455, section 5.2: final, text

    /** Of whoever comes over the unix socket (lxd-api.md, 1.1). */
    private static final String REQUESTOR =
            "\"requestor\":{\"username\":\"%s\",\"protocol\":\"unix\",\"address\":\"@\"}"
                    .formatted(System.getProperty("user.name"));

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

    @Test
    void everyChangeOfAnOperationIsToldAndThenWhatItMeant() throws Exception {
        try (var connection = listen("")) {
            server.send("POST", VOLUMES, "{\"name\":\"v\"}");
            var in = new DataInputStream(Channels.newInputStream(connection));
            var began = next(in);
            assertThat(began.get("type").asString()).isEqualTo("operation");
            assertThat(began.get("location").asString()).isEqualTo("none");
            assertThat(began.get("project").asString()).isEqualTo("default");
            assertThat(began.get("metadata").get("status").asString()).isEqualTo("Running");
            var ended = next(in);
            assertThat(ended.get("metadata").get("id"))
                    .isEqualTo(began.get("metadata").get("id"));
            assertThat(ended.get("metadata").get("status_code").asInt()).isEqualTo(200);
            var meant = next(in);
            assertThat(meant.get("type").asString()).isEqualTo("lifecycle");
            assertThat(meant.get("metadata").toString())
                    .isEqualTo("{\"action\":\"storage-volume-created\",\"source\":\"%s/v\",".formatted(VOLUMES)
                            + "\"context\":{\"type\":\"custom\"}," + REQUESTOR
                            + ",\"name\":\"v\",\"project\":\"default\"}");
        }
    }

    /** lxd-api.md 9: contexts seen. */
    @Test
    void aRenamingTellsTheOldNameAndWhereItIsNow() throws Exception {
        server.send("POST", VOLUMES, "{\"name\":\"v\"}");
        server.send("POST", VOLUMES + "/v/snapshots", "{\"name\":\"s\"}");
        server.send("POST", VOLUMES + "/v/backups", "{\"name\":\"b\"}");
        try (var connection = listen("?type=lifecycle")) {
            var in = new DataInputStream(Channels.newInputStream(connection));
            server.send("POST", VOLUMES + "/v/snapshots/s", "{\"name\":\"t\"}");
            mustTell(next(in), "storage-volume-snapshot-renamed", VOLUMES + "/v/snapshots/t", "s", "t");
            server.send("POST", VOLUMES + "/v/backups/b", "{\"name\":\"c\"}");
            mustTell(next(in), "storage-volume-backup-renamed", VOLUMES + "/v/backups/c", "b", "c");
            server.send("POST", VOLUMES + "/v", "{\"name\":\"w\"}");
            mustTell(next(in), "storage-volume-renamed", VOLUMES + "/w", "v", "w");
        }
    }

    private static void mustTell(JsonNode event, String action, String source, String oldName, String name) {
        var what = event.get("metadata");
        assertThat(what.get("action").asString()).isEqualTo(action);
        assertThat(what.get("source").asString()).isEqualTo(source);
        assertThat(what.get("context").toString()).isEqualTo("{\"old_name\":\"%s\"}".formatted(oldName));
        assertThat(what.get("name").asString()).isEqualTo(name);
    }

    @Test
    void onlyTheTypesThatWereAskedForAreTold() throws Exception {
        try (var connection = listen("?type=lifecycle,logging&all-projects=true")) {
            server.send("POST", VOLUMES, "{\"name\":\"v\"}");
            var in = new DataInputStream(Channels.newInputStream(connection));
            assertThat(next(in).get("type").asString()).isEqualTo("lifecycle");
        }
    }

    @Test
    void eventsOfAProjectAreForWhoListensToItOrToAll() throws Exception {
        server.send("POST", "/1.0/projects", "{\"name\":\"other\",\"config\":{\"features.storage.volumes\":\"true\"}}");
        try (var theirs = listen("?project=other&type=lifecycle");
                var all = listen("?all-projects=true&type=lifecycle")) {
            server.send("POST", VOLUMES, "{\"name\":\"ours\"}");
            server.send("POST", VOLUMES + "?project=other", "{\"name\":\"theirs\"}");
            var first = next(new DataInputStream(Channels.newInputStream(theirs)));
            assertThat(first.get("project").asString()).isEqualTo("other");
            assertThat(first.get("metadata").get("name").asString()).isEqualTo("theirs");
            var in = new DataInputStream(Channels.newInputStream(all));
            assertThat(next(in).get("project").asString()).isEqualTo("default");
            assertThat(next(in).get("project").asString()).isEqualTo("other");
        }
        assertThat(server.get("/1.0/events?project=nobodys").error()).isEqualTo("Project not found");
    }

    @Test
    void eventsOfPoolsBelongToNoProject() throws Exception {
        try (var connection = listen("?type=lifecycle")) {
            server.delete("/1.0/storage-pools/p");
            var event = next(new DataInputStream(Channels.newInputStream(connection)));
            assertThat(event.has("project")).isFalse();
            assertThat(event.get("metadata").toString())
                    .isEqualTo("{\"action\":\"storage-pool-deleted\",\"source\":\"/1.0/storage-pools/p\"," + REQUESTOR
                            + ",\"name\":\"p\"}");
        }
    }

    @Test
    void unknownTypesAndPlainRequestsAreRefused() throws Exception {
        assertThat(server.get("/1.0/events?type=foo").error()).isEqualTo("\"foo\" is not a supported event type");
        assertThat(server.get("/1.0/events").status()).isEqualTo(400);
    }

    private SocketChannel listen(String query) throws IOException {
        var connection = server.connect();
        TestServer.write(
                connection,
                ("GET /1.0/events%s HTTP/1.1\r\nHost: unix.socket\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                        .formatted(query));
        var in = Channels.newInputStream(connection);
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return connection;
    }

    /** The next text message; pings are passed over. Ours are never fragmented nor longer than 64 KiB. */
    private static JsonNode next(DataInputStream in) throws IOException {
        while (true) {
            var kind = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            var payload = in.readNBytes(length);
            if (kind == TEXT) {
                return Json.tree(payload);
            }
        }
    }
}
