package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What all answers have in common. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class EnvelopeTest {
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
    void aSuccessHasAllSevenKeysInLxdsOrder() throws Exception {
        var answer = server.get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"operation\":\"\","
                        + "\"error_code\":0,\"error\":\"\",\"metadata\":[\"/1.0\"]}\n");
    }

    @Test
    void anErrorHasThemToo() throws Exception {
        var answer = server.get("/1.0/storage-pools/none");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"error\",\"status\":\"\",\"status_code\":0,\"operation\":\"\","
                        + "\"error_code\":404,\"error\":\"Storage pool not found\",\"metadata\":null}\n");
    }

    @Test
    void unknownPathsAre404AndUnknownMethods501() throws Exception {
        assertThat(server.get("/1.0/nothing").status()).isEqualTo(404);
        assertThat(server.get("/2.0").status()).isEqualTo(404);
        assertThat(server.get("/1.0/storage-pools//").status()).isEqualTo(404);
        assertThat(server.send("POST", "/1.0/storage-pools/p", "{}").status()).isEqualTo(501);
        assertThat(server.send("HEAD", "/1.0", "").status()).isEqualTo(501);
    }

    @Test
    void bodiesThatAreNoJsonObjectAreRefused() throws Exception {
        for (var body : new String[] {"garbage", "", "[]", "null", "{\"name\":1}", "{\"config\":[]}"}) {
            var answer = server.send("POST", "/1.0/storage-pools", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.error()).isNotEmpty();
        }
    }

    /** Statuses and sentences as a real LXD 5.0.2 gives them, where it has any. */
    @Test
    void unusualRequestsGetOneClearSentence() throws Exception {
        var one = "/1.0/storage-pools/p/volumes/custom/v";
        server.send("POST", "/1.0/storage-pools/p/volumes/custom", "{\"name\":\"v\"}");

        assertThat(server.send("POST", one + "/snapshots", "null").status()).isEqualTo(202);
        assertThat(server.send("PUT", one, "{\"config\":").error())
                .isEqualTo("Unexpected end-of-input within/between Object entries (line 1, column 11)");
        for (var body : new String[] {
            "{\"description\":\"a\\u0000b\"}",
            "{\"config\":{\"user.a\":\"\\u0000\"}}",
            "{\"config\":{\"user.\\u0000\":\"a\"}}"
        }) {
            var refused = server.send("PUT", one, body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).contains("must not contain the character NUL");
        }
        var torn = server.send("POST", one + "/snapshots", "{\"name\":\"\\ud83d\"}");
        assertThat(torn.status()).isEqualTo(400);
        assertThat(torn.error()).contains("half a surrogate pair");
        var text = "日本語 🚀 \"<&>\\\\";
        assertThat(server.send("PUT", one, "{\"description\":\"日本語 🚀 \\\"<&>\\\\\\\\\",\"what\":[{}]}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(one).metadata().get("description").asString()).isEqualTo(text);

        var badUrl = server.get(one + "?project=%zz");
        assertThat(badUrl.status()).isEqualTo(400);
        assertThat(badUrl.error())
                .isEqualTo("The path or the query is badly encoded: a percent sign needs two hexadecimal digits");
        assertThat(server.send("OPTIONS", one, "").status()).isEqualTo(200);
        assertThat(server.send("OPTIONS", one, "").body()).isEmpty();
        assertThat(server.get("/1.0/storage-pools?recursion=3")
                        .metadata()
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("p");
        assertThat(server.get("/1.0/storage-pools?recursion=x")
                        .metadata()
                        .get(0)
                        .asString())
                .isEqualTo("/1.0/storage-pools/p");
        assertThat(server.send("PUT", one, "{}", Map.of("If-Match", "\"\"")).status())
                .isEqualTo(412);
        assertThat(server.send("PUT", one, "{}", Map.of("If-Match", "")).status())
                .isEqualTo(200);
    }

    /** A real LXD 5.0.2 filters volumes and warnings, and doesn't look at the filter of other lists. */
    @Test
    void listsHaveObjectsOrUrlsAndSomeOfThemAFilter() throws Exception {
        var volumes = "/1.0/storage-pools/p/volumes";
        server.send("POST", volumes + "/custom", "{\"name\":\"v\"}");
        server.send("POST", volumes + "/custom/v/snapshots", "{\"name\":\"s\"}");
        server.send("POST", volumes + "/custom/v/backups", "{\"name\":\"b\"}");
        for (var list : new String[] {
            "/1.0/storage-pools",
            volumes + "/custom/v/snapshots",
            volumes + "/custom/v/backups",
            "/1.0/projects",
            "/1.0/profiles"
        }) {
            for (var query : new String[] {"", "?filter=bad", "?filter=name%20eq%20nobody"}) {
                assertThat(server.get(list + query).metadata().get(0).asString())
                        .as(list + query)
                        .startsWith("/1.0/");
            }
            for (var query : new String[] {"?recursion=1", "?recursion=3", "?recursion=1&filter=bad"}) {
                assertThat(server.get(list + query).metadata().get(0).isObject())
                        .as(list + query)
                        .isTrue();
            }
        }
        for (var list :
                new String[] {volumes, volumes + "/custom", "/1.0/storage-volumes", "/1.0/storage-volumes/custom"}) {
            assertThat(server.get(list).metadata()).as(list).hasSize(2);
            assertThat(server.get(list + "?filter=name%20eq%20v").metadata().toString())
                    .isEqualTo("[\"" + volumes + "/custom/v\"]");
            assertThat(server.get(list + "?recursion=1&filter=name%20ne%20v")
                            .metadata()
                            .get(0)
                            .get("name")
                            .asString())
                    .isEqualTo("v/s");
            assertThat(server.get(list + "?filter=nothing%20eq%20v").metadata())
                    .as(list)
                    .isEmpty();
        }
        for (var list : new String[] {volumes, volumes + "/custom", "/1.0/storage-volumes", "/1.0/warnings"}) {
            for (var query : new String[] {"?filter=bad", "?recursion=1&filter=bad"}) {
                var refused = server.get(list + query);
                assertThat(refused.status()).as(list).isEqualTo(400);
                assertThat(refused.error()).isEqualTo("Invalid filter: clause has no operator");
            }
        }
    }

    @Test
    void dotsInAPathAreNamesNotDirections() throws Exception {
        assertThat(server.get("/1.0/storage-pools/p/volumes/custom/..").status())
                .isEqualTo(404);
        assertThat(server.get("/1.0/storage-pools/%2e%2e").error()).isEqualTo("Storage pool not found");
    }

    @Test
    void otherProjectsAndMembersAreNotThere() throws Exception {
        assertThat(server.get("/1.0/storage-pools/p/volumes?project=other").error())
                .isEqualTo("Project not found");
        assertThat(server.get("/1.0/storage-pools/p/volumes?project=x&all-projects=true")
                        .status())
                .isEqualTo(400);
        assertThat(server.get("/1.0?target=elsewhere").error()).isEqualTo("Cluster member not found");
        assertThat(server.get("/1.0?target=none").status()).isEqualTo(200);
        assertThat(server.get("/1.0?target=host01").status()).isEqualTo(200);
        assertThat(server.get("/1.0/operations?target=elsewhere").status()).isEqualTo(200);
        assertThat(server.get("/1.0/storage-pools?target=elsewhere").status()).isEqualTo(200);
        assertThat(server.send("POST", "/1.0/storage-pools?target=elsewhere", "{}")
                        .error())
                .isEqualTo("Cluster member not found");
    }

    @Test
    void theServerSaysWhatClientsAsk() throws Exception {
        var server10 = server.get("/1.0").metadata();
        assertThat(server10.get("auth").asString()).isEqualTo("trusted");
        assertThat(server10.get("public").asBoolean()).isFalse();
        assertThat(server10.get("auth_methods").get(0).asString()).isEqualTo("tls");
        assertThat(server10.get("auth_user_method").asString()).isEqualTo("unix");
        var environment = server10.get("environment");
        assertThat(environment.get("server_name").asString()).isEqualTo("host01");
        assertThat(environment.get("server_clustered").asBoolean()).isFalse();
        assertThat(environment
                        .get("storage_supported_drivers")
                        .get(0)
                        .get("Name")
                        .asString())
                .isEqualTo("pure");
        assertThat(Extensions.CLAIMED)
                .doesNotHaveDuplicates()
                .doesNotContain("storage_and_profile_operations", "storage_and_network_operations");
    }

    @Test
    void whatWeDontHaveIsEmpty() throws Exception {
        for (var list : new String[] {"certificates", "instances", "images", "networks", "warnings", "operations"}) {
            assertThat(server.get("/1.0/" + list + "?recursion=1").status())
                    .as(list)
                    .isEqualTo(200);
        }
        assertThat(server.get("/1.0/instances/c1").error()).isEqualTo("Instance not found");
        assertThat(server.get("/1.0/profiles/default").metadata().get("name").asString())
                .isEqualTo("default");
        assertThat(server.get("/1.0/projects?recursion=1")
                        .metadata()
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("default");
        assertThat(server.get("/1.0/cluster").metadata().get("enabled").asBoolean())
                .isFalse();
        assertThat(server.get("/1.0/cluster/members").error()).isEqualTo("Server is not clustered");
        assertThat(server.get("/1.0/resources")
                        .metadata()
                        .get("memory")
                        .get("total")
                        .asLong())
                .isPositive();
    }
}
