package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.POOLS;
import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.RemoteClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code /1.0/certificates}, by section 6.1 of the API's description (lxd-api.md). */
class TrustStoreApiTest extends RemoteTest {
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

    /** Everything that comes until the server hangs up, frames and all. */
    private static String heard(DataInputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
