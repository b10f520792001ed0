package io.stowage.database;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The server's database: SQLite in a file, or PostgreSQL. Work is done in short transactions; none may span a call to
 * an array. A function given here may run more than once, so it does nothing but database work.
 */
public final class Database implements AutoCloseable {
    private final Connections connections;
    private final Statements statements;
    private final Writing around;

    private Database(Connections connections, Statements statements) {
        this(connections, statements, Supplier::get);
    }

    private Database(Connections connections, Statements statements, Writing around) {
        this.connections = connections;
        this.statements = statements;
        this.around = around;
    }

    /** Runs a transaction that writes, and may do something before it and after its commit. */
    @FunctionalInterface
    public interface Writing {
        <T extends @Nullable Object> T run(Supplier<T> transaction);
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @param url {@code sqlite:PATH} or {@code postgresql://USER:PASSWORD@HOST:PORT/NAME}, also with {@code jdbc:}
     * @throws DatabaseException with one sentence for the user; it never has the password
     */
    public static Database open(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        var statements = new Statements();
        if (plain.startsWith("sqlite:")) {
            Path file = Path.of(plain.substring("sqlite:".length()));
            return new Database(new SqliteConnections(file, statements), statements);
        }
        if (plain.startsWith("postgresql:") || plain.startsWith("postgres:")) {
            return new Database(new PostgresConnections(PostgresAddress.parse(plain), statements), statements);
        }
        throw new DatabaseException(
                "The database URL must begin with sqlite: or postgresql:, not with \"" + scheme(plain) + "\"");
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? url : url.substring(0, colon + 1);
    }

    /** The same database with something around each of its writing transactions, as a test needs that counts commits. */
    public Database with(Writing other) {
        return new Database(connections, statements, other);
    }

    /** Runs work that only reads, on one consistent view. */
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return connections.read(handle -> work.apply(new Transaction(handle)));
    }

    /** Runs work that may write; all of it takes effect or, when it throws, nothing. Durable on return. */
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return around.run(() -> connections.write(handle -> work.apply(new Transaction(handle))));
    }

    /** How many SQL statements were executed since it was opened. */
    public long statements() {
        return statements.executed();
    }

    @Override
    public void close() {
        connections.close();
    }

    /** The two ways of getting a transaction. */
    sealed interface Connections extends AutoCloseable permits SqliteConnections, PostgresConnections {
        <T extends @Nullable Object> T read(Function<Handle, T> work);

        <T extends @Nullable Object> T write(Function<Handle, T> work);

        @Override
        void close();
    }
}
