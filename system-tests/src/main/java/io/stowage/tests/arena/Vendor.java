package io.stowage.tests.arena;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kind of array: what its driver and its personality of the array in a box are called, and how it is reached. */
public enum Vendor {
    PURE(
            "pure",
            "flasharray",
            true,
            Map.of(
                    Key.GATEWAY, "pure.gateway",
                    Key.CERTIFICATE, "pure.gateway.ca",
                    Key.SECRET, "pure.api.token",
                    Key.TARGET, "pure.target",
                    Key.MODE, "pure.mode")) {
        @Override
        Map<String, String> credentials(Endpoint endpoint) {
            return Map.of(key(Key.SECRET), endpoint.value("apiToken"));
        }

        @Override
        public ArrayApi administrator(Endpoint endpoint) {
            return new FlashArrayApi(endpoint);
        }
    },
    ALLETRA(
            "alletra",
            "alletra",
            false,
            Map.of(
                    Key.GATEWAY, "alletra.wsapi",
                    Key.CERTIFICATE, "alletra.wsapi.ca",
                    Key.SECRET, "alletra.user.password",
                    Key.TARGET, "alletra.target",
                    Key.MODE, "alletra.mode")) {
        @Override
        Map<String, String> credentials(Endpoint endpoint) {
            return Map.of(
                    "alletra.user.name",
                    endpoint.value("user"),
                    key(Key.SECRET),
                    endpoint.value("password"),
                    "alletra.cpg",
                    endpoint.value("cpg"));
        }

        @Override
        public ArrayApi administrator(Endpoint endpoint) {
            return new WsapiApi(endpoint);
        }
    };

    /** What each driver has a key of its own for. */
    public enum Key {
        GATEWAY,
        CERTIFICATE,
        SECRET,
        TARGET,
        MODE
    }

    private final String driver;
    private final String personality;
    private final boolean quota;
    private final Map<Key, String> keys;

    Vendor(String driver, String personality, boolean quota, Map<Key, String> keys) {
        this.driver = driver;
        this.personality = personality;
        this.quota = quota;
        this.keys = keys;
    }

    public String driver() {
        return driver;
    }

    /** As it is called in {@code endpoints.json} and in the array's options. */
    public String personality() {
        return personality;
    }

    public String key(Key key) {
        return keys.getOrDefault(key, "");
    }

    /** Whether pools of this array have a size of their own. */
    public boolean hasQuota() {
        return quota;
    }

    /** The setting for a pool's size where it can have one. */
    public List<String> quota(String size) {
        return quota ? List.of("size=" + size) : List.of();
    }

    /** The keys by which a pool reaches the array. */
    public Map<String, String> access(Endpoint endpoint) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(key(Key.GATEWAY), endpoint.management());
        keys.put(key(Key.CERTIFICATE), endpoint.pem());
        keys.putAll(credentials(endpoint));
        return keys;
    }

    abstract Map<String, String> credentials(Endpoint endpoint);

    /** Logs in past our driver. */
    public abstract ArrayApi administrator(Endpoint endpoint);
}
