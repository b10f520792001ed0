package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.POOLS;
import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.PoolTraffic;
import io.stowage.server.stub.Answer;
import io.stowage.server.stub.RemoteClient;
import io.stowage.server.stub.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /1.0/metrics}. Who gets what, and with which status, is as LXD 5.0.2 answered the same requests. */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class MetricsApiTest {
    private static final String METRICS = "/1.0/metrics";
    private static final String OF_DEFAULT =
            "stowage_storage_volumes{content_type=\"filesystem\",pool=\"p\",project=\"default\"} 2\n";
    private static final String OF_THEIRS =
            "stowage_storage_volumes{content_type=\"filesystem\",pool=\"p\",project=\"theirs\"} 1\n";
    private static final String OF_POOLS = "stowage_storage_pools{driver=\"pure\"} 1\n";

    @TempDir
    private Path folder;

    @TempDir
    private Path clients;

    private TestServer server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
        address = server.listen().addresses().getFirst();
        done(server.send("POST", "/1.0/projects", "{\"name\":\"theirs\"}"));
        done(server.send("POST", VOLUMES, "{\"name\":\"a\",\"config\":{\"size\":\"64MiB\"}}"));
        done(server.send("POST", VOLUMES, "{\"name\":\"b\",\"config\":{\"size\":\"64MiB\"}}"));
        done(server.send("POST", VOLUMES + "?project=theirs", "{\"name\":\"c\",\"config\":{\"size\":\"1GiB\"}}"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).isIn(200, 201);
    }

    private RemoteClient added(String type, String more) throws Exception {
        var client = RemoteClient.named("m", clients, address);
        done(server.send(
                "POST",
                "/1.0/certificates",
                "{\"name\":\"m\",\"type\":\"%s\",\"certificate\":\"%s\"%s}".formatted(type, client.base64(), more)));
        return client;
    }

    private void set(String key, String value) throws Exception {
        done(server.send("PATCH", "/1.0", "{\"config\":{\"%s\":\"%s\"}}".formatted(key, value)));
    }

    @Test
    void theyTellOfTheServerAndOfWhatItStores() throws Exception {
        server.engine().traffic.put("a\"\\", new PoolTraffic(7, 1, 300, 40_000_000_000L));
        for (var volume : new String[] {"a", "b"}) {
            assertThat(server.send("POST", VOLUMES + "/" + volume + "/snapshots", "{\"name\":\"s\"}")
                            .status())
                    .isEqualTo(202);
        }
        assertThat(server.get("/1.0/projects/nope").status()).isEqualTo(404);
        var answer = server.get(METRICS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "text/plain");
        assertThat(answer.body())
                .contains("# TYPE lxd_uptime_seconds counter\nlxd_uptime_seconds ")
                .contains("\nlxd_operations_total 0\n", "\nlxd_warnings_total 0\n")
                .contains("\nlxd_api_requests_completed_total{entity_type=\"project\",result=\"error_client\"} 1\n")
                .contains("\nlxd_api_requests_completed_total{entity_type=\"project\",result=\"succeeded\"} 1\n")
                .contains("\nlxd_api_requests_ongoing{entity_type=\"server\"} 1\n") // this one
                .contains("# TYPE stowage_storage_volumes gauge\n", OF_DEFAULT, OF_THEIRS, OF_POOLS)
                .contains("stowage_storage_volume_size_bytes"
                        + "{content_type=\"filesystem\",pool=\"p\",project=\"default\"} 134217728\n")
                .contains("\nstowage_storage_volume_snapshots{pool=\"p\",project=\"default\"} 2\n")
                .contains("\nstowage_array_requests_total{pool=\"a\\\"\\\\\"} 7\n")
                .contains("\nstowage_array_request_failures_total{pool=\"a\\\"\\\\\"} 1\n")
                .contains("\nstowage_array_sent_bytes_total{pool=\"a\\\"\\\\\"} 300\n")
                .contains("\nstowage_array_received_bytes_total{pool=\"a\\\"\\\\\"} 40000000000\n")
                .endsWith("\n# EOF\n");
        assertThat(answer.body().lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{.*})? [0-9.E]+"), "a sample");
    }

    @Test
    void aProjectsAreItsOwn() throws Exception {
        assertThat(server.get(METRICS + "?project=theirs").body())
                .contains(OF_THEIRS)
                .doesNotContain(OF_DEFAULT, OF_POOLS, "lxd_");
        var unknown = server.get(METRICS + "?project=nope");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "metrics"})
    void whoIsTrustedReadsAllAndWhoIsRestrictedItsProjects(String type) throws Exception {
        var client = added(type, "");
        assertThat(client.get(METRICS).body()).contains(OF_DEFAULT, OF_THEIRS, OF_POOLS, "lxd_uptime_seconds");
        done(server.delete("/1.0/certificates/" + client.fingerprint()));
        assertThat(client.get(METRICS).status()).isEqualTo(403);
        added(type, ",\"restricted\":true,\"projects\":[\"theirs\"]");
        assertThat(client.get(METRICS).body()).contains(OF_THEIRS).doesNotContain(OF_DEFAULT, OF_POOLS, "lxd_");
        assertThat(client.get(METRICS + "?project=default").body()).isEqualTo("# EOF\n");
    }

    @Test
    void anObserverMayDoNothingElse() throws Exception {
        var observer = added("metrics", "");
        var shown = observer.get("/1.0").metadata();
        assertThat(shown.get("auth").asString()).isEqualTo("untrusted");
        assertThat(shown.has("environment")).isFalse();
        var own = "/1.0/certificates/" + observer.fingerprint();
        for (var line : """
                GET /1.0/storage-pools
                GET /1.0/events
                GET /1.0/operations
                GET /1.0/operations/00000000-0000-0000-0000-000000000000
                GET /1.0/certificates
                GET %1$s
                PATCH %1$s
                DELETE %1$s
                PUT /1.0
                POST /1.0/storage-pools/p/volumes/custom
                """.formatted(own).lines().toList()) {
            var words = line.split(" ");
            assertThat(observer.send(words[0], words[1], "{}").status())
                    .as(line)
                    .isEqualTo(403);
        }
        assertThat(observer.get("/1.0/nonsense").status()).isEqualTo(404);
        assertThat(observer.send("POST", "/1.0/certificates", "{\"name\":\"x\",\"token\":true}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void strangersReadThemOnlyWhereTheConfigSaysSo() throws Exception {
        var stranger = RemoteClient.without(address);
        assertThat(stranger.get(METRICS).status()).isEqualTo(403);
        set("core.metrics_authentication", "false");
        assertThat(stranger.get(METRICS).body()).contains(OF_DEFAULT, OF_THEIRS, OF_POOLS);
        assertThat(stranger.get(POOLS).status()).isEqualTo(403);
        set("core.metrics_authentication", "");
        assertThat(stranger.get(METRICS).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"core.metrics_authentication, maybe", "core.metrics_address, nonsense"})
    void whatMakesNoSenseIsRefused(String key, String value) throws Exception {
        var answer = server.send("PATCH", "/1.0", "{\"config\":{\"%s\":\"%s\"}}".formatted(key, value));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains(key, value);
    }

    @Test
    void anAddressOfTheirOwnHasNothingElse() throws Exception {
        set("core.metrics_address", "127.0.0.1:0");
        var metrics = server.metricsAddresses().getFirst();
        var observer = RemoteClient.named("m", clients, metrics);
        assertThat(observer.get(METRICS).status()).isEqualTo(403);
        added("metrics", "");
        assertThat(observer.get(METRICS).body()).contains(OF_DEFAULT);
        assertThat(observer.get("/").status()).isEqualTo(200);
        assertThat(observer.get("/1.0").status()).isEqualTo(200);
        for (var nothing : new String[] {POOLS, "/1.0/certificates", "/1.0/x"}) {
            assertThat(observer.get(nothing).status()).as(nothing).isEqualTo(404);
        }
        assertThat(observer.send("POST", METRICS, "{}").status()).isEqualTo(404);
        assertThat(server.get("/1.0")
                        .metadata()
                        .get("environment")
                        .get("addresses")
                        .toString())
                .isEqualTo("[\"%s\"]".formatted(address)); // not among them, as with LXD
        set("core.metrics_address", "");
        assertThat(server.metricsAddresses()).isEmpty();
        assertThat(RemoteClient.named("m", clients, address).get(METRICS).status())
                .isEqualTo(200);
    }
}
