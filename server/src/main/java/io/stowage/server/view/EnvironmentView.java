package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where and what the server is. Fields about instances are there, and empty, because clients expect
 * them.
 *
 * @param addresses what is listened on for remote clients
 * @param backupMetadataVersionRange oldest and newest version of backups' indices
 * @param storage names of the drivers, as LXD joins them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EnvironmentView(
        List<String> addresses,
        List<String> architectures,
        String certificate,
        String certificateFingerprint,
        String driver,
        String driverVersion,
        List<String> instanceTypes,
        String firewall,
        String kernel,
        String kernelArchitecture,
        Map<String, String> kernelFeatures,
        String kernelVersion,
        Map<String, String> lxcFeatures,
        String osName,
        String osVersion,
        String project,
        String server,
        boolean serverClustered,
        String serverEventMode,
        String serverName,
        long serverPid,
        String serverVersion,
        boolean serverLts,
        String storage,
        String storageVersion,
        List<DriverView> storageSupportedDrivers,
        List<Integer> backupMetadataVersionRange) {

    /** A storage driver; LXD writes these keys with capitals. */
    public record DriverView(
            @JsonProperty("Name") String name,
            @JsonProperty("Version") String version,
            @JsonProperty("Remote") boolean remote) {}
}
