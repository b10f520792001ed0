package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.POOLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.RemoteClient;
import io.stowage.server.trust.TrustToken;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens by which clients make themselves trusted, by section 6.2 of the API's description (lxd-api.md). */
class TokenApiTest extends RemoteTest {
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
}
