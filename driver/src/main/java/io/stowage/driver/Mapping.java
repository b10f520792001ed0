package io.stowage.driver;

import io.stowage.model.ArrayName;
import java.util.Optional;

/**
 * A volume that a host sees.
 *
 * @param host the name of the host object on the array
 * @param unit the logical unit number (iSCSI) or namespace id (NVMe)
 * @param target the IQN or NQN under which the host finds it, where the array has one for each host and tells it here;
 *     portals list it to the host
 */
public record Mapping(String host, ArrayName volume, int unit, DeviceIdentity identity, Optional<String> target) {}
