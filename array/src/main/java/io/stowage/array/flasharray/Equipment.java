package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.flasharray.Endpoint.Action;
import io.stowage.web.json.Json;
import io.stowage.web.tls.ServerCertificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an array tells of itself to inventories and monitors: its parts, its certificate, its users. None of it can be
 * changed here. What this array doesn't have is an empty list.
 */
final class Equipment {
    private static final String MODEL = "FA-STOWAGE";

    /** Collections that are empty on an array that replicates nothing, tells nobody and holds no files. */
    private static final List<String> NOTHING = List.of(
            "active-directory",
            "alert-watchers",
            "alerts",
            "api-clients",
            "apps",
            "array-connections/path",
            "directories",
            "directories/performance",
            "directory-exports",
            "directory-services",
            "file-systems",
            "kmip",
            "maintenance-windows",
            "offloads",
            "pod-replica-links",
            "pod-replica-links/lag",
            "policies",
            "remote-pods",
            "remote-protection-groups",
            "remote-volume-snapshots",
            "snmp-managers",
            "subscriptions",
            "syslog-servers");

    private final Estate estate;
    private final Identity identity;
    private final ServerCertificate certificate;
    private final Network network;

    Equipment(Estate estate, Identity identity, ServerCertificate certificate, Network network) {
        this.estate = estate;
        this.identity = identity;
        this.certificate = certificate;
        this.network = network;
    }

    List<Endpoint> endpoints() {
        var endpoints = new ArrayList<Endpoint>();
        NOTHING.forEach(path -> endpoints.add(new Endpoint("GET", path, 0, rows(Wording.missing("Object"), List::of))));
        endpoints.add(new Endpoint("GET", "controllers", 0, rows(Wording.CONTROLLER_MISSING, Equipment::controllers)));
        endpoints.add(new Endpoint("GET", "hardware", 0, rows(Wording.missing("Hardware component"), this::hardware)));
        endpoints.add(new Endpoint("GET", "drives", 0, rows(Wording.missing("Drive"), this::drives)));
        endpoints.add(new Endpoint("GET", "certificates", 0, rows(Wording.missing("Certificate"), this::certificates)));
        endpoints.add(new Endpoint("GET", "admins", 0, rows(Wording.missing("Admin"), this::admins)));
        endpoints.add(new Endpoint("GET", "admins/api-tokens", 0, this::apiTokens));
        endpoints.add(new Endpoint("GET", "admins/settings", 0, rows(Wording.missing("Admin"), Equipment::rules)));
        endpoints.add(new Endpoint("GET", "dns", 0, rows(Wording.missing("DNS configuration"), Equipment::dns)));
        endpoints.add(new Endpoint("GET", "smtp-servers", 0, rows(Wording.missing("SMTP server"), Equipment::smtp)));
        endpoints.add(new Endpoint("GET", "support", 0, rows(Wording.ARRAY_MISSING, Equipment::support)));
        endpoints.add(new Endpoint("GET", "arrays/eula", 0, rows(Wording.ARRAY_MISSING, Equipment::eula)));
        return List.copyOf(endpoints);
    }

    private Action rows(String missing, Supplier<List<ObjectNode>> items) {
        var rows = new Rows(items, missing);
        return call -> estate.read(objects -> Listing.page(rows, objects, call));
    }

    private static List<ObjectNode> controllers() {
        return List.of(controller("CT0", "primary"), controller("CT1", "secondary"));
    }

    private static ObjectNode controller(String name, String mode) {
        return Json.object()
                .put("name", name)
                .put("type", "array_controller")
                .put("status", "ready")
                .put("mode", mode)
                .put("model", MODEL)
                .put("version", Arrays.RELEASE)
                .put("mode_since", 0);
    }

    /** Only what has a counterpart: no fans, no temperatures. */
    private List<ObjectNode> hardware() {
        var parts = new ArrayList<ObjectNode>();
        parts.add(part("CH0", "chassis", 0));
        parts.add(part("CT0", "controller", 0).put("model", MODEL));
        parts.add(part("CT1", "controller", 1).put("model", MODEL));
        for (var name : network.physicalNames()) {
            var port = name.toUpperCase(Locale.ROOT);
            var index = Integer.parseInt(port.substring(port.indexOf("ETH") + 3));
            parts.add(part(port, "eth_port", index).put("speed", Network.SPEED));
        }
        return parts;
    }

    private static ObjectNode part(String name, String type, int index) {
        return Json.object()
                .put("name", name)
                .put("type", type)
                .put("status", "ok")
                .put("index", index)
                .put("identify_enabled", false)
                .putNull("details")
                .putNull("model")
                .putNull("serial")
                .putNull("slot")
                .putNull("speed")
                .putNull("temperature")
                .putNull("voltage");
    }

    /** The store is one drive. */
    private List<ObjectNode> drives() {
        return List.of(Json.object()
                .put("name", "CH0.BAY0")
                .put("type", "SSD")
                .put("status", "healthy")
                .put("protocol", "NVMe")
                .put("capacity", estate.usage().ofArray().capacity())
                .putNull("details"));
    }

    /** The one that this API is served with. */
    private List<ObjectNode> certificates() {
        var x509 = certificate.certificate();
        var subject = commonName(x509.getSubjectX500Principal().getName());
        return List.of(Json.object()
                .put("name", "management")
                .put("certificate", certificate.pem())
                .putNull("intermediate_certificate")
                .put("status", "self-signed")
                .put("common_name", subject)
                .put("issued_to", subject)
                .put("issued_by", commonName(x509.getIssuerX500Principal().getName()))
                .put("key_size", keyBits(x509))
                .put("valid_from", x509.getNotBefore().getTime())
                .put("valid_to", x509.getNotAfter().getTime())
                .putNull("country")
                .putNull("email")
                .putNull("locality")
                .putNull("organization")
                .putNull("organizational_unit")
                .putNull("state"));
    }

    private static int keyBits(X509Certificate x509) {
        return switch (x509.getPublicKey()) {
            case ECPublicKey key -> key.getParams().getOrder().bitLength();
            case RSAPublicKey key -> key.getModulus().bitLength();
            default -> 0;
        };
    }

    /** The first common name of a distinguished name. RFC 2253. */
    private static String commonName(String name) {
        for (var part : name.split(",", -1)) {
            if (part.strip().startsWith("CN=")) {
                return part.strip().substring(3);
            }
        }
        return name;
    }

    private List<ObjectNode> admins() {
        var admin =
                Json.object().put("name", Identity.ADMIN).put("is_local", true).put("locked", false);
        admin.set("role", Json.object().put("name", "array_admin"));
        admin.set("api_token", token("****"));
        admin.putNull("lockout_remaining").putNull("public_key").putNull("email");
        return List.of(admin);
    }

    /** Masked unless {@code expose_api_token} asks for one's own, which who asks has logged in with. */
    private Answer apiTokens(Call call) {
        var item = Json.object();
        item.set("admin", Json.object().put("name", Identity.ADMIN));
        item.set("api_token", token(call.isSet("expose_api_token") ? identity.apiToken() : "****"));
        return estate.read(
                objects -> Listing.page(new Rows(List::of, Wording.missing("Admin")), objects, call, List.of(item)));
    }

    private static ObjectNode token(String shown) {
        return Json.object().put("token", shown).put("created_at", 0).putNull("expires_at");
    }

    private static List<ObjectNode> rules() {
        return List.of(Json.object()
                .put("lockout_duration", 0)
                .put("max_login_attempts", 0)
                .put("min_password_length", 1)
                .put("single_sign_on_enabled", false));
    }

    private static List<ObjectNode> dns() {
        var dns = Json.object().put("name", "management").put("domain", "");
        dns.set("nameservers", Json.array());
        dns.set("services", Json.array().add("management"));
        dns.set("source", References.noName());
        return List.of(dns);
    }

    private static List<ObjectNode> smtp() {
        return List.of(Json.object()
                .putNull("name")
                .putNull("relay_host")
                .putNull("sender_domain")
                .putNull("user_name")
                .putNull("password"));
    }

    /** Nobody is phoned and nobody can dial in. */
    private static List<ObjectNode> support() {
        var support = Json.object()
                .put("phonehome_enabled", false)
                .put("proxy", "")
                .put("remote_assist_active", false)
                .put("remote_assist_status", "disconnected")
                .putNull("remote_assist_duration")
                .putNull("remote_assist_expires")
                .putNull("remote_assist_opened");
        support.set("remote_assist_paths", Json.array());
        return List.of(support);
    }

    private static List<ObjectNode> eula() {
        var eula = Json.object().put("agreement", "");
        eula.set(
                "signature",
                Json.object()
                        .put("accepted", Instant.EPOCH.toEpochMilli())
                        .put("name", "")
                        .put("title", "")
                        .put("company", ""));
        return List.of(eula);
    }
}
