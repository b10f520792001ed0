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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The config of the server (LXD's {@code core.*} and others, as far as they mean something here, and {@code user.*}). */
public final class ServerSettings {
    public static final String HTTPS_ADDRESS = "core.https_address";
    public static final String METRICS_ADDRESS = "core.metrics_address";
    public static final String METRICS_AUTHENTICATION = "core.metrics_authentication";
    public static final String TOKEN_EXPIRY = "core.remote_token_expiry";
    public static final String TRUST_PASSWORD = "core.trust_password";
    public static final String COMPRESSION = "backups.compression_algorithm";

    private static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(
                    HTTPS_ADDRESS, "Address and port that remote clients are listened to at", ListenAddress::parse),
            ConfigKey.of(
                    METRICS_ADDRESS,
                    "Address and port at which there are metrics and nothing else",
                    ListenAddress::parseForMetrics),
            ConfigKey.flag(METRICS_AUTHENTICATION, "Whether only trusted clients may read metrics")
                    .withDefault("true"),
            ConfigKey.of(TOKEN_EXPIRY, "How long tokens for new clients are good", SnapshotExpiry::parse),
            ConfigKey.of(TRUST_PASSWORD, "Password by which clients can make themselves trusted", _ -> {}),
            ConfigKey.of(COMPRESSION, "How backups are compressed", Backups::checkCompression)
                    .withDefault("gzip"));

    /** What a member has for itself. */
    private static final Set<String> OF_MEMBER = Set.of(HTTPS_ADDRESS, METRICS_ADDRESS);

    /** Owner of what holds for all members of an installation. */
    private static final UUID ALL = new UUID(0, 0);

    private final Database database;
    private final UUID member;

    /** @param member this one, whose listening addresses are its own */
    public ServerSettings(Database database, UUID member) {
        this.database = database;
        this.member = member;
    }

    /** The keys there are, besides {@code user.*}. */
    public static List<ConfigKey> keys() {
        return KEYS;
    }

    /** How LXD shows a password that is set. */
    private static final String HIDDEN = "true";

    /** Everything that was set; that there is a password, and not which. */
    public Map<String, String> get() {
        return shown(database.read(this::get));
    }

    private static Map<String, String> shown(Map<String, String> all) {
        var shown = new TreeMap<>(all);
        shown.computeIfPresent(TRUST_PASSWORD, (_, _) -> HIDDEN);
        return shown;
    }

    /** Whether this is the password that makes clients trusted; never while none is set. */
    public boolean isTrustPassword(String guess) {
        var kept = database.read(this::get).get(TRUST_PASSWORD);
        return kept != null && PasswordHash.fits(kept, guess);
    }

    private TreeMap<String, String> get(Transaction tx) {
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
    private static void validate(Map<String, String> config) {
        config.forEach((name, value) -> {
            if (name.startsWith("user.") || value.isEmpty()) {
                return;
            }
            var key = KEYS.stream().filter(one -> one.name().equals(name)).findFirst();
            if (key.isEmpty()) {
                throw Refused.badInput("Cannot set \"%s\": unknown key".formatted(name)); // its value may be a password
            }
            try {
                key.get().validate(value);
            } catch (InvalidValue e) {
                throw new Refused(Refused.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
            }
        });
    }

    /**
     * Changes what is set; {@code ""} counts as absent, and a password as it is shown is the one that was set.
     *
     * @param given what is set from now on
     * @param merge whether everything else stays as it is
     * @param check of what is set and of what will be, when nothing can come in between; it refuses by throwing
     * @throws Refused as {@link #validate} does
     */
    public void update(
            Map<String, String> given, boolean merge, BiConsumer<Map<String, String>, Map<String, String>> check) {
        var password = given.getOrDefault(TRUST_PASSWORD, "");
        var hash = password.isEmpty() || password.equals(HIDDEN) ? null : PasswordHash.of(password);
        database.write(tx -> {
            var present = get(tx);
            var wanted = new TreeMap<>(merge ? shown(present) : Map.of());
            wanted.putAll(given);
            wanted.values().removeIf(String::isEmpty);
            validate(wanted);
            check.accept(shown(present), wanted);
            var kept = hash == null ? present.get(TRUST_PASSWORD) : hash;
            if (wanted.remove(TRUST_PASSWORD) != null && kept != null) {
                wanted.put(TRUST_PASSWORD, kept);
            }
            var own = new TreeMap<>(wanted);
            own.keySet().retainAll(OF_MEMBER);
            wanted.keySet().removeAll(OF_MEMBER);
            tx.serverConfig().replace(ALL, wanted);
            tx.serverConfig().replace(member, own);
            return wanted;
        });
    }
}
