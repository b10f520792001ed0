package io.stowage.array.core;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where hosts reach the array's data, in the order of its data addresses.
 *
 * @param iscsi one for each data address
 * @param nvme the same for NVMe over TCP; empty if that isn't served
 * @param ports all of them, to be asked and ruled
 */
public record DataPortals(List<InetSocketAddress> iscsi, List<InetSocketAddress> nvme, DataPorts ports) {
    /** Those of an array that serves no data. */
    public static final DataPortals NONE = new DataPortals(List.of(), List.of(), DataPorts.NONE);

    public DataPortals {
        iscsi = List.copyOf(iscsi);
        nvme = List.copyOf(nvme);
    }
}
