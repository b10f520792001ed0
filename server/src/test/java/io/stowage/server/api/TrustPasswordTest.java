package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.RemoteClient;
import io.stowage.server.stub.TestServer;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code core.trust_password}, by which LXD 5's {@code lxc remote add --password} becomes trusted (lxd-api.md 4.2, 6.2). */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class TrustPasswordTest {
    private static final String PASSWORD = "sesame-9137";

    @TempDir
    private Path folder;

    @TempDir
    private Path clients;

    private TestServer server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder);
        address = server.listen().addresses().getFirst();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void set(String value) throws IOException {
        var body = Json.text(Map.of("config", Map.of("core.trust_password", value)));
        assertThat(server.send("PATCH", "/1.0", body).status()).isEqualTo(200);
    }

    private static Answer show(RemoteClient client, String password) throws IOException {
        return client.send("POST", "/1.0/certificates", Json.text(Map.of("type", "client", "password", password)));
    }

    private static void mustBeRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("not authorized");
    }

    @Test
    void whoKnowsThePasswordIsTrusted() throws Exception {
        var alice = RemoteClient.named("alice", clients, address);
        for (var guess : new String[] {"", "true", PASSWORD}) {
            mustBeRefused(show(alice, guess)); // none is set
        }
        set(PASSWORD);
        for (var guess : new String[] {"", "true", PASSWORD + "x", PASSWORD.substring(1), "x".repeat(100_000)}) {
            mustBeRefused(show(alice, guess));
        }
        mustBeRefused(show(RemoteClient.without(address), PASSWORD));
        assertThat(show(alice, PASSWORD).status()).isEqualTo(201);
        var trusted = alice.get("/1.0/certificates?recursion=1").metadata().get(0);
        assertThat(trusted.get("name").asString()).isEqualTo("alice"); // the certificate's common name
        assertThat(trusted.get("restricted").asBoolean()).isFalse();
        assertThat(show(alice, PASSWORD).status()).isEqualTo(400);
    }

    @Test
    void itIsShownAsSetAndNotAsWhat() throws Exception {
        set(PASSWORD);
        assertThat(server.get("/1.0").body()).doesNotContain(PASSWORD);
        assertThat(server.get("/1.0").metadata().get("config").toString())
                .isEqualTo("{\"core.trust_password\":\"true\"}");
        // What `lxc config edit` sends back.
        var whole = "{\"config\":{\"core.trust_password\":\"true\",\"user.x\":\"1\"}}";
        assertThat(server.send("PUT", "/1.0", whole).status()).isEqualTo(200);
        assertThat(show(RemoteClient.named("alice", clients, address), PASSWORD).status())
                .isEqualTo(201);
        set("");
        mustBeRefused(show(RemoteClient.named("bob", clients, address), PASSWORD));
        assertThat(server.get("/1.0").metadata().get("config").toString()).isEqualTo("{\"user.x\":\"1\"}");
    }

    @Test
    void theDatabaseDoesNotHaveIt() throws Exception {
        set(PASSWORD);
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSWORD);
            }
        }
    }

    /** A misspelt key may have a password for its value. */
    @Test
    void anUnknownKeysValueIsNotRepeated() throws Exception {
        var answer = server.send("PATCH", "/1.0", "{\"config\":{\"core.trust_pasword\":\"%s\"}}".formatted(PASSWORD));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("core.trust_pasword").doesNotContain(PASSWORD);
    }
}
