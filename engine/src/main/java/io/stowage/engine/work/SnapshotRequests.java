package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.SnapshotDetails;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Journal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be asked of snapshots. */
public final class SnapshotRequests implements Snapshots {
    private final Site site;
    private final Journal journal;

    public SnapshotRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    @Override
    public List<Snapshot> list(VolumeName volume) {
        return site.database().read(tx -> Listing.snapshots(tx, Catalog.volume(tx, volume)));
    }

    @Override
    public List<Snapshot> list(String pool) {
        return site.database().read(tx -> Listing.snapshots(tx, Catalog.pool(tx, pool)));
    }

    @Override
    public Snapshot get(SnapshotName name) {
        return site.database().read(tx -> Catalog.show(tx, Catalog.snapshot(tx, name)));
    }

    @Override
    public Started<Snapshot> create(SnapshotCreation request) {
        String wished = request.name();
        if (wished != null && !wished.isEmpty()) {
            SnapshotIntent.checkName(wished);
        }
        SnapshotIntent intent = SnapshotIntent.now(site);
        return journal.start(tx -> {
            Projects.requireSnapshots(tx, request.volume().project());
            return intent.intend(tx, request);
        });
    }

    @Override
    public Started<Snapshot> update(SnapshotName name, Function<Snapshot, SnapshotDetails> change) {
        return journal.start(tx -> {
            SnapshotRow row = Catalog.readySnapshot(tx, name);
            return SnapshotChange.update(site, name, row, change.apply(Catalog.show(tx, row)));
        });
    }

    @Override
    public Started<Snapshot> rename(SnapshotName name, String newName) {
        SnapshotIntent.checkName(newName);
        return journal.start(tx -> {
            SnapshotRow row = Catalog.readySnapshot(tx, name);
            SnapshotIntent.refuseTaken(tx, row.volume(), newName);
            if (!Catalog.uses(tx, row).isEmpty()) {
                throw Refused.locked("Snapshot \"" + name.name() + "\" cannot be renamed while it is attached");
            }
            return SnapshotChange.rename(site, name, row, newName);
        });
    }

    @Override
    public Started<@Nullable Void> delete(SnapshotName name) {
        VolumeRow volume = site.database().read(tx -> {
            Catalog.readySnapshot(tx, name);
            return Catalog.volume(tx, name.volume());
        });
        PoolRequests.reach(site, volume.pool());
        return journal.start(tx -> SnapshotDelete.intend(site, tx, name));
    }
}
