package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the array tells of itself, as inventories, monitors and drivers read it. */
class EquipmentTest extends ArrayTest {
    @Test
    void whatAnAdministratorWritesOnTheArrayIsKept() throws Exception {
        rest().patch(
                        "arrays",
                        "{'name': 'box-1', 'banner': 'Hands off', 'ntp_servers': ['time.example', '10.0.0.1'],"
                                + " 'scsi_timeout': 30000, 'console_lock_enabled': true, 'idle_timeout': 359999}");
        restart();
        var array = rest().one("arrays");
        assertThat(array.path("name").asString()).isEqualTo("box-1");
        assertThat(array.path("banner").asString()).isEqualTo("Hands off");
        assertThat(array.path("ntp_servers").toString()).isEqualTo("[\"time.example\",\"10.0.0.1\"]");
        assertThat(array.path("scsi_timeout").longValue()).isEqualTo(30000);
        assertThat(array.path("console_lock_enabled").booleanValue()).isTrue();
        // "rounded down to the nearest multiple of 60000" (official model)
        assertThat(array.path("idle_timeout").longValue()).isEqualTo(300_000);
        time.pass(Duration.ofMinutes(6));
        assertThat(rest().refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
        rest().login(array().endpoints().flasharray().apiToken());
        assertThat(rest().patch("arrays", "{'ntp_servers': ['']}")
                        .getFirst()
                        .path("ntp_servers")
                        .isEmpty())
                .isTrue();
        for (var wrong : List.of(
                "{'name': '-'}",
                "{'name': '" + "a".repeat(57) + "'}",
                "{'idle_timeout': 299999}",
                "{'idle_timeout': 10860000}",
                "{'ntp_servers': ['not a name']}",
                "{'ntp_servers': ['a', 'b', 'c', 'd', 'e']}",
                "{'scsi_timeout': 0}",
                "{'banner': 7}")) {
            assertThat(rest().refused("PATCH", "arrays", wrong)).as(wrong).hasSize(1);
        }
        assertThat(rest().refused("PATCH", "arrays", "{'version': '7'}"))
                .containsExactly("400 -: No attribute specified.");
        assertThat(rest().one("arrays").path("name").asString()).isEqualTo("box-1");
    }

    @Test
    void theCertificateIsTheOneThatIsServed() throws Exception {
        var item = rest().one("certificates?names=management");
        var file = Path.of(array().endpoints().flasharray().certificate());
        var served = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
        var told = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        item.path("certificate").asString().getBytes(StandardCharsets.US_ASCII)));
        assertThat(told).isEqualTo(served);
        assertThat(item.path("valid_to").longValue())
                .isEqualTo(served.getNotAfter().getTime());
        assertThat(item.path("key_size").intValue()).isEqualTo(384);
        assertThat(item.path("status").asString()).isEqualTo("self-signed");
    }

    @Test
    void anArrayWithoutPeersConnectsToNone() {
        assertThat(rest().get("array-connections")).isEmpty();
        var key = rest().one("array-connections/connection-key");
        assertThat(key.path("connection_key").asString()).isNotEmpty();
        assertThat(rest().one("array-connections/connection-key")).isEqualTo(key);
        assertThat(rest().post("array-connections/connection-key", "")
                        .getFirst()
                        .path("connection_key"))
                .isNotEqualTo(key.path("connection_key"));
        var wanted = "{'management_address': '127.9.9.9', 'connection_key': 'k', 'type': 'sync-replication'}";
        assertThat(rest().refused("POST", "array-connections", wanted))
                .containsExactly("400 127.9.9.9: Unable to connect to the remote array.");
        assertThat(rest().refused("POST", "array-connections", "{}"))
                .containsExactly("400 -: Attribute management_address must be specified.");
        assertThat(rest().refused("DELETE", "array-connections?names=b", ""))
                .containsExactly("400 b: Array connection does not exist.");
    }

    @Test
    void monitorsFindTheArrayHealthyAndQuiet() {
        assertThat(rest().get("hardware?filter=status!%3D%27ok%27")).isEmpty();
        assertThat(rest().names("hardware?filter=type%3D%27controller%27")).containsExactly("CT0", "CT1");
        assertThat(rest().names("hardware?filter=type%3D%27eth_port%27")).contains("CT0.ETH4", "CT0.ETH0");
        var drive = rest().one("drives");
        assertThat(drive.path("status").asString()).isEqualTo("healthy");
        assertThat(drive.path("capacity")).isEqualTo(rest().one("arrays").path("capacity"));
        for (var quiet : List.of("alerts?filter=state%3D%27open%27", "offloads", "apps", "subscriptions", "kmip")) {
            assertThat(rest().get(quiet)).as(quiet).isEmpty();
        }
        assertThat(rest().one("dns").path("nameservers").isEmpty()).isTrue();
        assertThat(rest().one("support").path("phonehome_enabled").booleanValue())
                .isFalse();
    }

    @Test
    void theTokenIsShownOnlyToWhoAsksForIt() {
        var token = array().endpoints().flasharray().apiToken();
        assertThat(rest().one("admins").path("role").path("name").asString()).isEqualTo("array_admin");
        assertThat(rest().one("admins").toString()).doesNotContain(token);
        assertThat(rest().one("admins/api-tokens").toString()).doesNotContain(token);
        assertThat(rest().one("admins/api-tokens?expose_api_token=true")
                        .path("api_token")
                        .path("token")
                        .asString())
                .isEqualTo(token);
    }
}
