package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The FlashArray's REST API: a pool is a pod. */
public final class FlashArrayApi implements ArrayApi {
    /** The volume by which a pool on the array says whose it is. */
    private static final String POOL_MARK = "stowage-pool";

    private static final String SESSION = "x-auth-token";

    private final Endpoint endpoint;
    private final Https http;
    private final String session;

    public FlashArrayApi(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.http = new Https(endpoint, "/api/2.26");
        this.session = http.send("POST", "/login", "", "api-token", endpoint.value("apiToken"))
                .headers()
                .firstValue(SESSION)
                .orElseThrow();
    }

    /** @param path with its query, below the API's version */
    public List<Json> items(String path) {
        return request("GET", path, "").get("items").items();
    }

    public Json request(String method, String path, String body) {
        String answer = http.send(method, path, body, SESSION, session).body();
        return answer.isEmpty() ? Json.NULL : Json.parse(answer);
    }

    @Override
    public boolean hasPool(String pool) {
        return items("/pods").stream().anyMatch(pod -> pod.get("name").text().equals(pool) && !isDestroyed(pod));
    }

    @Override
    public void takePool(String pool) {
        request("POST", "/pods?names=" + pool, "{}");
    }

    @Override
    public void removePool(String pool) {
        request("PATCH", "/pods?names=" + pool, "{\"destroyed\":true}");
        request("DELETE", "/pods?names=" + pool, "");
    }

    @Override
    public SortedMap<String, Long> sizes(String pool) {
        String filter = URLEncoder.encode("pod.name='" + pool + "'", StandardCharsets.UTF_8);
        SortedMap<String, Long> sizes = new TreeMap<>();
        Stream.of("/volumes", "/volume-snapshots")
                .flatMap(kind -> items(kind + "?destroyed=false&filter=" + filter).stream())
                .forEach(item -> sizes.put(
                        item.get("name").text(),
                        Long.valueOf(item.get("provisioned").text())));
        sizes.remove(pool + "::" + POOL_MARK);
        return sizes;
    }

    @Override
    public List<String> connections() {
        return all("/hosts", "/connections");
    }

    @Override
    public List<String> everything() {
        return all("/pods", "/volumes", "/volume-snapshots", "/hosts", "/connections");
    }

    private List<String> all(String... kinds) {
        return Stream.of(kinds)
                .flatMap(kind -> items(kind).stream()
                        .filter(item -> !isDestroyed(item))
                        .map(item -> kind + " " + item.get("name").text()
                                + item.get("volume").get("name").text()))
                .sorted()
                .toList();
    }

    @Override
    public void createVolume(String name, int mebibytes) {
        request("POST", "/volumes?names=" + name, provisioned(mebibytes));
    }

    private static String provisioned(int mebibytes) {
        return "{\"provisioned\":" + ((long) mebibytes << 20) + "}";
    }

    @Override
    public void createHost(String name, Protocol protocol, String initiator) {
        String list = protocol == Protocol.NVME ? "nqns" : "iqns";
        request("POST", "/hosts?names=" + name, "{\"" + list + "\":[\"" + initiator + "\"]}");
    }

    @Override
    public void connect(String host, String volume) {
        request("POST", "/connections?host_names=" + host + "&volume_names=" + volume, "{}");
    }

    @Override
    public String target(String host, Protocol protocol) {
        return protocol == Protocol.NVME ? endpoint.nqn() : endpoint.iqn();
    }

    @Override
    public void grow(String volume, int mebibytes) {
        request("PATCH", "/volumes?names=" + volume, provisioned(mebibytes));
    }

    /** As the FlashArray reference has it in section 7. */
    @Override
    public String link(String volume, Protocol protocol) {
        String serial = items("/volumes?names=" + volume)
                .getFirst()
                .get("serial")
                .text()
                .toLowerCase(Locale.ROOT);
        return protocol == Protocol.NVME
                ? "nvme-eui.00" + serial.substring(0, 14) + "24a937" + serial.substring(14)
                : "wwn-0x624a9370" + serial;
    }

    private static boolean isDestroyed(Json item) {
        return item.get("destroyed").text().equals("true");
    }

    @Override
    public void close() {
        http.close();
    }
}
