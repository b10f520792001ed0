package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.VolumeName;
import io.stowage.server.stub.StubOperations;
import io.stowage.server.stub.TestServer;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class OperationApiTest {
    @TempDir
    private Path folder;

    private TestServer server;
    private StubOperations operations;
    private UUID running;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder);
        operations = server.engine().operations();
        running = operations.begin(VolumeName.of("p", "v"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aRunningOperationHasProgress() throws Exception {
        operations.progress(running, "snapshot 2 of 5 (40%)");
        var operation = server.get("/1.0/operations/" + running).metadata();
        assertThat(operation.get("status").asString()).isEqualTo("Running");
        assertThat(operation.get("status_code").asInt()).isEqualTo(103);
        assertThat(operation.get("may_cancel").asBoolean()).isTrue();
        assertThat(operation.get("err").asString()).isEmpty();
        assertThat(operation.get("metadata").get("volume_progress").asString()).isEqualTo("snapshot 2 of 5 (40%)");
    }

    @Test
    void bytesThatPassHaveLxdsKeys() throws Exception {
        operations.progress(running, "fs|content: 40% (107.88MB/s)");
        var metadata = server.get("/1.0/operations/" + running).metadata().get("metadata");
        assertThat(metadata.get("fs_progress").asString()).isEqualTo("content: 40% (107.88MB/s)");
        assertThat(metadata.has("volume_progress")).isFalse();
        operations.progress(running, "block|content: 41% (2.00kB/s)");
        assertThat(server.get("/1.0/operations/" + running)
                        .metadata()
                        .get("metadata")
                        .get("block_progress")
                        .asString())
                .isEqualTo("content: 41% (2.00kB/s)");
    }

    /** LXD's classes (lxd-api.md, section 8.1). Here who lists operations doesn't get the secrets of others. */
    @Test
    void whatOthersConnectToIsOfTheClassWebsocket() throws Exception {
        var connected = operations.beginConnected(VolumeName.of("p", "w"));
        assertThat(server.get("/1.0/operations/" + running)
                        .metadata()
                        .get("class")
                        .asString())
                .isEqualTo("task");
        var operation = server.get("/1.0/operations?recursion=1")
                .metadata()
                .get("running")
                .get(1);
        assertThat(operation.get("id").asString()).isEqualTo(connected.toString());
        assertThat(operation.get("class").asString()).isEqualTo("websocket");
        assertThat(operation.get("metadata").toString())
                .isEqualTo("{\"entity_url\":\"/1.0/storage-pools/p/volumes/custom/w\"}");
    }

    @Test
    void listsAreByStatus() throws Exception {
        var url = "/1.0/operations/" + running;
        assertThat(server.get("/1.0/operations").metadata().toString())
                .isEqualTo("{\"running\":[\"%s\"]}".formatted(url));
        operations.end(running);
        assertThat(server.get("/1.0/operations?recursion=1&all-projects=true")
                        .metadata()
                        .get("success")
                        .get(0)
                        .get("id")
                        .asString())
                .isEqualTo(running.toString());
    }

    /** As a real LXD answers; that it takes no project beside all of them is 6.9's way. */
    @Test
    void operationsBelongToProjects() throws Exception {
        server.send("POST", "/1.0/projects", "{\"name\":\"other\",\"config\":{\"features.storage.volumes\":\"true\"}}");
        var others = operations.begin(new VolumeName("other", "p", "v"));
        assertThat(listed("")).isEqualTo(listed("?project=default"));
        assertThat(listed("")).contains(running.toString()).doesNotContain(others.toString());
        assertThat(listed("?project=other")).contains(others.toString()).doesNotContain(running.toString());
        assertThat(listed("?project=other&recursion=1"))
                .contains("\"id\":\"" + others + "\"", "/v?project=other\"")
                .doesNotContain(running.toString());
        assertThat(listed("?all-projects=true")).contains(running.toString(), others.toString());
        assertThat(listed("?project=nobodys")).isEqualTo("{}");
        assertThat(server.get("/1.0/operations?all-projects=true&project=other").error())
                .isEqualTo("Cannot specify a project when requesting all projects");
        // Whoever knows its id finds it, whatever project is named.
        for (var query : new String[] {"", "?project=other", "?project=default"}) {
            assertThat(server.get("/1.0/operations/" + others + query).status()).isEqualTo(200);
        }
        assertThat(server.delete("/1.0/operations/" + others + "?project=other").status())
                .isEqualTo(200);
        assertThat(listed("?project=other")).isEqualTo("{\"cancelled\":[\"/1.0/operations/%s\"]}".formatted(others));
        assertThat(listed("")).contains(running.toString());
    }

    private String listed(String query) throws IOException {
        return server.get("/1.0/operations" + query).metadata().toString();
    }

    @Test
    void waitingEndsAtOnceWithTimeoutZero() throws Exception {
        var answer = server.get("/1.0/operations/" + running + "/wait?timeout=0");
        assertThat(answer.metadata().get("status_code").asInt()).isEqualTo(103);
        assertThat(server.get("/1.0/operations/" + running + "/wait?timeout=soon")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theHeadersOfAWaitGoOutBeforeTheEnd() throws Exception {
        try (var connection = server.connect()) {
            TestServer.write(
                    connection,
                    "GET /1.0/operations/%s/wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(running));
            var in = Channels.newInputStream(connection);
            assertThat(new String(in.readNBytes(15), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
            operations.end(running);
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                    .contains("\"status_code\":200,\"operation\":\"\"")
                    .contains(running.toString());
        }
    }

    @Test
    void cancellingWorksOnce() throws Exception {
        assertThat(server.delete("/1.0/operations/" + running).status()).isEqualTo(200);
        var operation = server.get("/1.0/operations/" + running + "/wait").metadata();
        assertThat(operation.get("status").asString()).isEqualTo("Cancelled");
        assertThat(operation.get("status_code").asInt()).isEqualTo(401);
        assertThat(operation.get("err").asString()).isNotEmpty();
        var again = server.delete("/1.0/operations/" + running);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).isEqualTo("Only running operations can be cancelled");
    }

    @Test
    void unknownOperationsAreNotFound() throws Exception {
        for (var id : new String[] {UUID.randomUUID().toString(), "nonsense"}) {
            assertThat(server.get("/1.0/operations/" + id).error()).isEqualTo("Operation not found");
            assertThat(server.get("/1.0/operations/" + id + "/wait").status()).isEqualTo(404);
            assertThat(server.delete("/1.0/operations/" + id).status()).isEqualTo(404);
        }
    }
}
