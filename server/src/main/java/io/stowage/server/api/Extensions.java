package io.stowage.server.api;

import java.util.List;

/**
 * What {@code api_extensions} claims: only what is built, as clients rely on it. Never claimed are
 * {@code storage_and_profile_operations} and {@code storage_and_network_operations}, which would make
 * changes of pools and volumes asynchronous: older clients don't wait for those.
 */
final class Extensions {
    static final List<String> CLAIMED = List.of(
            // basics
            "etag",
            "patch",
            "entity_description",
            "usedby_consistency",
            "api_filtering",
            "api_os",
            "resources",
            "projects",
            "warnings",
            "metadata_configuration",
            "metrics",
            "metrics_authentication",
            "instances",
            "container_full",
            // pools
            "storage",
            "server_supported_storage_drivers",
            "storage_driver_pure",
            "storage_block_filesystem_btrfs",
            // volumes
            "storage_api_volume_rename",
            "storage_api_local_volume_handling",
            "custom_block_volumes",
            "custom_volume_iso",
            "shared_custom_block_volumes",
            "storage_volume_state",
            "storage_volume_state_total",
            "storage_volumes_created_at",
            "storage_volatile_uuid",
            "storage_volume_api_filtering",
            // copies and moves, rsync.bwlimit holding what passes through this host
            "custom_volume_refresh",
            "storage_rsync_bwlimit",
            "storage_api_project",
            "storage_volume_project_move",
            "storage_volumes_all",
            "storage_volumes_all_projects",
            // between servers
            "storage_api_remote_volume_handling",
            "storage_api_remote_volume_snapshots",
            "storage_api_remote_volume_snapshot_copy",
            "migration_progress",
            // snapshots
            "storage_api_volume_snapshots",
            "custom_volume_snapshot_expiry",
            "volume_snapshot_scheduling",
            "snapshot_scheduling",
            "snapshot_schedule_aliases",
            "snapshot_expiry",
            "snapshot_expiry_creation",
            // backups
            "custom_volume_backup",
            "backup_override_name",
            "backup_compression",
            "backup_compression_algorithm",
            "backup_metadata_version",
            "import_custom_volume_tar",
            // operations and events
            "operation_description",
            "operation_wait",
            "operations_get_query_all_projects",
            "operation_metadata_entity_url",
            "event_lifecycle",
            "event_location",
            "event_project",
            "event_lifecycle_name_and_project",
            "event_lifecycle_requestor_address",
            "operation_requestor",
            // trust
            "certificate_update",
            "certificate_project",
            "certificate_token",
            "certificate_self_renewal",
            "explicit_trust_token",
            "remote_token_expiry",
            "client_cert_presence",
            // and who we are
            "stowage");

    private Extensions() {}
}
