package io.stowage.engine.work;

import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Work;

/** Makes work from journal entries, after a restart. */
public final class Works {
    private final Site site;

    public Works(Site site) {
        this.site = site;
    }

    public Work<?> read(Entry entry) {
        return switch (entry.kind()) {
            case POOL_CREATE -> PoolCreate.again(site, entry);
            case POOL_UPDATE -> new PoolUpdate(site, entry);
            case POOL_DELETE -> new PoolDelete(site, entry);
            case VOLUME_CREATE -> new VolumeCreate(site, entry);
            case VOLUME_UPLOAD -> new VolumeUpload(site, entry);
            case VOLUME_COPY -> new VolumeDuplicate(site, entry);
            case VOLUME_MOVE ->
                // Inside a pool the array has nothing to do with projects.
                entry.input().containsKey("target") ? new VolumeDuplicate(site, entry) : new VolumeRename(site, entry);
            case VOLUME_REFRESH -> new VolumeRefresh(site, entry);
            case VOLUME_SEND, SNAPSHOT_SEND -> new VolumeSend(site, entry);
            case VOLUME_RECEIVE -> new VolumeReceive(site, entry);
            case VOLUME_RECEIVE_REFRESH -> new RefreshReceive(site, entry);
            case VOLUME_UPDATE -> new VolumeUpdate(site, entry);
            case VOLUME_RENAME -> new VolumeRename(site, entry);
            case VOLUME_RESTORE -> new VolumeRestore(site, entry);
            case VOLUME_DELETE -> new VolumeDelete(site, entry);
            case SNAPSHOT_CREATE -> new SnapshotCreate(site, entry);
            case SNAPSHOT_UPDATE, SNAPSHOT_RENAME -> new SnapshotChange(site, entry);
            case SNAPSHOT_DELETE -> new SnapshotDelete(site, entry);
            case BACKUP_CREATE -> new BackupCreate(site, entry);
            case BACKUP_RENAME -> new BackupRename(site, entry);
            case BACKUP_DELETE -> new BackupDelete(site, entry);
            case BACKUP_RESTORE -> new BackupImport(site, entry);
            case ATTACH -> new Attach(site, entry);
            case DETACH -> new Detach(site, entry);
        };
    }
}
