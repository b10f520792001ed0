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

    public ScheduleTable schedules() {
        return new ScheduleTable(handle);
    }

    public BackupTable backups() {
        return new BackupTable(handle);
    }

    public ReadingTable readings() {
        return new ReadingTable(handle);
    }

    public Lineage lineage() {
        return new Lineage(handle);
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

    public ProjectTable projects() {
        return new ProjectTable(handle);
    }

    public CertificateTable certificates() {
        return new CertificateTable(handle);
    }

    public TrustTokenTable trustTokens() {
        return new TrustTokenTable(handle);
    }

    public WarningTable warnings() {
        return new WarningTable(handle);
    }

    public ProfileTable profiles() {
        return new ProfileTable(handle);
    }

    /** The projects that are open to a restricted certificate. */
    public ProjectLists certificateProjects() {
        return new ProjectLists(handle, "certificate_projects");
    }

    /** The projects that will be open to whoever shows a token. */
    public ProjectLists tokenProjects() {
        return new ProjectLists(handle, "trust_token_projects");
    }

    public Settings projectConfig() {
        return new Settings(handle, "project_config");
    }

    /** The owner is a member, or the zero UUID for what holds for all members. */
    public Settings serverConfig() {
        return new Settings(handle, "server_config");
    }

    public Settings profileConfig() {
        return new Settings(handle, "profile_config");
    }

    /** JSON of each device, by its name. */
    public Settings profileDevices() {
        return new Settings(handle, "profile_devices");
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
