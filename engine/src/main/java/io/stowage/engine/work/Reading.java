package io.stowage.engine.work;

import io.stowage.database.ReadingRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.pool.ArrayMap;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.model.ArrayName;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A snapshot, or what a backup holds, that is being read on this host: through a temporary volume with a name of its own,
 * beside what users do with the snapshot. The database knows of it before the array, and it goes with this process.
 */
final class Reading implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reading.class.getName());

    private final Site site;
    private final VolumeAtHand volume;
    private final UUID snapshot;
    private final UUID id;
    private final Path device;

    private Reading(Site site, VolumeAtHand volume, UUID snapshot, UUID id, Path device) {
        this.site = site;
        this.volume = volume;
        this.snapshot = snapshot;
        this.id = id;
        this.device = device;
    }

    /**
     * Makes a snapshot readable, and its files in {@link #folder}.
     *
     * @param snapshot the id in its name on the array
     */
    static Reading open(Site site, UUID volume, UUID snapshot) {
        return open(site, volume, snapshot, true);
    }

    /** Makes the blocks of a snapshot readable, as they are, whatever is in them. */
    static Reading ofBlocks(Site site, UUID volume, UUID snapshot) {
        return open(site, volume, snapshot, false);
    }

    private static Reading open(Site site, UUID volume, UUID snapshot, boolean mounted) {
        UUID id = UUID.randomUUID();
        site.database().write(tx -> {
            if (Catalog.volume(tx, volume).state() != RowState.READY) {
                throw Refused.locked("The volume is being deleted");
            }
            tx.readings().insert(new ReadingRow(id, volume, snapshot, site.me().id()));
            return null;
        });
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        try {
            at.array().createTemporary(Catalog.ref(at.row(), snapshot), name(at, id));
            Path device = site.links().attach(at.pool(), name(at, id), false, id);
            if (mounted && at.hasFiles()) {
                site.files().renewIdentity(device, at.fileSystem());
                site.files().mount(device, at.fileSystem(), site.layout().scratch(id), "ro");
            }
            return new Reading(site, at, snapshot, id, device);
        } catch (RuntimeException e) {
            end(site, at, id);
            throw Failures.of(e);
        }
    }

    private static ArrayName name(VolumeAtHand volume, UUID id) {
        return Catalog.onArray(volume.row(), id);
    }

    /** The names of all temporary volumes that are read through now. */
    static Set<ArrayName> names(Transaction tx) {
        Set<ArrayName> names = new HashSet<>();
        for (ReadingRow row : tx.readings().list()) {
            tx.volumes().find(row.volume()).ifPresent(volume -> names.add(Catalog.onArray(volume, row.id())));
        }
        return names;
    }

    static boolean isRead(Transaction tx, UUID volume, UUID snapshot) {
        return tx.readings().list(volume).stream()
                .anyMatch(row -> row.snapshot().equals(snapshot));
    }

    Path device() {
        return device;
    }

    /** Where it may have something else than zeroes, as far as its device or its array tells. */
    ExtentMap data() {
        return site.links()
                .data(name(volume, id))
                .or(() -> ArrayMap.of(volume.array(), Catalog.ref(volume.row(), snapshot), Optional.empty()))
                .orElseGet(ExtentMap::everything);
    }

    /** Where its files are. */
    Path folder() {
        return site.layout().scratch(id);
    }

    @Override
    public void close() {
        end(site, volume, id);
    }

    /** What can't be taken away now is nobody's from here on, and tidied up later. */
    private static void end(Site site, VolumeAtHand volume, UUID id) {
        try {
            if (volume.hasFiles()) {
                Scratch.leave(site, id);
            }
            site.links().drop(volume.pool(), name(volume, id));
            volume.array().deleteVolume(name(volume, id));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The temporary volume {0} is removed later: {1}", name(volume, id), e.getMessage());
            letGo(site, volume, id);
        } finally {
            site.database().write(tx -> {
                tx.readings().delete(id);
                return null;
            });
        }
    }

    private static void letGo(Site site, VolumeAtHand volume, UUID id) {
        site.links().noteUntidy(volume.pool().row().id());
        try {
            site.links().release(volume.pool(), name(volume, id), id);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "{0} stays connected: {1}", name(volume, id), e.getMessage());
        }
    }
}
