package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.server.stub.RemoteClient;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is open to clients that nobody knows, by sections 1.2 and 1.3 of the API's description (lxd-api.md). */
class StrangerApiTest extends RemoteTest {
    private static final String NOTHING = "{}";

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
}
