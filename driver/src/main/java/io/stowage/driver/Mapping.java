package io.stowage.driver;

import io.stowage.model.ArrayName;

/**
 * A volume that a host sees.
 *
 * @param host the name of the host object on the array
 * @param unit the logical unit number (iSCSI) or namespace id (NVMe)
 */
public record Mapping(String host, ArrayName volume, int unit, DeviceIdentity identity) {}
