package io.stowage.server.settings;

import io.stowage.engine.VolumeName;
import java.util.Map;

/**
 * A profile: what LXD's instances would get from it. Here it only says which volumes somebody means to use.
 *
 * @param devices properties of each device, by its name
 */
public record Profile(
        String project,
        String name,
        String description,
        Map<String, String> config,
        Map<String, Map<String, String>> devices) {
    public Profile {
        config = Map.copyOf(config);
        devices = Map.copyOf(devices);
    }

    /** Whether one of its devices is a volume. Volumes of a project are used by its own profile only. */
    public boolean uses(VolumeName volume) {
        return project.equals(volume.project()) && devices.values().stream().anyMatch(device -> isOf(device, volume));
    }

    /** Whether one of its devices is a volume of a pool. */
    public boolean uses(String pool) {
        return devices.values().stream().anyMatch(device -> pool.equals(device.get("pool")));
    }

    static boolean isOf(Map<String, String> device, VolumeName volume) {
        return volume.pool().equals(device.get("pool")) && volume.name().equals(device.get("source"));
    }
}
