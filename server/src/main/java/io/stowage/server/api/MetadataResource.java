package io.stowage.server.api;

import io.stowage.engine.Pools;
import io.stowage.engine.Projects;
import io.stowage.model.ConfigKey;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeKeys;
import io.stowage.model.VolumeType;
import io.stowage.server.settings.ServerSettings;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /1.0/metadata/configuration}: which keys there are, for clients that make forms of them. */
final class MetadataResource {
    private final Pools pools;

    MetadataResource(Pools pools) {
        this.pools = pools;
    }

    void addTo(Router router) {
        router.get("/1.0/metadata/configuration", _ -> get());
    }

    private Response get() {
        var configs = new TreeMap<String, Object>();
        configs.put("server", groups(ServerSettings.keys()));
        configs.put("project", groups(Projects.keys()));
        for (var driver : pools.drivers().keySet()) {
            configs.put(
                    "storage-" + driver,
                    Map.of("pool-conf", keys(pools.keys(driver)), "volume-conf", keys(volumeKeys())));
        }
        return Envelope.sync(Map.of("configs", configs, "entities", Map.of()));
    }

    /** By the first word of their names, as LXD groups them. */
    private static Map<String, Object> groups(Collection<ConfigKey> keys) {
        var groups = new TreeMap<String, List<ConfigKey>>();
        for (var key : keys) {
            groups.computeIfAbsent(key.name().replaceFirst("\\..*", ""), _ -> new ArrayList<>())
                    .add(key);
        }
        var described = new TreeMap<String, Object>();
        groups.forEach((name, members) -> described.put(name, keys(members)));
        return described;
    }

    /** Of volumes of any content. */
    private static Collection<ConfigKey> volumeKeys() {
        var all = new LinkedHashMap<String, ConfigKey>();
        for (var content : ContentType.values()) {
            VolumeKeys.of(VolumeType.CUSTOM, content).keys().forEach(key -> all.putIfAbsent(key.name(), key));
        }
        return all.values();
    }

    /** A list of objects with one member each, as LXD has it. */
    private static Map<String, Object> keys(Collection<ConfigKey> keys) {
        List<Map<String, Object>> all = keys.stream()
                .map(key -> Map.<String, Object>of(key.name(), description(key)))
                .toList();
        return Map.of("keys", all);
    }

    private static Map<String, String> description(ConfigKey key) {
        return Map.of(
                "shortdesc",
                key.description(),
                "longdesc",
                "",
                "type",
                "string",
                "defaultdesc",
                key.fallback().isEmpty() ? "" : "`%s`".formatted(key.fallback()),
                "required",
                key.required() ? "yes" : "no",
                "scope",
                "global");
    }
}
