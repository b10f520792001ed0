package io.stowage.engine;

import io.stowage.database.Database;
import io.stowage.database.DatabaseException;
import io.stowage.database.MemberRow;
import io.stowage.engine.host.Layout;
import io.stowage.engine.host.Links;
import io.stowage.engine.host.LocalFiles;
import io.stowage.engine.host.VolumeFiles;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.engine.pool.OpenPools;
import io.stowage.engine.pool.PoolConfigs;
import io.stowage.engine.pool.SecretBox;
import io.stowage.engine.work.AttachmentRequests;
import io.stowage.engine.work.BackupRequests;
import io.stowage.engine.work.Homecoming;
import io.stowage.engine.work.MigrationRequests;
import io.stowage.engine.work.OperationRequests;
import io.stowage.engine.work.PoolRequests;
import io.stowage.engine.work.Recovery;
import io.stowage.engine.work.Site;
import io.stowage.engine.work.SnapshotRequests;
import io.stowage.engine.work.Timetable;
import io.stowage.engine.work.VolumeRequests;
import io.stowage.engine.work.Works;
import io.stowage.host.connector.Connector;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stowage's volumes engine: everything that volumes, snapshots and pools mean, over drivers, host and database. One engine
 * has a state folder for itself. What it had begun when it was killed, its next life finishes or undoes.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final String DATABASE = "stowage.db";
    private static final String SECRET_KEY = "secret.key";

    private final MemberRow me;
    private final Journal journal;
    private final Site site;
    private final SecretBox secrets;
    private final Warnings warnings;
    private final PoolWatch watch;
    private final Works works;
    private final Homecoming homecoming;
    private final Timetable timetable;
    private final Upkeep upkeep;
    private final ReentrantLock settling = new ReentrantLock();
    /** Closed in the reverse order of their opening. */
    private final Deque<AutoCloseable> opened;

    private Engine(EngineOptions options, Deque<AutoCloseable> opened) {
        this.opened = opened;
        Path state = options.state();
        Layout layout = new Layout(state);
        Failures.ioAction(() -> Files.setPosixFilePermissions(
                Files.createDirectories(layout.secrets()), PosixFilePermissions.fromString("rwx------")));
        opened.push(StateFolder.lock(state));
        UUID id = StateFolder.identity(state);
        Database database = database(options);
        opened.push(database);
        me = database.write(tx ->
                tx.members().start(id, options.serverName(), options.clock().instant()));
        database.write(tx -> {
            tx.locks().releaseBefore(me.id(), me.epoch());
            return null;
        });
        @Nullable Path givenKey = options.secretKey();
        secrets = SecretBox.open(givenKey == null ? state.resolve(SECRET_KEY) : givenKey);
        PoolConfigs configs = new PoolConfigs(secrets);
        warnings = new Warnings(database, me, options.clock());
        watch = new PoolWatch(database, warnings);
        OpenPools pools = new OpenPools(database, configs, options.drivers(), layout.secrets(), watch::lost);
        opened.push(pools);
        List<Connector> connectors = options.connectors().open(id);
        connectors.forEach(opened::push);
        @Nullable VolumeFiles givenFiles = options.files();
        site = new Site(
                database,
                me,
                pools,
                configs,
                new Links(connectors, options.serverName()),
                givenFiles == null ? new LocalFiles(layout.scratch()) : givenFiles,
                options.blocks(),
                layout,
                new Recovery(database, pools),
                options.clock(),
                options.moves());
        works = new Works(site);
        journal = new Journal(database, me, options.clock());
        opened.push(journal);
        homecoming = new Homecoming(site);
        timetable = new Timetable(site, journal);
        opened.push(timetable);
        upkeep = new Upkeep(
                this::comeHome, this::settle, journal.leases()::renew, this::lookAtSchedules, options.pace());
        opened.push(upkeep);
    }

    private static Database database(EngineOptions options) {
        @Nullable String url = options.databaseUrl();
        try {
            return options.databases()
                    .apply(url == null ? "sqlite:" + options.state().resolve(DATABASE) : url);
        } catch (DatabaseException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Opens the engine. It answers questions at once; work that is asked for waits until this host is again as the
     * database says, which happens in the background.
     *
     * @throws Refused when the state folder is in use, or folder, key or database can't be used
     */
    public static Engine open(EngineOptions options) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        Engine engine;
        try {
            engine = new Engine(options, opened);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw Failures.of(e);
        }
        engine.upkeep.start();
        return engine;
    }

    public Pools pools() {
        return new PoolRequests(site, journal);
    }

    public Volumes volumes() {
        return new VolumeRequests(site, journal);
    }

    public Snapshots snapshots() {
        return new SnapshotRequests(site, journal);
    }

    public Backups backups() {
        return new BackupRequests(site, journal);
    }

    public Migrations migrations() {
        return new MigrationRequests(site, journal);
    }

    public Attachments attachments() {
        return new AttachmentRequests(site, journal);
    }

    public Operations operations() {
        return new OperationRequests(journal);
    }

    public Warnings warnings() {
        return warnings;
    }

    /** The installation's database, for what the server keeps beside storage. */
    public Database database() {
        return site.database();
    }

    /** Seals secret values for the database. */
    public SecretBox secrets() {
        return secrets;
    }

    /** Identity of this installation. */
    public UUID serverId() {
        return me.id();
    }

    public String serverName() {
        return me.name();
    }

    private void comeHome() {
        try {
            homecoming.begin();
        } finally {
            journal.open();
        }
    }

    /** Tries once everything that was left for later, and waits for it: unsettled work, attachments, recovery records. */
    public void settle() {
        upkeep.awaitStart();
        settling.lock();
        try {
            homecoming.repeat();
            journal.resume(works::read);
            site.recovery().writeAll();
            new BackupRequests(site, journal).prune();
            journal.prune();
            watch.look(site.pools());
        } finally {
            settling.unlock();
        }
    }

    private void lookAtSchedules() {
        upkeep.awaitStart();
        timetable.look();
    }

    /** Takes the snapshots that are due and deletes those whose time is over, as else at its pace, and waits for it. */
    public void keepSchedules() {
        lookAtSchedules();
        timetable.awaitQuiet();
    }

    /**
     * Waits until this host is again as the database says, as far as arrays are in reach.
     *
     * @return false when the time is over before
     */
    public boolean awaitHome(Duration limit) {
        return upkeep.awaitStart(limit);
    }

    /** Unmounts and detaches everything on this host, as before its shutdown; the next start brings it back. */
    public void detachAll() {
        journal.close();
        homecoming.takeDown();
    }

    /** Ends the work of this process: attachments stay, unfinished operations go on with the next start. */
    @Override
    public void close() {
        closeAll(opened);
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "While closing", e);
            }
        }
    }
}
