package io.stowage.database;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Keys and values that belong to rows of another table, and go with them. */
public final class Settings {
    private final Handle handle;
    private final String table;

    Settings(Handle handle, String table) {
        this.handle = handle;
        this.table = table;
    }

    /** Everything of one owner, by key. */
    public Map<String, String> get(UUID owner) {
        Map<String, String> found = new TreeMap<>();
        handle.createQuery("SELECT key, value FROM " + table + " WHERE owner = :owner")
                .bind("owner", owner)
                .map((row, context) -> Map.entry(row.getString("key"), row.getString("value")))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** Everything of every owner: one query for a list of many. */
    public Map<UUID, Map<String, String>> all() {
        return byOwner(handle.createQuery("SELECT owner, key, value FROM " + table));
    }

    private static Map<UUID, Map<String, String>> byOwner(Query query) {
        Map<UUID, Map<String, String>> found = new HashMap<>();
        query.map((row, context) -> {
                    found.computeIfAbsent(UUID.fromString(row.getString("owner")), owner -> new TreeMap<>())
                            .put(row.getString("key"), row.getString("value"));
                    return true;
                })
                .list();
        return found;
    }

    /**
     * Everything of some owners, in one query.
     *
     * @param ids a query for their ids, with one parameter {@code :scope}
     */
    Map<UUID, Map<String, String>> of(String ids, UUID scope) {
        return byOwner(handle.createQuery("SELECT owner, key, value FROM " + table + " WHERE owner IN (" + ids + ")")
                .bind("scope", scope));
    }

    /** Replaces all of one owner. */
    public void replace(UUID owner, Map<String, String> values) {
        handle.createUpdate("DELETE FROM " + table + " WHERE owner = :owner")
                .bind("owner", owner)
                .execute();
        if (values.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO " + table + " (owner, key, value) VALUES (:owner, :key, :value)");
        values.forEach((key, value) ->
                batch.bind("owner", owner).bind("key", key).bind("value", value).add());
        batch.execute();
    }
}
