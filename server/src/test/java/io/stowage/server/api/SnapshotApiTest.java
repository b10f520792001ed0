package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SnapshotApiTest {
    private static final String SNAPSHOTS = VOLUMES + "/v/snapshots";
    private static final String ZERO = "0001-01-01T00:00:00Z";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
        server.send("POST", VOLUMES, "{\"name\":\"v\",\"description\":\"d\"}");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void creatingIsAnOperationThatNamesTheSnapshot() throws Exception {
        var answer = create("{\"name\":\"\",\"expires_at\":null}");
        assertThat(answer.status()).isEqualTo(202);
        var operation = answer.metadata();
        assertThat(answer.headers())
                .containsEntry("location", answer.envelope().get("operation").asString());
        assertThat(answer.envelope().get("operation").asString())
                .isEqualTo("/1.0/operations/" + operation.get("id").asString());
        assertThat(answer.envelope().get("status_code").asInt()).isEqualTo(100);
        assertThat(operation.get("class").asString()).isEqualTo("task");
        assertThat(operation.get("metadata").get("entity_url").asString()).isEqualTo(SNAPSHOTS + "/snap0");
        assertThat(operation.get("resources").toString())
                .isEqualTo("{\"storage_volume_snapshots\":[\"%s/snap0\"],\"storage_volumes\":[\"%s/v\"]}"
                        .formatted(SNAPSHOTS, VOLUMES));
    }

    @Test
    void theNameIsWholeInListsAndShortAlone() throws Exception {
        create("{\"name\":\"s\"}");
        assertThat(server.get(SNAPSHOTS).metadata().toString()).isEqualTo("[\"%s/s\"]".formatted(SNAPSHOTS));
        assertThat(server.get(SNAPSHOTS + "?recursion=2")
                        .metadata()
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("v/s");
        var alone = server.get(SNAPSHOTS + "/s");
        assertThat(alone.metadata().get("name").asString()).isEqualTo("s");
        assertThat(alone.metadata().propertyNames())
                .containsExactly("name", "description", "content_type", "created_at", "expires_at", "config");
        assertThat(alone.etag()).isNotEmpty();
    }

    /** {@code lxc storage volume info} prints whatever time a list has. */
    @Test
    void neverIsNullInLists() throws Exception {
        create("{\"name\":\"never\",\"expires_at\":\"%s\"}".formatted(ZERO));
        assertThat(server.get(SNAPSHOTS + "?recursion=1")
                        .metadata()
                        .get(0)
                        .get("expires_at")
                        .isNull())
                .isTrue();
        assertThat(expiry("never")).isEqualTo(ZERO);
    }

    @Test
    void expiryComesFromTheVolumeTheRequestOrNowhere() throws Exception {
        create("{\"name\":\"byVolume\"}");
        create("{\"name\":\"never\",\"expires_at\":\"%s\"}".formatted(ZERO));
        create("{\"name\":\"given\",\"expires_at\":\"2031-12-31T10:00:00+02:00\"}");
        assertThat(expiry("byVolume")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(expiry("never")).isEqualTo(ZERO);
        assertThat(expiry("given")).isEqualTo("2031-12-31T10:00:00+02:00");
    }

    /** What a real LXD 5.0.2 answers to each of these. */
    @Test
    void aTimeIsKeptAsItWasGiven() throws Exception {
        create("{\"name\":\"s\"}");
        for (var times : new String[][] {
            {"2036-12-31T10:00:00+02:00", "2036-12-31T10:00:00+02:00"},
            {"2036-12-31T10:00:00.5+05:30", "2036-12-31T10:00:00.5+05:30"},
            {"2036-12-31T10:00:00-00:00", "2036-12-31T10:00:00Z"},
            {"2036-12-31T10:00:00.123456789+00:00", "2036-12-31T10:00:00.123456789Z"},
            {"2036-01-01T00:00:00.1234567891Z", "2036-01-01T00:00:00.123456789Z"},
            {"0001-01-01T00:00:00Z", ZERO}
        }) {
            var etag = server.get(SNAPSHOTS + "/s").etag();
            assertThat(server.send("PUT", SNAPSHOTS + "/s", "{\"expires_at\":\"%s\"}".formatted(times[0]))
                            .status())
                    .isEqualTo(200);
            assertThat(expiry("s")).isEqualTo(times[1]);
            assertThat(server.get(SNAPSHOTS + "/s").etag()).isNotEqualTo(etag);
        }
        for (var time : new String[] {
            "tomorrow",
            "",
            "2036-12-31 10:00:00",
            "2036-12-31T10:00Z",
            "2036-12-31t10:00:00z",
            "2036-12-31T10:00:00",
            "2036-13-01T00:00:00Z",
            "2036-01-01T24:00:01Z",
            "10000-01-01T00:00:00Z",
            "-2036-01-01T00:00:00Z"
        }) {
            var refused = server.send("PUT", SNAPSHOTS + "/s", "{\"expires_at\":\"%s\"}".formatted(time));
            assertThat(refused.status()).as(time).isEqualTo(400);
            assertThat(refused.error()).contains("expires_at \"" + time + "\"", "RFC 3339");
        }
    }

    @Test
    void putReplacesTheExpiryAndPatchKeepsIt() throws Exception {
        create("{\"name\":\"s\"}");
        server.send("PATCH", SNAPSHOTS + "/s", "{\"description\":\"patched\"}");
        assertThat(expiry("s")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(description("s")).isEqualTo("patched");
        server.send("PUT", SNAPSHOTS + "/s", "{\"expires_at\":null}");
        assertThat(expiry("s")).isEqualTo(ZERO);
        assertThat(description("s")).isEqualTo("patched");
    }

    @Test
    void namesTakenAndMissingAreRefused() throws Exception {
        create("{\"name\":\"s\"}");
        assertThat(create("{\"name\":\"s\"}").error()).isEqualTo("Snapshot \"s\" already in use");
        assertThat(create("{\"name\":\"s\"}").status()).isEqualTo(409);
        assertThat(create("{\"name\":\"a/b\"}").error()).isEqualTo("Storage name cannot contain \"/\"");
        assertThat(server.get(SNAPSHOTS + "/none").status()).isEqualTo(404);
        assertThat(server.get(VOLUMES + "/none/snapshots").status()).isEqualTo(404);
        assertThat(server.delete(SNAPSHOTS + "/none").status()).isEqualTo(404);
    }

    @Test
    void renamingAndDeletingAreOperations() throws Exception {
        create("{\"name\":\"s\"}");
        var renamed = server.send("POST", SNAPSHOTS + "/s", "{\"name\":\"t\"}");
        assertThat(renamed.status()).isEqualTo(202);
        assertThat(server.get(SNAPSHOTS + "/t").status()).isEqualTo(200);
        assertThat(server.send("POST", SNAPSHOTS + "/t", "{}").status()).isEqualTo(400);
        assertThat(server.delete(SNAPSHOTS + "/t").status()).isEqualTo(202);
        assertThat(server.get(SNAPSHOTS).metadata()).isEmpty();
    }

    private Answer create(String body) throws IOException {
        return server.send("POST", SNAPSHOTS, body);
    }

    private String expiry(String snapshot) throws IOException {
        return server.get(SNAPSHOTS + "/" + snapshot)
                .metadata()
                .get("expires_at")
                .asString();
    }

    private String description(String snapshot) throws IOException {
        return server.get(SNAPSHOTS + "/" + snapshot)
                .metadata()
                .get("description")
                .asString();
    }
}
