package io.stowage.database;

import org.jdbi.v3.core.Handle;

/** The tables, within one transaction. */
public final class Transaction {
    private final Handle handle;

    Transaction(Handle handle) {
        this.handle = handle;
    }

    public Members members() {
        return new Members(handle);
    }

    public PoolTable pools() {
        return new PoolTable(handle);
    }

    public VolumeTable volumes() {
        return new VolumeTable(handle);
    }

    public SnapshotTable snapshots() {
        return new SnapshotTable(handle);
    }

    public AttachmentTable attachments() {
        return new AttachmentTable(handle);
    }

    public OperationTable operations() {
        return new OperationTable(handle);
    }

    public Locks locks() {
        return new Locks(handle);
    }

    public RecoveryTable recovery() {
        return new RecoveryTable(handle);
    }

    /** What a pool was configured with, without secrets. */
    public Settings poolConfig() {
        return new Settings(handle, "pool_config");
    }

    /** Sealed values of a pool. */
    public Settings poolSecrets() {
        return new Settings(handle, "pool_secrets");
    }

    public Settings volumeConfig() {
        return new Settings(handle, "volume_config");
    }

    public Settings snapshotConfig() {
        return new Settings(handle, "snapshot_config");
    }

    public Settings operationInput() {
        return new Settings(handle, "operation_input");
    }

    public Settings operationMetadata() {
        return new Settings(handle, "operation_metadata");
    }
}
