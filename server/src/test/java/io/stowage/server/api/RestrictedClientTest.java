package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.POOLS;
import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.RemoteClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is open to clients that are trusted with some projects. */
class RestrictedClientTest extends RemoteTest {
    private static final String NOTHING = "{}";

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
