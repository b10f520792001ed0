package io.stowage.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite in WAL mode: one connection that writes, behind a lock, and a few that read and are never held up by it. A
 * commit is on the disk when it returns (synchronous FULL).
 */
final class SqliteConnections implements Database.Connections {
    /** Where the driver unpacks its library: a system property of the driver. */
    private static final String UNPACK_TO = "org.sqlite.tmpdir";

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 5_000;

    private final ReentrantLock writing = new ReentrantLock(true);
    private final Handle writer;
    private final BlockingQueue<Handle> readers = new ArrayBlockingQueue<>(READERS);

    SqliteConnections(Path file, Statements statements) {
        // Without IMMEDIATE a read that turns into a write fails at once when another process writes.
        SQLiteDataSource writing = source(file, SQLiteConfig.TransactionMode.IMMEDIATE);
        // A reader must not ask for the write lock.
        Jdbi reading = Columns.teach(Jdbi.create(source(file, SQLiteConfig.TransactionMode.DEFERRED)), statements);
        try {
            load(file);
            makePrivate(file);
            writer = Columns.teach(Jdbi.create(writing), statements).open();
            Schema.bringUpToDate(writer, writing);
            for (int i = 0; i < READERS; i++) {
                readers.add(reading.open());
            }
        } catch (IOException | RuntimeException e) {
            throw new DatabaseException("The database " + file + " can't be opened: " + rootMessage(e), e);
        }
    }

    /** Only its owner may read it; SQLite gives its other files the same mode, and says what is wrong with a path. */
    private static void makePrivate(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.isDirectory(folder) && !Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /**
     * Loads SQLite, once in a process. The driver unpacks its library into a file, which a killed process would leave
     * behind: once it is loaded nobody needs the file.
     */
    private static synchronized void load(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || System.getProperty(UNPACK_TO) != null) {
            return;
        }
        Path unpacked = Files.createTempDirectory(folder, "sqlite-");
        System.setProperty(UNPACK_TO, unpacked.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // what it declares
            throw new IOException("SQLite's library can't be loaded: " + rootMessage(e), e);
        } finally {
            delete(unpacked);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        Handle handle = takeReader();
        try {
            return Transactions.run(handle, connection -> {}, work);
        } finally {
            readers.add(handle);
        }
    }

    private Handle takeReader() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return readers.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Handle, T> work) {
        writing.lock();
        try {
            return Transactions.run(writer, connection -> {}, work);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < READERS; i++) {
            takeReader().close();
        }
        writing.lock();
        try {
            writer.close();
        } finally {
            writing.unlock();
        }
    }

    static String rootMessage(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
