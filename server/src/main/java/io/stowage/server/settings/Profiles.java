package io.stowage.server.settings;

import io.stowage.database.Database;
import io.stowage.database.ProfileRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Refused;
import io.stowage.engine.VolumeName;
import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The default profile of each project, to which {@code lxc storage volume attach-profile} adds volumes. */
public final class Profiles {
    public static final String DEFAULT = "default";

    private static final String DESCRIPTION = "Default LXD profile";

    private final Database database;

    public Profiles(Database database) {
        this.database = database;
    }

    /** @throws Refused NOT_FOUND: there is no other than the default one */
    public Profile get(String project, String name) {
        if (!name.equals(DEFAULT)) {
            throw Refused.notFound("Profile not found");
        }
        return database.read(tx -> get(tx, project));
    }

    private static Profile get(Transaction tx, String project) {
        return tx.profiles()
                .find(project, DEFAULT)
                .map(row -> show(tx, row))
                .orElseGet(() -> new Profile(project, DEFAULT, DESCRIPTION, Map.of(), Map.of()));
    }

    private static Profile show(Transaction tx, ProfileRow row) {
        Map<String, Map<String, String>> devices = new TreeMap<>();
        tx.profileDevices().get(row.id()).forEach((name, json) -> devices.put(name, properties(json)));
        return new Profile(
                row.project(), row.name(), row.description(), tx.profileConfig().get(row.id()), devices);
    }

    private static Map<String, String> properties(String json) {
        var properties = new TreeMap<String, String>();
        Json.tree(json.getBytes(StandardCharsets.UTF_8))
                .properties()
                .forEach(
                        entry -> properties.put(entry.getKey(), entry.getValue().asString()));
        return properties;
    }

    /**
     * Changes what a profile says.
     *
     * @param change of what it says when nothing can come in between; it refuses by throwing
     * @throws Refused NOT_FOUND: there is no other than the default one
     */
    public void update(String project, String name, UnaryOperator<Profile> change) {
        get(project, name);
        database.write(tx -> {
            var changed = change.apply(get(tx, project));
            put(tx, changed);
            return changed;
        });
    }

    private static void put(Transaction tx, Profile profile) {
        var known = tx.profiles().find(profile.project(), profile.name());
        var row = known.orElseGet(
                () -> new ProfileRow(UUID.randomUUID(), profile.project(), profile.name(), profile.description()));
        if (known.isEmpty()) {
            tx.profiles().insert(row);
        }
        tx.profiles().describe(row.id(), profile.description());
        tx.profileConfig().replace(row.id(), profile.config());
        var devices = new TreeMap<String, String>();
        profile.devices().forEach((name, properties) -> devices.put(name, Json.text(new TreeMap<>(properties))));
        tx.profileDevices().replace(row.id(), devices);
    }

    /** Every profile that was ever changed: only those use volumes. */
    public List<Profile> list() {
        return database.read(Profiles::list);
    }

    private static List<Profile> list(Transaction tx) {
        return tx.profiles().list().stream().map(row -> show(tx, row)).toList();
    }

    /** @throws Refused IN_USE: a profile uses this volume */
    public static void refuseUsed(Transaction tx, VolumeName volume) {
        if (list(tx).stream().anyMatch(profile -> profile.uses(volume))) {
            throw Refused.inUse("The storage volume is still in use");
        }
    }

    /** @throws Refused IN_USE: a profile uses a volume of this pool */
    public static void refuseUsed(Transaction tx, String pool) {
        if (list(tx).stream().anyMatch(profile -> profile.uses(pool))) {
            throw Refused.inUse("The storage pool is currently in use");
        }
    }

    /** Follows a volume that got another name or pool; in another project no profile that used it can have it. */
    public static void follow(Transaction tx, VolumeName from, VolumeName to) {
        if (!from.project().equals(to.project())) {
            return;
        }
        list(tx).stream().filter(profile -> profile.uses(from)).forEach(profile -> {
            var devices = new TreeMap<>(profile.devices());
            devices.replaceAll((_, device) -> Profile.isOf(device, from) ? with(device, to) : device);
            put(tx, new Profile(profile.project(), profile.name(), profile.description(), profile.config(), devices));
        });
    }

    private static Map<String, String> with(Map<String, String> device, VolumeName volume) {
        var changed = new TreeMap<>(device);
        changed.put("pool", volume.pool());
        changed.put("source", volume.name());
        return changed;
    }
}
