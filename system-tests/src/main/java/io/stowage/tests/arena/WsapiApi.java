package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Alletra's WSAPI: a pool is a volume set; snapshots are volumes that aren't in it. */
public final class WsapiApi implements ArrayApi {
    private static final String SESSION = "X-HP3PAR-WSAPI-SessionKey";

    private final Endpoint endpoint;
    private final Https http;
    private final String session;

    public WsapiApi(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.http = new Https(endpoint, "/api/v1");
        String login = text(Map.of("user", endpoint.value("user"), "password", endpoint.value("password")));
        this.session = Json.parse(http.send("POST", "/credentials", login).body())
                .get("key")
                .text();
    }

    /** The members of a collection. */
    public List<Json> members(String path) {
        return request("GET", path, "").get("members").items();
    }

    public Json request(String method, String path, String body) {
        String answer = http.send(method, path, body, SESSION, session).body();
        return answer.isEmpty() ? Json.NULL : Json.parse(answer);
    }

    @Override
    public boolean hasPool(String pool) {
        return members("/volumesets").stream().anyMatch(set -> name(set).equals(pool));
    }

    @Override
    public void takePool(String pool) {
        request("POST", "/volumesets", text(Map.of("name", pool)));
    }

    @Override
    public void removePool(String pool) {
        request("DELETE", "/volumesets/" + pool, "");
    }

    @Override
    public SortedMap<String, Long> sizes(String pool) {
        Set<String> volumes = members("/volumesets").stream()
                .filter(set -> name(set).equals(pool))
                .flatMap(set -> set.get("setmembers").items().stream())
                .map(Json::text)
                .collect(Collectors.toSet());
        SortedMap<String, Long> sizes = new TreeMap<>();
        members("/volumes").stream()
                .filter(volume -> volumes.contains(name(volume))
                        || volumes.contains(volume.get("copyOf").text()))
                .forEach(volume -> sizes.put(
                        name(volume), Long.parseLong(volume.get("sizeMiB").text()) << 20));
        return sizes;
    }

    @Override
    public List<String> connections() {
        return all("/hosts", "/vluns");
    }

    @Override
    public List<String> everything() {
        return all("/volumesets", "/volumes", "/hosts", "/vluns");
    }

    private List<String> all(String... kinds) {
        return Stream.of(kinds)
                .flatMap(kind -> members(kind).stream()
                        .map(member -> kind + " " + name(member)
                                + member.get("volumeName").text()))
                .sorted()
                .toList();
    }

    @Override
    public void createVolume(String name, int mebibytes) {
        String cpg = name(members("/cpgs").getFirst());
        request("POST", "/volumes", text(Map.of("name", name, "cpg", cpg, "sizeMiB", mebibytes, "tpvv", true)));
    }

    @Override
    public void createHost(String name, Protocol protocol, String initiator) {
        request(
                "POST",
                "/hosts",
                text(
                        protocol == Protocol.NVME
                                ? Map.of("name", name, "NQN", initiator, "transportType", 2)
                                : Map.of("name", name, "iSCSINames", List.of(initiator))));
    }

    @Override
    public void connect(String host, String volume) {
        request("POST", "/vluns", text(Map.of("hostname", host, "volumeName", volume, "lun", 1, "autoLun", true)));
    }

    /** Each host object has a subsystem of its own. */
    @Override
    public String target(String host, Protocol protocol) {
        return protocol == Protocol.NVME
                ? members("/vluns").stream()
                        .filter(vlun -> vlun.get("hostname").text().equals(host))
                        .map(vlun -> vlun.get("Subsystem_NQN").text())
                        .findFirst()
                        .orElseThrow()
                : endpoint.iqn();
    }

    @Override
    public void grow(String volume, int mebibytes) {
        long now = request("GET", "/volumes/" + volume, "").get("sizeMiB").number(0);
        request("PUT", "/volumes/" + volume, text(Map.of("action", 3, "sizeMiB", mebibytes - now)));
    }

    @Override
    public String link(String volume, Protocol protocol) {
        Json found = request("GET", "/volumes/" + volume, "");
        String identity = protocol == Protocol.NVME
                ? "nvme-eui." + found.get("nguid").text()
                : "wwn-0x" + found.get("wwn").text();
        return identity.toLowerCase(Locale.ROOT);
    }

    private static String text(Map<String, Object> members) {
        return Json.of(members).compact();
    }

    private static String name(Json object) {
        return object.get("name").text();
    }

    @Override
    public void close() {
        try (http) {
            http.send("DELETE", "/credentials/" + session, "", SESSION, session);
        }
    }
}
