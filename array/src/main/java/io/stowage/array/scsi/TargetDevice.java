package io.stowage.array.scsi;

import java.util.List;

/**
 * The device that the units belong to.
 *
 * @param name its IQN
 * @param ports relative identifiers of all target ports, 1 to 65535
 */
public record TargetDevice(String name, List<Integer> ports) {
    /** The one target port group: all paths are equal. */
    static final int PORT_GROUP = 1;

    public TargetDevice {
        ports = List.copyOf(ports);
    }
}
