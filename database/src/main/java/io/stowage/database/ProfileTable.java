package io.stowage.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The profiles that were ever changed, by project and name. */
public final class ProfileTable {
    private final Handle handle;

    ProfileTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(ProfileRow row) {
        handle.createUpdate("INSERT INTO profiles (id, project, name, description)"
                        + " VALUES (:id, :project, :name, :description)")
                .bindMethods(row)
                .execute();
    }

    public Optional<ProfileRow> find(String project, String name) {
        return handle.createQuery("SELECT * FROM profiles WHERE project = :project AND name = :name")
                .bind("project", project)
                .bind("name", name)
                .mapTo(ProfileRow.class)
                .findOne();
    }

    public List<ProfileRow> list() {
        return handle.createQuery("SELECT * FROM profiles ORDER BY project, name")
                .mapTo(ProfileRow.class)
                .list();
    }

    public void describe(UUID id, String description) {
        handle.createUpdate("UPDATE profiles SET description = :description WHERE id = :id")
                .bind("id", id)
                .bind("description", description)
                .execute();
    }

    /** Forgets those of a project. */
    public void deleteAll(String project) {
        handle.createUpdate("DELETE FROM profiles WHERE project = :project")
                .bind("project", project)
                .execute();
    }

    public void rename(String project, String newName) {
        handle.createUpdate("UPDATE profiles SET project = :newName WHERE project = :project")
                .bind("project", project)
                .bind("newName", newName)
                .execute();
    }
}
