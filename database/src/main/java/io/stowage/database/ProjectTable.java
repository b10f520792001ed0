package io.stowage.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The projects, by name. */
public final class ProjectTable {
    private final Handle handle;

    ProjectTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(ProjectRow row) {
        handle.createUpdate("INSERT INTO projects (id, name, description) VALUES (:id, :name, :description)")
                .bindMethods(row)
                .execute();
    }

    public Optional<ProjectRow> find(String name) {
        return handle.createQuery("SELECT * FROM projects WHERE name = :name")
                .bind("name", name)
                .mapTo(ProjectRow.class)
                .findOne();
    }

    public List<ProjectRow> list() {
        return handle.createQuery("SELECT * FROM projects ORDER BY name")
                .mapTo(ProjectRow.class)
                .list();
    }

    public void describe(UUID id, String description) {
        handle.createUpdate("UPDATE projects SET description = :description WHERE id = :id")
                .bind("id", id)
                .bind("description", description)
                .execute();
    }

    public void rename(UUID id, String name) {
        handle.createUpdate("UPDATE projects SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM projects WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
