package io.stowage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL through a small pool. Writers are serializable, so that what a transaction read is still true when it
 * commits; one that lost a race is run again.
 */
final class PostgresConnections implements Database.Connections {
    private static final int POOL = 8;
    private static final int ATTEMPTS = 40;
    /** Longest pause before another attempt, in milliseconds; writers that pause at random let each other through. */
    private static final int LONGEST_PAUSE = 64;
    /**
     * serialization_failure, deadlock_detected, and unique_violation, which is what a writer sees that found a name free
     * and came second to insert it (PostgreSQL documentation, 13.5 "Serialization Failure Handling"): at the next
     * attempt its work finds the name taken and says so in its own words.
     */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "23505");

    private final HikariDataSource source;
    private final Jdbi jdbi;

    PostgresConnections(PostgresAddress address, Statements statements) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setPoolName("stowage");
        try {
            source = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw unreachable(address, e);
        }
        jdbi = Columns.teach(Jdbi.create(source), statements);
        try (Handle handle = jdbi.open()) {
            Schema.bringUpToDate(handle, source);
        } catch (RuntimeException e) {
            source.close();
            throw unreachable(address, e);
        }
    }

    private static DatabaseException unreachable(PostgresAddress address, RuntimeException e) {
        return new DatabaseException(
                "The database " + address.jdbcUrl() + " can't be opened: " + SqliteConnections.rootMessage(e), e);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        return attempt(Connection.TRANSACTION_REPEATABLE_READ, work);
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(Connection.TRANSACTION_SERIALIZABLE, work);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !lostRace(e)) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        int longest = Math.min(1 << Math.min(attempt, 16), LONGEST_PAUSE);
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(longest + 1)));
    }

    private <T extends @Nullable Object> T attempt(int isolation, Function<Handle, T> work) {
        try (Handle handle = jdbi.open()) {
            return Transactions.run(handle, connection -> connection.setTransactionIsolation(isolation), work);
        }
    }

    private static boolean lostRace(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && TRY_AGAIN.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        source.close();
    }
}
