package io.stowage.database;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Names of projects that belong to rows of another table, and go with them. */
public final class ProjectLists {
    private final Handle handle;
    private final String table;

    ProjectLists(Handle handle, String table) {
        this.handle = handle;
        this.table = table;
    }

    public Set<String> get(UUID owner) {
        return new TreeSet<>(handle.createQuery("SELECT project FROM " + table + " WHERE owner = :owner")
                .bind("owner", owner)
                .mapTo(String.class)
                .list());
    }

    /** Those of every owner that has any. */
    public Map<UUID, Set<String>> all() {
        Map<UUID, Set<String>> found = new HashMap<>();
        handle.createQuery("SELECT owner, project FROM " + table)
                .map((row, context) -> found.computeIfAbsent(
                                UUID.fromString(row.getString("owner")), owner -> new TreeSet<>())
                        .add(row.getString("project")))
                .list();
        return found;
    }

    /** Replaces all of one owner. */
    public void replace(UUID owner, Set<String> projects) {
        handle.createUpdate("DELETE FROM " + table + " WHERE owner = :owner")
                .bind("owner", owner)
                .execute();
        for (String project : projects) {
            handle.createUpdate("INSERT INTO " + table + " (owner, project) VALUES (:owner, :project)")
                    .bind("owner", owner)
                    .bind("project", project)
                    .execute();
        }
    }

    /** Follows a project that got another name. */
    public void rename(String project, String newName) {
        handle.createUpdate("UPDATE " + table + " SET project = :newName WHERE project = :project")
                .bind("project", project)
                .bind("newName", newName)
                .execute();
    }

    /** Forgets a project that is gone. */
    public void remove(String project) {
        handle.createUpdate("DELETE FROM " + table + " WHERE project = :project")
                .bind("project", project)
                .execute();
    }
}
