package io.stowage.engine;

import io.stowage.database.Database;
import io.stowage.database.ProjectRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The projects. They concern no array, so that each change is one transaction. */
public final class Projects {
    private static final Pattern BAD_CHARACTER = Pattern.compile("[\\s_'\"*\\\\\\p{Cntrl}]");
    private static final int LONGEST = 63;

    private final Database database;

    public Projects(Database database) {
        this.database = database;
    }

    /** The keys there are, besides {@code user.*} and {@code limits.disk.pool.POOL}. */
    public static List<ConfigKey> keys() {
        return ProjectKeys.KEYS;
    }

    /** Every project, by name. */
    public List<Project> list() {
        return database.read(tx -> {
            Map<UUID, Map<String, String>> configs = tx.projectConfig().all();
            return tx.projects().list().stream()
                    .map(row -> show(row, configs.getOrDefault(row.id(), Map.of())))
                    .toList();
        });
    }

    /** @throws Refused NOT_FOUND */
    public Project get(String name) {
        return database.read(tx -> {
            ProjectRow row = row(tx, name);
            return show(row, tx.projectConfig().get(row.id()));
        });
    }

    private static Project show(ProjectRow row, Map<String, String> config) {
        return new Project(row.name(), row.description(), config);
    }

    private static ProjectRow row(Transaction tx, String name) {
        return tx.projects().find(name).orElseThrow(() -> Refused.notFound("Project not found"));
    }

    /** Called where a volume gets its name: that project must still be there. @throws Refused NOT_FOUND */
    public static void require(Transaction tx, String name) {
        row(tx, name);
    }

    /** @throws Refused BAD_INPUT the project is restricted and doesn't allow backups */
    public static void requireBackups(Transaction tx, String name) {
        requireAllowed(tx, name, ProjectKeys.BACKUPS, "backup");
    }

    /** @throws Refused BAD_INPUT the project is restricted and doesn't allow snapshots */
    public static void requireSnapshots(Transaction tx, String name) {
        requireAllowed(tx, name, ProjectKeys.SNAPSHOTS, "snapshot");
    }

    private static void requireAllowed(Transaction tx, String name, String restriction, String what) {
        if (ProjectKeys.forbids(tx.projectConfig().get(row(tx, name).id()), restriction)) {
            throw Refused.badInput("Project \"%s\" doesn't allow for %s creation".formatted(name, what));
        }
    }

    /**
     * @param config {@code ""} counts as absent
     * @throws Refused BAD_INPUT, CONFLICT
     */
    public void create(String name, String description, Map<String, String> config) {
        checkName(name);
        Map<String, String> given = ProjectKeys.completed(withoutEmpty(config));
        ProjectKeys.validate(given);
        database.write(tx -> {
            refuseTaken(tx, name);
            ProjectRow row = new ProjectRow(UUID.randomUUID(), name, description);
            tx.projects().insert(row);
            tx.projectConfig().replace(row.id(), given);
            return row;
        });
    }

    /** Replaces description and config. */
    public void update(String name, String description, Map<String, String> config) {
        update(name, _ -> new Described(description, config));
    }

    /**
     * Gives a project another description and config.
     *
     * @param change as for {@link Volumes#update}
     * @throws Refused BAD_INPUT, NOT_FOUND; IN_USE when features of a project with volumes would change
     */
    public void update(String name, Function<Project, Described> change) {
        database.write(tx -> {
            ProjectRow row = row(tx, name);
            Map<String, String> old = tx.projectConfig().get(row.id());
            Described wanted = change.apply(show(row, old));
            Map<String, String> given = withoutEmpty(wanted.config());
            ProjectKeys.validate(given);
            if (ProjectKeys.movesObjects(old, given)) {
                if (name.equals(VolumeName.DEFAULT_PROJECT)) {
                    throw Refused.badInput("You can't change the features of the default project");
                }
                if (isUsed(tx, name)) {
                    throw Refused.inUse("Features can only be changed on empty projects");
                }
            }
            refuseTooLow(tx, name, old, given);
            tx.projects().describe(row.id(), wanted.description());
            tx.projectConfig().replace(row.id(), given);
            return row;
        });
    }

    /** A limit that is set or changed is none that the project's volumes exceed already. */
    private static void refuseTooLow(Transaction tx, String name, Map<String, String> old, Map<String, String> given) {
        Map<String, String> changed = new TreeMap<>(given);
        changed.entrySet().removeAll(old.entrySet());
        if (ProjectKeys.limitsDisk(changed)) {
            usedByLimit(tx, tx.volumes().bytesByPool(name))
                    .forEach((key, bytes) -> ProjectKeys.limit(changed, key)
                            .filter(limit -> bytes > limit.bytes())
                            .ifPresent(limit -> {
                                throw Refused.badInput(
                                        "Invalid value \"%s\" for key \"%s\": it is too low, current total is \"%s\""
                                                .formatted(changed.get(key), key, new ByteSize(bytes)));
                            }));
        }
    }

    /** @throws Refused BAD_INPUT, CONFLICT, NOT_FOUND; IN_USE while it has volumes */
    public void rename(String name, String newName) {
        if (name.equals(VolumeName.DEFAULT_PROJECT)) {
            throw Refused.badInput("The 'default' project cannot be renamed");
        }
        checkName(newName);
        database.write(tx -> {
            ProjectRow row = row(tx, name);
            refuseTaken(tx, newName);
            if (isUsed(tx, name)) {
                throw Refused.inUse("Only empty projects can be renamed");
            }
            tx.projects().rename(row.id(), newName);
            tx.certificateProjects().rename(name, newName);
            tx.tokenProjects().rename(name, newName);
            tx.profiles().rename(name, newName);
            return row;
        });
    }

    /** @throws Refused BAD_INPUT, NOT_FOUND; IN_USE while it has volumes */
    public void delete(String name) {
        if (name.equals(VolumeName.DEFAULT_PROJECT)) {
            throw Refused.badInput("The 'default' project cannot be deleted");
        }
        database.write(tx -> {
            ProjectRow row = row(tx, name);
            if (isUsed(tx, name)) {
                throw Refused.inUse("Only empty projects can be removed");
            }
            tx.certificateProjects().remove(name);
            tx.tokenProjects().remove(name);
            tx.profiles().deleteAll(name);
            tx.projects().delete(row.id());
            return row;
        });
    }

    private static boolean isUsed(Transaction tx, String name) {
        return tx.volumes().existsIn(name);
    }

    private static void refuseTaken(Transaction tx, String name) {
        if (tx.projects().find(name).isPresent()) {
            throw Refused.conflict("Project \"" + name + "\" already exists");
        }
    }

    /** LXD's rules, and a length that leaves room in the names of mount points. */
    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw Refused.badInput("No name provided");
        }
        if (name.contains("/")) {
            throw Refused.badInput("Project names may not contain slashes");
        }
        if (BAD_CHARACTER.matcher(name).find()) {
            throw Refused.badInput(
                    "Invalid project name \"%s\": blanks, underscores, quotes, asterisks and backslashes are not allowed"
                            .formatted(name.strip()));
        }
        if (name.equals(".") || name.equals("..") || name.length() > LONGEST) {
            throw Refused.badInput(
                    ("Invalid project name \"%s\": \".\", \"..\" and more than %d characters are not" + " allowed")
                            .formatted(name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name, LONGEST));
        }
    }

    private static Map<String, String> withoutEmpty(Map<String, String> config) {
        Map<String, String> given = new TreeMap<>(config);
        given.values().removeIf(String::isEmpty);
        return given;
    }

    /**
     * Called in the transaction that makes a volume or accepts that it gets another size. Growths that were accepted and
     * still wait count too.
     *
     * @param bytes that the volume will have
     * @throws Refused BAD_INPUT when the volumes of the project have more together than its limits allow
     */
    public static void requireWithinLimits(Transaction tx, VolumeRow volume, long bytes) {
        String name = volume.project();
        Map<String, String> config = tx.projectConfig().get(row(tx, name).id());
        if (ProjectKeys.limitsDisk(config)) {
            Map<UUID, Long> sizes = PendingSize.all(tx);
            sizes.merge(volume.id(), bytes, Math::max);
            Map<UUID, Long> used = new HashMap<>(tx.volumes().bytesByPool(name));
            sizes.forEach((id, size) -> tx.volumes()
                    .find(id)
                    .filter(row -> row.project().equals(name) && row.state() != RowState.DELETING)
                    .ifPresent(row -> used.merge(row.pool(), Math.max(0, size - row.size()), Long::sum)));
            usedByLimit(tx, used).forEach((key, together) -> refuseMore(name, key, config, together));
        }
    }

    /** What the volumes of a project have together, by the keys that may limit it. */
    private static Map<String, Long> usedByLimit(Transaction tx, Map<UUID, Long> byPool) {
        Map<String, Long> byKey = new TreeMap<>();
        byPool.forEach((pool, bytes) -> {
            byKey.merge(ProjectKeys.DISK_LIMIT, bytes, Long::sum);
            tx.pools().find(pool).ifPresent(row -> byKey.put(ProjectKeys.poolLimit(row.name()), bytes));
        });
        return byKey;
    }

    private static void refuseMore(String project, String key, Map<String, String> config, long bytes) {
        ProjectKeys.limit(config, key).ifPresent(limit -> {
            if (bytes > limit.bytes()) {
                throw Refused.badInput(
                        "Reached maximum aggregate value \"%s\" for \"%s\" in project \"%s\": it would be %s"
                                .formatted(config.get(key), key, project, new ByteSize(bytes)));
            }
        });
    }
}
