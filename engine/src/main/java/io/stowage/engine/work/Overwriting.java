package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.SnapshotRef;
import io.stowage.engine.Volume;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a refresh does to its target, and how that is taken back: until everything is there a snapshot that only the work
 * knows holds what was there before.
 *
 * @param safety id in that snapshot's name
 * @param coming snapshots that the target gets
 * @param extra snapshots that it loses
 */
record Overwriting(Site site, UUID volume, UUID safety, List<UUID> coming, List<UUID> extra) {
    Overwriting {
        coming = List.copyOf(coming);
        extra = List.copyOf(extra);
    }

    private SnapshotRef safety(VolumeAtHand to) {
        return Catalog.ref(to.row(), safety);
    }

    /** The first step. */
    void keep() {
        VolumeAtHand to = VolumeAtHand.of(site, volume);
        to.array().createSnapshot(safety(to), Passage.passing(site, to));
    }

    /** The last step. */
    void letGo() {
        VolumeAtHand to = VolumeAtHand.of(site, volume);
        for (UUID snapshot : extra) {
            to.array().deleteSnapshot(Catalog.ref(to.row(), snapshot));
        }
        to.array().deleteSnapshot(safety(to));
    }

    /**
     * As {@link io.stowage.engine.journal.Work#done}.
     *
     * @param bytes that the content needs: a {@code size} below that follows, as one does below what the volume has; 0 where
     *     the content has room anyway
     */
    Volume done(Transaction tx, long bytes) {
        for (UUID snapshot : extra) {
            tx.recovery().forget(snapshot);
            tx.snapshots().delete(snapshot);
        }
        for (UUID snapshot : coming) {
            tx.snapshots().settle(snapshot, RowState.READY);
        }
        VolumeRow row = Catalog.volume(tx, volume);
        Map<String, String> config = new HashMap<>(tx.volumeConfig().get(volume));
        String size = config.getOrDefault(VolumeKeys.SIZE, "");
        boolean tooSmall = !size.isEmpty() && ByteSize.parse(size).bytes() < bytes;
        String told =
                tooSmall ? new ByteSize(row.size()).toString() : new VolumeRules(site).told(tx, row, size, row.size());
        if (!told.equals(size)) {
            config.put(VolumeKeys.SIZE, told);
            tx.volumeConfig().replace(volume, config);
            Recovery.touch(tx, row);
        }
        tx.volumes().settle(volume, RowState.READY);
        return Catalog.show(tx, Catalog.volume(tx, volume));
    }

    /** As {@link io.stowage.engine.journal.Work#failing}. */
    void failing(Transaction tx) {
        for (UUID snapshot : coming) {
            tx.snapshots().settle(snapshot, RowState.DELETING);
        }
        for (UUID snapshot : extra) {
            tx.snapshots().settle(snapshot, RowState.READY);
        }
    }

    /** As {@link io.stowage.engine.journal.Work#undo}. */
    void undo() {
        VolumeAtHand to = VolumeAtHand.of(site, volume);
        site.links().drop(to.pool(), to.onArray());
        if (to.array().findSnapshot(safety(to)).isPresent()) {
            to.array().restore(safety(to), percent -> {});
            long size = to.array()
                    .findVolume(to.onArray())
                    .map(ArrayVolume::size)
                    .orElse(new ByteSize(to.row().size()))
                    .bytes();
            to.noteSize(size);
        }
        for (UUID snapshot : coming) {
            to.array().deleteSnapshot(Catalog.ref(to.row(), snapshot));
        }
        to.array().deleteSnapshot(safety(to));
    }

    /** As {@link io.stowage.engine.journal.Work#undone}. */
    void undone(Transaction tx) {
        for (UUID snapshot : coming) {
            tx.recovery().forget(snapshot);
            tx.snapshots().delete(snapshot);
        }
        tx.volumes().settle(volume, RowState.READY);
    }
}
