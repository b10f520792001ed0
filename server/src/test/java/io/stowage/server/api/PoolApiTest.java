package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class PoolApiTest {
    private static final String P = "/1.0/storage-pools/p";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder);
        var answer = create("""
                {"name":"p","driver":"pure","description":"d","unknown":1,
                 "config":{"volume.size":"10GiB","size":"","pure.gateway":null,"user.n":7}}""");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("location", P);
        assertThat(answer.envelope().get("status_code").asInt()).isEqualTo(200);
        assertThat(answer.metadata().isNull()).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aPoolShowsWhatWasGivenVerbatim() throws Exception {
        var pool = server.get(P).metadata();
        assertThat(pool.toString())
                .isEqualTo("{\"name\":\"p\",\"description\":\"d\",\"driver\":\"pure\",\"status\":\"Created\","
                        + "\"config\":{\"user.n\":\"7\",\"volume.size\":\"10GiB\"},\"used_by\":[],"
                        + "\"locations\":[\"none\"]}");
        assertThat(server.get("/1.0/storage-pools").metadata().toString()).isEqualTo("[\"%s\"]".formatted(P));
        assertThat(server.get("/1.0/storage-pools?recursion=1").metadata().get(0))
                .isEqualTo(pool);
    }

    @Test
    void namesAndDriversAreChecked() throws Exception {
        assertThat(create("{\"driver\":\"pure\"}").error()).isEqualTo("No name provided");
        assertThat(create("{\"name\":\"a/b\",\"driver\":\"pure\"}").error())
                .isEqualTo("Storage pool names may not contain slashes");
        assertThat(create("{\"name\":\"q\"}").error()).isEqualTo("No driver provided");
        assertThat(create("{\"name\":\"p\",\"driver\":\"pure\"}").status()).isEqualTo(409);
        assertThat(create("{\"name\":\"q\",\"driver\":\"floppy\"}").status()).isEqualTo(400);
    }

    @Test
    void putReplacesTheConfigAndEmptyValuesUnset() throws Exception {
        var answer = server.send("PUT", P, "{\"config\":{\"a\":\"1\",\"volume.size\":\"\"},\"description\":\"\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.metadata().toString()).isEqualTo("{}");
        assertThat(config()).isEqualTo("{\"a\":\"1\"}");
        assertThat(server.get(P).metadata().get("description").asString()).isEmpty();
    }

    @Test
    void patchMergesAndKeepsADescriptionThatIsNotGiven() throws Exception {
        server.send("PATCH", P, "{\"config\":{\"a\":\"1\",\"user.n\":\"\"}}");
        assertThat(config()).isEqualTo("{\"a\":\"1\",\"volume.size\":\"10GiB\"}");
        assertThat(server.get(P).metadata().get("description").asString()).isEqualTo("d");
    }

    @Test
    void aChangeBasedOnAnOlderStateIsRefused() throws Exception {
        var etag = server.get(P).etag();
        assertThat(etag).matches("\"[0-9a-f]{64}\"");
        var first = server.send("PUT", P, "{\"config\":{\"a\":\"1\"}}", Map.of("If-Match", etag));
        assertThat(first.status()).isEqualTo(200);
        var second = server.send("PUT", P, "{\"config\":{\"a\":\"2\"}}", Map.of("If-Match", etag));
        assertThat(second.status()).isEqualTo(412);
        assertThat(config()).isEqualTo("{\"a\":\"1\"}");
        assertThat(server.send("PATCH", P, "{}", Map.of("If-Match", "invalid-etag"))
                        .status())
                .isEqualTo(412);
    }

    @Test
    void resourcesAreNumbers() throws Exception {
        assertThat(server.get(P + "/resources").metadata().toString())
                .isEqualTo("{\"space\":{\"used\":6062080,\"total\":10737418240},\"inodes\":{\"used\":0,\"total\":0}}");
        assertThat(server.get("/1.0/storage-pools/none/resources").status()).isEqualTo(404);
    }

    @Test
    void volumesAndSnapshotsUseAPoolAndKeepIt() throws Exception {
        server.send("POST", TestServer.VOLUMES, "{\"name\":\"v\"}");
        server.send("POST", TestServer.VOLUMES + "/v/snapshots", "{\"name\":\"s\"}");
        assertThat(server.get(P).metadata().get("used_by").toString())
                .isEqualTo("[\"%s/volumes/custom/v\",\"%s/volumes/custom/v/snapshots/s\"]".formatted(P, P));
        var refused = server.delete(P);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("The storage pool is currently in use");
        server.delete(TestServer.VOLUMES + "/v");
        assertThat(server.delete(P).status()).isEqualTo(200);
        assertThat(server.get("/1.0/storage-pools").metadata().toString()).isEqualTo("[]");
    }

    private Answer create(String body) throws IOException {
        return server.send("POST", "/1.0/storage-pools", body);
    }

    private String config() throws IOException {
        return server.get(P).metadata().get("config").toString();
    }
}
