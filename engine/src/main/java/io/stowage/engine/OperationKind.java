package io.stowage.engine;

/** The kinds of operations, with the words LXD's clients know them by. */
public enum OperationKind {
    POOL_CREATE("Creating storage pool"),
    POOL_UPDATE("Updating storage pool"),
    POOL_DELETE("Deleting storage pool"),
    VOLUME_CREATE("Creating storage volume"),
    VOLUME_UPLOAD("Creating storage volume"),
    VOLUME_COPY("Copying storage volume"),
    VOLUME_REFRESH("Copying storage volume"),
    VOLUME_MOVE("Moving storage volume"),
    VOLUME_SEND("Migrating storage volume"),
    SNAPSHOT_SEND("Transferring volume snapshot"),
    VOLUME_RECEIVE("Creating storage volume"),
    VOLUME_RECEIVE_REFRESH("Copying storage volume"),
    VOLUME_UPDATE("Updating storage volume"),
    VOLUME_RENAME("Renaming storage volume"),
    VOLUME_RESTORE("Restoring storage volume"),
    VOLUME_DELETE("Deleting storage volume"),
    SNAPSHOT_CREATE("Creating storage volume snapshot"),
    SNAPSHOT_UPDATE("Updating storage volume snapshot"),
    SNAPSHOT_RENAME("Renaming storage volume snapshot"),
    SNAPSHOT_DELETE("Deleting storage volume snapshot"),
    BACKUP_CREATE("Creating custom volume backup"),
    BACKUP_RENAME("Renaming custom volume backup"),
    BACKUP_DELETE("Deleting custom volume backup"),
    BACKUP_RESTORE("Restoring custom volume backup"),
    ATTACH("Attaching storage volume"),
    DETACH("Detaching storage volume");

    private final String description;

    OperationKind(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
