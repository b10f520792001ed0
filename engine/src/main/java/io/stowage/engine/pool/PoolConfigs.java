package io.stowage.engine.pool;

import io.stowage.database.Transaction;
import io.stowage.model.ConfigSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads and writes pool configs, with the secret values kept apart and sealed. */
public final class PoolConfigs {
    private static final String OPEN = "config.";
    private static final String SECRET = "secret.";

    private final SecretBox secrets;

    public PoolConfigs(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** Everything as it was given. */
    public Map<String, String> get(Transaction tx, UUID pool) {
        Map<String, String> config = new TreeMap<>(tx.poolConfig().get(pool));
        tx.poolSecrets()
                .get(pool)
                .forEach((key, closed) -> config.put(key, secrets.unseal(closed, context(pool, key))));
        return config;
    }

    public void put(Transaction tx, UUID pool, ConfigSchema schema, Map<String, String> config) {
        Map<String, String> open = new HashMap<>();
        Map<String, String> closed = new HashMap<>();
        config.forEach((key, value) -> {
            if (schema.isSecret(key)) {
                closed.put(key, secrets.seal(value, context(pool, key)));
            } else {
                open.put(key, value);
            }
        });
        tx.poolConfig().replace(pool, open);
        tx.poolSecrets().replace(pool, closed);
    }

    /** A config as part of a journal entry: secret values sealed. */
    public Map<String, String> pack(UUID pool, ConfigSchema schema, Map<String, String> config) {
        Map<String, String> packed = new HashMap<>();
        config.forEach((key, value) -> {
            if (schema.isSecret(key)) {
                packed.put(SECRET + key, secrets.seal(value, context(pool, key)));
            } else {
                packed.put(OPEN + key, value);
            }
        });
        return packed;
    }

    /** The config in a journal entry that {@link #pack} made. */
    public Map<String, String> unpack(UUID pool, Map<String, String> packed) {
        Map<String, String> config = new TreeMap<>();
        packed.forEach((key, value) -> {
            if (key.startsWith(SECRET)) {
                String name = key.substring(SECRET.length());
                config.put(name, secrets.unseal(value, context(pool, name)));
            } else if (key.startsWith(OPEN)) {
                config.put(key.substring(OPEN.length()), value);
            }
        });
        return config;
    }

    private static String context(UUID pool, String key) {
        return pool + " " + key;
    }
}
