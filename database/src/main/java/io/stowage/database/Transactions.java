package io.stowage.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs work between begin and commit or rollback. */
final class Transactions {
    private Transactions() {}

    @FunctionalInterface
    interface Begin {
        void prepare(Connection connection) throws SQLException;
    }

    static <T extends @Nullable Object> T run(Handle handle, Begin begin, Function<Handle, T> work) {
        try {
            begin.prepare(handle.getConnection());
        } catch (SQLException e) {
            throw new DatabaseException("The database refused to begin a transaction: " + e.getMessage(), e);
        }
        handle.begin();
        T result;
        try {
            result = work.apply(handle);
        } catch (Throwable e) {
            rollback(handle, e);
            throw e;
        }
        handle.commit();
        return result;
    }

    private static void rollback(Handle handle, Throwable because) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }
}
