package io.stowage.array.scsi;

import java.util.List;

/**
 * The device that the units belong to.
 *
 * @param name its IQN
 * @param ports relative identifiers of all target ports, 1 to 65535
 */
public record TargetDevice(String name, List<Integer> ports) {
    public TargetDevice {
        ports = List.copyOf(ports);
    }

    /** The target port group of a port: each has its own, with the port's number. */
    static int groupOf(int port) {
        return port;
    }
}
