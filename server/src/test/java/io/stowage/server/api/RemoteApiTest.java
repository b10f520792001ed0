package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.POOLS;
import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.RemoteClient;
import io.stowage.server.stub.TestServer;
import io.stowage.server.trust.TrustToken;
import io.stowage.web.json.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Remote access over real TLS connections, by sections 1.2, 1.3 and 6 of the API's description (lxd-api.md). */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class RemoteApiTest {
    private static final String NOTHING = "{}";

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
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private RemoteClient client(String name) throws Exception {
        return RemoteClient.named(name, clients, address);
    }

    /** A client that an administrator made trusted. */
    private RemoteClient trusted(String name, String more) throws Exception {
        var client = client(name);
        var added = server.send(
                "POST",
                "/1.0/certificates",
                "{\"name\":\"%s\",\"type\":\"client\",\"certificate\":\"%s\"%s}"
                        .formatted(name, client.base64(), more));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers()).containsEntry("location", "/1.0/certificates/" + client.fingerprint());
        return client;
    }

    private String token(String name, String more) throws IOException {
        var issued =
                server.send("POST", "/1.0/certificates", "{\"name\":\"%s\",\"token\":true%s}".formatted(name, more));
        assertThat(issued.status()).isEqualTo(202);
        return text(name, issued.metadata().get("metadata").get("secret").asString());
    }

    /** The token's text, as clients make it (6.2). */
    private static String text(String name, String secret) {
        var json = "{\"client_name\":\"%s\",\"fingerprint\":\"00\",\"addresses\":[\"127.0.0.1:1\"],\"secret\":\"%s\"}"
                .formatted(name, secret);
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer show(RemoteClient client, String field, String token) throws IOException {
        return client.send("POST", "/1.0/certificates", Json.text(Map.of("type", "client", field, token)));
    }

    private static void assertRefused(Answer answer) {
        assertRefused("", answer);
    }

    private static void assertRefused(String request, Answer answer) {
        assertThat(answer.status()).as(request).isEqualTo(403);
        assertThat(answer.error()).as(request).isEqualTo("not authorized");
        assertThat(answer.metadata().isNull()).as(request).isTrue();
    }

    // ---- strangers (1.3)

    @Test
    void aStrangerSeesTheReducedServer() throws Exception {
        assertThat(RemoteClient.without(address).get("/").metadata().toString()).isEqualTo("[\"/1.0\"]");
        for (var client : List.of(RemoteClient.without(address), client("stranger"))) {
            var shown = client.get("/1.0").metadata();
            assertThat(shown.propertyNames())
                    .containsExactlyInAnyOrder(
                            "api_extensions",
                            "api_status",
                            "api_version",
                            "auth",
                            "public",
                            "auth_methods",
                            "client_certificate");
            assertThat(shown.get("auth").asString()).isEqualTo("untrusted");
        }
        assertThat(client("stranger")
                        .get("/1.0")
                        .metadata()
                        .get("client_certificate")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void everythingElseIsRefusedWithoutSayingWhy() throws Exception {
        var without = RemoteClient.without(address);
        var stranger = client("stranger");
        for (var line : """
                GET /1.0/storage-pools
                GET /1.0/storage-pools/p
                GET /1.0/storage-pools/nope
                GET /1.0/storage-pools/p/volumes/custom/v
                GET /1.0/storage-volumes
                GET /1.0/events
                GET /1.0/operations
                GET /1.0/operations/00000000-0000-0000-0000-000000000000
                GET /1.0/operations/00000000-0000-0000-0000-000000000000/wait
                GET /1.0/operations/00000000-0000-0000-0000-000000000000/wait?secret=x
                GET /1.0/operations/00000000-0000-0000-0000-000000000000/websocket?secret=x
                GET /1.0/certificates
                GET /1.0/projects
                GET /1.0/projects/nope
                GET /1.0/projects/default/state
                GET /1.0/profiles
                GET /1.0/profiles/default
                GET /1.0/metadata/configuration
                GET /1.0/instances
                GET /1.0/cluster
                GET /1.0/certificates/0000000000000000
                GET /1.0/storage-pools/p/resources
                GET /1.0/storage-pools/p/volumes
                GET /1.0/storage-pools/p/volumes/custom
                GET /1.0/storage-pools/p/volumes/custom/v/state
                GET /1.0/storage-pools/p/volumes/custom/v/snapshots
                GET /1.0/storage-pools/p/volumes/custom/v/snapshots/s
                GET /1.0/storage-pools/p/volumes/custom/v/backups
                GET /1.0/storage-pools/p/volumes/custom/v/backups/b
                GET /1.0/storage-pools/p/volumes/custom/v/backups/b/export
                GET /1.0/storage-pools/p/volumes/custom/v/attachments
                GET /1.0/warnings/00000000-0000-0000-0000-000000000000
                GET /1.0/resources
                GET /1.0/warnings
                GET /1.0/storage-pools?target=elsewhere
                GET /1.0/storage-pools/p/volumes?project=nope
                PUT /1.0
                PATCH /1.0
                POST /1.0/storage-pools
                DELETE /1.0/storage-pools/p
                PUT /1.0/storage-pools/p
                PATCH /1.0/storage-pools/p
                PUT /1.0/storage-pools/p/volumes/custom/v
                PATCH /1.0/storage-pools/p/volumes/custom/v
                POST /1.0/storage-pools/p/volumes/custom/v
                DELETE /1.0/storage-pools/p/volumes/custom/v
                POST /1.0/storage-pools/p/volumes/custom/v/snapshots
                DELETE /1.0/storage-pools/p/volumes/custom/v/snapshots/s
                POST /1.0/storage-pools/p/volumes/custom/v/backups
                POST /1.0/storage-pools/p/volumes/custom/v/attachments
                POST /1.0/storage-pools/p/volumes
                POST /1.0/projects
                DELETE /1.0/projects/default
                PUT /1.0/profiles/default
                PUT /1.0/warnings/00000000-0000-0000-0000-000000000000
                DELETE /1.0/operations/00000000-0000-0000-0000-000000000000
                DELETE /1.0/certificates/0000000000000000
                POST /1.0/storage-pools/p/volumes/custom
                POST /1.0/certificates
                DELETE /1.0/storage-pools
                """.lines().toList()) {
            var words = line.split(" ");
            assertRefused(line, without.send(words[0], words[1], NOTHING));
            assertRefused(line, stranger.send(words[0], words[1], NOTHING));
        }
    }

    @Test
    void anUnknownPathIsUnknown() throws Exception {
        var answer = client("stranger").get("/1.0/nonsense");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).isEqualTo("not found");
    }

    @Test
    void tls12IsRefused() throws Exception {
        var client = client("old");
        assertThatThrownBy(() -> client.connect("TLSv1.2").close())
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("protocol_version"); // alert 70
    }

    /** Go's clients send no certificate when authorities are named that didn't sign it. */
    @Test
    void noAuthoritiesAreNamed() throws Exception {
        var asked = new ArrayList<Principal[]>();
        try (var socket = RemoteClient.with(new Asked(asked), address).connect()) {
            RemoteClient.upgrade(socket, "/1.0");
        }
        assertThat(asked).isNotEmpty().allSatisfy(issuers -> assertThat(issuers).isNullOrEmpty());
    }

    /** Notes which issuers the server wants, and has no certificate to give. */
    private record Asked(List<Principal[]> issuers) implements X509KeyManager {
        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] wanted, Socket socket) {
            issuers.add(wanted == null ? new Principal[0] : wanted);
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal[] wanted) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal[] wanted) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] wanted, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }

    // ---- tokens (6.2)

    @ParameterizedTest
    @CsvSource({"password", "trust_token"})
    void aTokenIsGoodOnce(String field) throws Exception {
        var token = token("c1", "");
        var first = client("first");
        assertRefused(first.get(POOLS));
        var added = show(first, field, token);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers()).containsEntry("location", "/1.0/certificates/" + first.fingerprint());
        assertThat(first.get("/1.0").metadata().get("auth").asString()).isEqualTo("trusted");
        assertThat(first.get(POOLS).status()).isEqualTo(200);
        var listed = server.get("/1.0/certificates/" + first.fingerprint()).metadata();
        assertThat(listed.get("name").asString()).isEqualTo("c1");
        assertThat(listed.get("projects").toString()).isEqualTo("[]");
        assertRefused(show(client("second"), field, token));
        assertThat(server.get("/1.0/operations").metadata().has("running")).isFalse();
    }

    @Test
    void badTokensAreRefused() throws Exception {
        var good = token("c1", "");
        var client = client("c");
        var secret = "0".repeat(64);
        for (var bad : List.of("", "nonsense", "e30=", text("c1", secret), text("c1", ""), good.substring(4))) {
            assertRefused(show(client, "password", bad));
        }
        var json = new String(Base64.getDecoder().decode(good), StandardCharsets.UTF_8);
        var renamed = json.replace("\"client_name\":\"c1\"", "\"client_name\":\"c2\"");
        assertRefused(
                show(client, "password", Base64.getEncoder().encodeToString(renamed.getBytes(StandardCharsets.UTF_8))));
        assertRefused(show(RemoteClient.without(address), "password", good));
        assertThat(show(client, "password", good).status()).isEqualTo(201);
    }

    @Test
    void aRevokedTokenIsRefused() throws Exception {
        var token = token("c1", "");
        var operations = server.get("/1.0/operations?recursion=1").metadata().get("running");
        assertThat(operations.size()).isEqualTo(1);
        var operation = operations.get(0);
        assertThat(operation.get("class").asString()).isEqualTo("token");
        assertThat(operation.get("may_cancel").asBoolean()).isTrue();
        var metadata = operation.get("metadata");
        assertThat(metadata.get("request").get("name").asString()).isEqualTo("c1");
        assertThat(metadata.get("addresses").get(0).asString()).isEqualTo(address);
        assertThat(metadata.get("fingerprint"))
                .isEqualTo(server.get("/1.0").metadata().get("environment").get("certificate_fingerprint"));
        assertThat(metadata.has("expiresAt")).isFalse();
        var url = "/1.0/operations/" + operation.get("id").asString();
        assertThat(server.delete(url).status()).isEqualTo(200);
        assertThat(server.get(url).status()).isEqualTo(404);
        assertRefused(show(client("c"), "password", token));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        server.send("PATCH", "/1.0", "{\"config\":{\"core.remote_token_expiry\":\"1y\"}}");
        token("later", "");
        var shown = server.get("/1.0/operations?recursion=1")
                .metadata()
                .get("running")
                .get(0);
        assertThat(Instant.parse(shown.get("metadata").get("expiresAt").asString()))
                .isAfter(Instant.now().plusSeconds(300L * 86_400));
        TrustToken expired = server.registry()
                .trust()
                .issue("c1", false, Set.of(), Optional.of(Instant.now().minusSeconds(1)));
        assertRefused(show(client("c"), "password", text("c1", expired.secret())));
    }

    @Test
    void ofManyWhoShowOneTokenOneIsTrusted() throws Exception {
        var token = token("c1", "");
        var many = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var client = client("c" + i);
            many.add(() -> show(client, "password", token).status());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(many.size())) {
            for (var answer : threads.invokeAll(many)) {
                statuses.add(answer.get());
            }
        }
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status == 403)).hasSize(7);
    }

    @Test
    void whoIsTrustedAlreadyIsTold() throws Exception {
        var client = trusted("c", "");
        assertThat(show(client, "password", "nonsense").status()).isEqualTo(400);
        var answer = show(client, "trust_token", token("again", ""));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isEqualTo("Client is already trusted");
    }

    @Test
    void tokensAreIssuedForNamedClientsOnly() throws Exception {
        assertThat(server.send("POST", "/1.0/certificates", "{\"token\":true}").error())
                .isEqualTo("Client name must not be empty");
        assertThat(server.send("POST", "/1.0/certificates", "{\"token\":true,\"name\":\"a\",\"certificate\":\"x\"}")
                        .error())
                .isEqualTo("Cannot use certificate if token is requested");
        assertThat(server.send("POST", "/1.0/certificates", "{\"token\":true,\"name\":\"a\",\"type\":\"metrics\"}")
                        .error())
                .isEqualTo("Tokens can only be issued for client certificates");
        server.listen().listen(Optional.empty());
        assertThat(server.send("POST", "/1.0/certificates", "{\"token\":true,\"name\":\"a\"}")
                        .error())
                .isEqualTo("Cannot issue token when server is not listening on network");
    }

    // ---- the trust store (6.1)

    @Test
    void whoIsNoLongerTrustedIsOutAtOnce() throws Exception {
        var client = trusted("c", "");
        try (var socket = client.connect()) {
            assertThat(RemoteClient.upgrade(socket, "/1.0/events")).contains(" 101 ");
            assertThat(server.delete("/1.0/certificates/" + client.fingerprint())
                            .status())
                    .isEqualTo(200);
            assertRefused(client.get(POOLS));
            server.send("POST", VOLUMES, "{\"name\":\"secretly\"}");
            assertThat(heard(new DataInputStream(socket.getInputStream()))).doesNotContain("secretly");
        }
        assertThat(server.get("/1.0/certificates/" + client.fingerprint()).error())
                .isEqualTo("Certificate not found");
    }

    @Test
    void certificatesAreFoundByTheirFirstDigits() throws Exception {
        var client = trusted("c", "");
        var short12 = client.fingerprint().substring(0, 12);
        assertThat(server.get("/1.0/certificates/" + short12)
                        .metadata()
                        .get("fingerprint")
                        .asString())
                .isEqualTo(client.fingerprint());
        assertThat(server.get("/1.0/certificates/" + client.fingerprint().substring(0, 11))
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/1.0/certificates").metadata().toString())
                .isEqualTo("[\"/1.0/certificates/%s\"]".formatted(client.fingerprint()));
    }

    @Test
    void certificatesAreChangedWhereTheyAreAsTheyWereRead() throws Exception {
        var client = trusted("c", "");
        var url = "/1.0/certificates/" + client.fingerprint();
        var etag = server.get(url).headers().get("etag");
        assertThat(server.send("PATCH", url, "{\"name\":\"d\"}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(server.send("PATCH", url, "{\"name\":\"e\"}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(412);
        var shown = server.get(url).metadata();
        assertThat(shown.get("name").asString()).isEqualTo("d");
        assertThat(shown.get("restricted").asBoolean()).isFalse();
        assertThat(server.send(
                                "PUT",
                                url,
                                "{\"name\":\"d\",\"type\":\"client\",\"restricted\":true,\"projects\":[\"nope\"]}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoCertificateIsNotTrusted() throws Exception {
        for (var bad : List.of("%%%", "aGVsbG8=")) {
            assertThat(server.send(
                                    "POST",
                                    "/1.0/certificates",
                                    "{\"name\":\"x\",\"certificate\":\"%s\"}".formatted(bad))
                            .status())
                    .isEqualTo(400);
        }
        var client = trusted("c", "");
        assertThat(server.send(
                                "POST",
                                "/1.0/certificates",
                                "{\"name\":\"x\",\"certificate\":\"%s\"}".formatted(client.base64()))
                        .status())
                .isEqualTo(409);
    }

    // ---- restricted clients

    private RemoteClient restricted() throws Exception {
        assertThat(server.send("POST", "/1.0/projects", "{\"name\":\"theirs\"}").status())
                .isEqualTo(201);
        assertThat(server.send("POST", "/1.0/projects", "{\"name\":\"others\"}").status())
                .isEqualTo(201);
        server.send("POST", VOLUMES + "?project=others", "{\"name\":\"hidden\"}");
        server.send("POST", VOLUMES, "{\"name\":\"hidden-too\"}");
        return trusted("r", ",\"restricted\":true,\"projects\":[\"theirs\"]");
    }

    @Test
    void aRestrictedClientWorksInItsProjects() throws Exception {
        var client = restricted();
        assertThat(client.send("POST", VOLUMES + "?project=theirs", "{\"name\":\"v\"}")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/1.0/storage-volumes?all-projects=true")
                        .metadata()
                        .toString())
                .isEqualTo("[\"%s/v?project=theirs\"]".formatted(VOLUMES));
        assertThat(client.get("/1.0/projects").metadata().toString()).isEqualTo("[\"/1.0/projects/theirs\"]");
        assertThat(client.get("/1.0/certificates").metadata().toString())
                .isEqualTo("[\"/1.0/certificates/%s\"]".formatted(client.fingerprint()));
        var pool = client.get(POOLS + "/p").metadata();
        assertThat(pool.get("config").toString()).isEqualTo("{}");
        assertThat(pool.get("used_by").toString()).isEqualTo("[\"%s/v?project=theirs\"]".formatted(VOLUMES));
        assertThat(client.get("/1.0").metadata().get("config").toString()).isEqualTo("{}");
        assertThat(client.get("/1.0/operations?all-projects=true&recursion=1")
                        .metadata()
                        .toString())
                .contains("\"username\":\"" + client.fingerprint())
                .doesNotContain("hidden", "others", "\"protocol\":\"unix\"");
    }

    @Test
    void aRestrictedClientGetsNowhereElse() throws Exception {
        var client = restricted();
        for (var line : """
                GET /1.0/storage-pools/p/volumes
                GET /1.0/storage-pools/p/volumes?project=others
                GET /1.0/storage-pools/p/volumes?project=nope
                GET /1.0/storage-pools/p/volumes/custom/hidden?project=others
                GET /1.0/storage-pools/p/volumes/custom/hidden/state?project=others
                GET /1.0/storage-pools/p/volumes/custom/hidden/snapshots?project=others
                DELETE /1.0/storage-pools/p/volumes/custom/hidden?project=others
                POST /1.0/storage-pools/p/volumes/custom?project=others
                GET /1.0/projects/others
                GET /1.0/events?project=others
                GET /1.0/operations?project=others
                PUT /1.0/storage-pools/p
                DELETE /1.0/storage-pools/p
                POST /1.0/storage-pools
                PUT /1.0
                POST /1.0/projects
                DELETE /1.0/projects/theirs
                GET /1.0/warnings
                POST /1.0/storage-pools/p/volumes/custom/v/attachments?project=theirs
                """.lines().toList()) {
            var words = line.split(" ");
            assertRefused(line, client.send(words[0], words[1], NOTHING));
        }
    }

    @Test
    void aRestrictedClientCopiesNothingOutOfOtherProjects() throws Exception {
        var client = restricted();
        var copy =
                "{\"name\":\"mine\",\"source\":{\"type\":\"copy\",\"name\":\"hidden\",\"pool\":\"p\",\"project\":\"%s\"}}";
        assertRefused(client.send("POST", VOLUMES + "?project=theirs", copy.formatted("others")));
        assertRefused(client.send("POST", VOLUMES + "?project=theirs", copy.formatted("default")));
    }

    @Test
    void aRestrictedClientMakesNobodyTrusted() throws Exception {
        var client = restricted();
        var other = client("other");
        assertRefused(client.send(
                "POST", "/1.0/certificates", "{\"name\":\"x\",\"certificate\":\"%s\"}".formatted(other.base64())));
        assertRefused(client.send("POST", "/1.0/certificates", "{\"name\":\"x\",\"token\":true}"));
        var own = "/1.0/certificates/" + client.fingerprint();
        assertRefused(client.send("PATCH", own, "{\"restricted\":false}"));
        assertRefused(client.send("PATCH", own, "{\"projects\":[\"others\"]}"));
        assertRefused(client.send("DELETE", own, ""));
    }

    @Test
    void aRestrictedClientHearsOfItsProjectsOnly() throws Exception {
        var client = restricted();
        try (var socket = client.connect()) {
            assertThat(RemoteClient.upgrade(socket, "/1.0/events?all-projects=true"))
                    .contains(" 101 ");
            server.send("POST", VOLUMES + "?project=others", "{\"name\":\"unheard\"}");
            server.send("PATCH", POOLS + "/p", "{\"config\":{\"user.unheard\":\"x\"}}");
            server.send("POST", VOLUMES + "?project=theirs", "{\"name\":\"heard\"}");
            var in = new DataInputStream(socket.getInputStream());
            var text = "";
            while (!text.contains("storage-volume-created")) {
                text += message(in);
            }
            assertThat(text).contains("/volumes/custom/heard?project=theirs").doesNotContain("unheard", "others");
        }
    }

    // ---- the server itself (4.2, 4.3)

    @Test
    void theServerSaysWhereItIsAndWho() throws Exception {
        var environment = server.get("/1.0").metadata().get("environment");
        assertThat(environment.get("addresses").toString()).isEqualTo("[\"%s\"]".formatted(address));
        try (var socket = RemoteClient.without(address).connect()) {
            var presented = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(environment.get("certificate").asString())
                    .contains(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(presented.getEncoded()));
            assertThat(presented.getPublicKey().getAlgorithm()).isEqualTo("EC");
            assertThat(presented.getNotAfter().toInstant())
                    .isAfter(Instant.now().plusSeconds(10L * 365 * 86_400));
        }
    }

    @Test
    void theServerListensWhereItIsToldTo() throws Exception {
        assertThat(server.send("PUT", "/1.0", "{\"config\":{\"core.https_address\":\"127.0.0.1:0\"}}")
                        .status())
                .isEqualTo(200);
        var moved = server.get("/1.0").metadata();
        assertThat(moved.get("config").toString()).isEqualTo("{\"core.https_address\":\"127.0.0.1:0\"}");
        address = moved.get("environment").get("addresses").get(0).asString();
        assertThat(client("c").get("/1.0").status()).isEqualTo(200);
        assertThat(server.send("PUT", "/1.0", "{\"config\":{}}").status()).isEqualTo(200);
        assertThat(server.get("/1.0")
                        .metadata()
                        .get("environment")
                        .get("addresses")
                        .size())
                .isZero();
        assertThatThrownBy(() -> client("c").get("/1.0")).isInstanceOf(IOException.class);
    }

    @Test
    void theConfigIsHeldToItsKeys() throws Exception {
        for (var bad : List.of(
                "\"foo\":\"bar\"",
                "\"core.https_address\":\"example.org:1\"",
                "\"core.https_address\":\"127.0.0.1:99999\"",
                "\"core.remote_token_expiry\":\"soon\"",
                "\"backups.compression_algorithm\":\"/bin/sh\"")) {
            var answer = server.send("PATCH", "/1.0", "{\"config\":{%s}}".formatted(bad));
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.error()).contains(bad.split("\"")[1]);
        }
        assertThat(server.send("PATCH", "/1.0", "{\"config\":{\"user.a\":\"1\",\"user.b\":\"2\"}}")
                        .status())
                .isEqualTo(200);
        var etag = server.get("/1.0").headers().get("etag");
        assertThat(server.send("PATCH", "/1.0", "{\"config\":{\"user.a\":\"\"}}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/1.0").metadata().get("config").toString()).isEqualTo("{\"user.b\":\"2\"}");
        assertThat(server.send("PUT", "/1.0", "{\"config\":{}}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(412);
    }

    /** Everything that comes until the server hangs up, frames and all. */
    private static String heard(DataInputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The next text message; pings are passed over. */
    private static String message(DataInputStream in) throws IOException {
        while (true) {
            var kind = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            var payload = in.readNBytes(length);
            if (kind == 0x81) { // RFC 6455, section 5.2: final, text
                return new String(payload, StandardCharsets.UTF_8);
            }
        }
    }
}
