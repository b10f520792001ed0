package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.server.stub.RemoteClient;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code /1.0} of a server that is listened to, by sections 4.2 and 4.3 of the API's description (lxd-api.md). */
class ServerApiTest extends RemoteTest {
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

    /** What clients list whatever the extensions are. */
    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        for (var kind : List.of("instances", "images", "images/aliases", "networks")) {
            assertThat(server.get("/1.0/" + kind).metadata().toString())
                    .as(kind)
                    .isEqualTo("[]");
            var one = server.get("/1.0/" + kind + "/x");
            assertThat(one.status()).as(kind).isEqualTo(404);
        }
    }
}
