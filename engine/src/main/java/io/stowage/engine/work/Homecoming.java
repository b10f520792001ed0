package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.driver.ArrayVolume;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.pool.OpenPool;
import io.stowage.model.ArrayName;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes this host as the database says: brings attachments back, ends what nobody wants any more, and removes stray
 * connections and temporary volumes. A pool whose array is out of reach is tried again with the next {@link #repeat}.
 */
public final class Homecoming {
    private static final System.Logger LOG = System.getLogger(Homecoming.class.getName());

    private final Site site;
    private final Set<PoolRow> untidy = ConcurrentHashMap.newKeySet();

    public Homecoming(Site site) {
        this.site = site;
    }

    /** The first time after a start, before any other work. */
    public void begin() {
        List<AttachmentRow> rows = mine();
        forgetReadings();
        abandonStrangers(rows);
        // After their devices: what waits for a dead one would hang.
        site.layout().scratches().forEach(left -> attempt("mount " + left, () -> Scratch.leave(site, left)));
        for (AttachmentRow row : rows) {
            attempt("attachment " + row.id(), () -> bringBack(row));
        }
        untidy.addAll(site.database().read(tx -> tx.pools().list()));
        tidy();
    }

    /** Who read snapshots in an earlier life does not go on; their temporary volumes are nobody's then. */
    private void forgetReadings() {
        site.database().write(tx -> {
            tx.readings().list().stream()
                    .filter(row -> row.member().equals(site.me().id()))
                    .forEach(row -> tx.readings().delete(row.id()));
            return null;
        });
    }

    /** What could not be done before. */
    public void repeat() {
        for (AttachmentRow row : mine()) {
            if (row.state() == RowState.READY
                    && !site.links().holds(AttachmentWork.of(site, row.id()).onArray(), row.id())) {
                attempt("attachment " + row.id(), () -> bringBack(row));
            }
        }
        Set<UUID> pools = site.links().takeUntidy();
        untidy.addAll(site.database().read(tx -> tx.pools().list()).stream()
                .filter(pool -> pools.contains(pool.id()))
                .toList());
        tidy();
    }

    private List<AttachmentRow> mine() {
        return site.database().read(tx -> tx.attachments().listMember(site.me().id()));
    }

    private static void bringBack(AttachmentWork attachment) {
        if (attachment.row().state() == RowState.READY) {
            attachment.bringBack();
        } else {
            attachment.carryOn();
        }
    }

    private void bringBack(AttachmentRow row) {
        bringBack(AttachmentWork.of(site, row.id()));
    }

    private void abandonStrangers(List<AttachmentRow> rows) {
        Set<ArrayName> wanted = rows.stream()
                .map(row -> AttachmentWork.of(site, row.id()).onArray())
                .collect(Collectors.toSet());
        attempt("devices of an earlier life", () -> site.links().abandonAllBut(wanted));
    }

    private void tidy() {
        for (PoolRow pool : Set.copyOf(untidy)) {
            if (attempt("pool " + pool.name(), () -> tidy(pool))) {
                untidy.remove(pool);
            }
        }
    }

    private void tidy(PoolRow row) {
        if (site.database().read(tx -> tx.pools().find(row.id())).isEmpty()) {
            return;
        }
        OpenPool pool = site.pools().get(row.id());
        leaveForgotten();
        Set<ArrayName> connected = names(mine());
        connected.addAll(site.database().read(Reading::names));
        site.links().tidy(pool, connected);
        List<ArrayVolume> volumes = pool.array().volumes();
        // Asked after the array: whoever makes a temporary volume has written down before what it is for.
        Set<ArrayName> wanted =
                names(site.database().read(tx -> tx.attachments().list()));
        wanted.addAll(site.database().read(Reading::names));
        for (ArrayVolume volume : volumes) {
            ArrayName name = volume.name();
            if (name.snapshot() && !wanted.contains(name) && !site.links().isClaimed(name)) {
                LOG.log(Level.INFO, "Removing the temporary volume {0} in pool {1}", name, row.name());
                site.links().drop(pool, name);
                pool.array().deleteVolume(name);
            }
        }
    }

    /** Ends mounts that could not be ended by those who made them. */
    private void leaveForgotten() {
        // Looked for before the database is asked: whoever mounts has written down before what it is for.
        for (Path folder : site.layout().scratches()) {
            Optional<UUID> id = uuid(folder);
            if (id.isPresent() && !site.database().read(tx -> Scratch.isWanted(tx, id.get()))) {
                Scratch.leave(site, id.get());
            }
        }
    }

    private static Optional<UUID> uuid(Path folder) {
        try {
            return Optional.of(UUID.fromString(folder.getFileName().toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // of somebody who takes it away himself
        }
    }

    private Set<ArrayName> names(List<AttachmentRow> rows) {
        Set<ArrayName> names = new HashSet<>();
        for (AttachmentRow row : rows) {
            names.add(AttachmentWork.of(site, row.id()).onArray());
        }
        return names;
    }

    /** Unmounts and disconnects everything on this host; the database keeps what is to come back. */
    public void takeDown() {
        for (AttachmentRow row : mine()) {
            if (row.path() != null) {
                attempt("unmount " + row.path(), () -> site.files().unmount(Path.of(row.path())));
            }
        }
        site.links().takeDown();
    }

    private static boolean attempt(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Not now: " + what + ": " + Failures.of(e).getMessage());
            return false;
        }
    }
}
