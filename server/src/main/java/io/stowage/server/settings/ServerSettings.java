package io.stowage.server.settings;

import io.stowage.database.Database;
import io.stowage.database.Transaction;
import io.stowage.engine.Backups;
import io.stowage.engine.Refused;
import io.stowage.model.ConfigKey;
import io.stowage.model.InvalidValue;
import io.stowage.model.SnapshotExpiry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The config of the server (LXD's {@code core.*} and others, as far as they mean something here, and {@code user.*}). */
public final class ServerSettings {
    public static final String HTTPS_ADDRESS = "core.https_address";
    public static final String TOKEN_EXPIRY = "core.remote_token_expiry";
    public static final String COMPRESSION = "backups.compression_algorithm";

    private static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(
                    HTTPS_ADDRESS, "Address and port that remote clients are listened to at", ListenAddress::parse),
            ConfigKey.of(TOKEN_EXPIRY, "How long tokens for new clients are good", SnapshotExpiry::parse),
            ConfigKey.of(COMPRESSION, "How backups are compressed", Backups::checkCompression)
                    .withDefault("gzip"));

    /** Owner of what holds for all members of an installation. */
    private static final UUID ALL = new UUID(0, 0);

    private final Database database;
    private final UUID member;

    /** @param member this one, whose listening address is its own */
    public ServerSettings(Database database, UUID member) {
        this.database = database;
        this.member = member;
    }

    /** The keys there are, besides {@code user.*}. */
    public static List<ConfigKey> keys() {
        return KEYS;
    }

    /** Everything that was set. */
    public Map<String, String> get() {
        return database.read(this::get);
    }

    private Map<String, String> get(Transaction tx) {
        var all = new TreeMap<>(tx.serverConfig().get(ALL));
        all.putAll(tx.serverConfig().get(member));
        return all;
    }

    /** The value of a key, or what holds when it isn't set; empty when nothing does. */
    public Optional<String> get(String key) {
        var value = get().get(key);
        return value != null
                ? Optional.of(value)
                : KEYS.stream()
                        .filter(one -> one.name().equals(key))
                        .map(ConfigKey::fallback)
                        .filter(fallback -> !fallback.isEmpty())
                        .findFirst();
    }

    /**
     * Whether this could be set; {@code ""} counts as absent.
     *
     * @throws Refused BAD_INPUT an unknown key, or a value that isn't allowed
     */
    public static void validate(Map<String, String> config) {
        config.forEach((name, value) -> {
            if (name.startsWith("user.") || value.isEmpty()) {
                return;
            }
            var key = KEYS.stream().filter(one -> one.name().equals(name)).findFirst();
            if (key.isEmpty()) {
                throw Refused.badInput("Cannot set \"%s\" to \"%s\": Unknown key".formatted(name, value));
            }
            try {
                key.get().validate(value);
            } catch (InvalidValue e) {
                throw new Refused(Refused.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
            }
        });
    }

    /** Replaces everything; {@code ""} counts as absent. @throws Refused as {@link #validate} does */
    public void replace(Map<String, String> config) {
        validate(config);
        var given = new TreeMap<>(config);
        given.values().removeIf(String::isEmpty);
        var address = given.remove(HTTPS_ADDRESS);
        database.write(tx -> {
            tx.serverConfig().replace(ALL, given);
            tx.serverConfig().replace(member, address == null ? Map.of() : Map.of(HTTPS_ADDRESS, address));
            return given;
        });
    }
}
