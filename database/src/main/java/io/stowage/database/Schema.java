package io.stowage.database;

import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Brings the schema up to date, and does nothing quickly when it is. */
final class Schema {
    /** The highest migration in the folder {@code schema}. */
    private static final String VERSION = "12";

    private Schema() {}

    static void bringUpToDate(Handle handle, DataSource source) {
        // Flyway takes most of a second to look around; one query tells whether it has anything to do.
        if (version(handle).equals(Optional.of(VERSION))) {
            return;
        }
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:io/stowage/database/schema")
                .load()
                .migrate();
    }

    private static Optional<String> version(Handle handle) {
        try {
            return handle.createQuery("SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1")
                    .mapTo(String.class)
                    .findOne();
        } catch (JdbiException e) {
            return Optional.empty(); // an empty database has no history
        }
    }
}
