package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Volume;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Work;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Fills the volume of a row that says {@code CREATING}, and those of its snapshots, with what comes from outside. Nobody
 * sends that again: cut short by a restart it is taken back.
 */
abstract class Arrival implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    Arrival(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    final Site site() {
        return site;
    }

    /** The volume. */
    final UUID id() {
        return id;
    }

    @Override
    public final Entry entry() {
        return entry;
    }

    @Override
    public final List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    @Override
    public Volume done(Transaction tx) {
        for (SnapshotRow snapshot : tx.snapshots().everything(id)) {
            tx.snapshots().settle(snapshot.id(), RowState.READY);
        }
        VolumeRow row = Catalog.volume(tx, id);
        if (Catalog.content(row) == ContentType.ISO) {
            Map<String, String> config = new HashMap<>(tx.volumeConfig().get(id));
            config.put(VolumeKeys.SIZE, Long.toString(row.size()));
            tx.volumeConfig().replace(id, config);
            Recovery.touch(tx, row);
        }
        tx.volumes().settle(id, RowState.READY);
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public final void failing(Transaction tx) {
        tx.volumes().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        Scratch.leave(site, id);
        VolumeCreate.takeBack(site, id);
    }

    @Override
    public final void undone(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, id));
    }

    @Override
    public final boolean mayCancel() {
        return true;
    }

    @Override
    public final boolean survivesRestart() {
        return false;
    }
}
