package io.stowage.host.nvme;

import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import java.nio.file.Path;

/** Makes initiators that speak NVMe/TCP. */
public final class NvmeHost {
    private NvmeHost() {}

    /**
     * A host that connects when it is asked for a namespace.
     *
     * @param folder where it remembers its controllers; made when absent
     */
    public static Initiator of(HostIdentity host, Path folder, InitiatorOptions general, NvmeOptions options) {
        return new Initiator(host.nqn(), new NvmeDialers(host, folder, general, options), general);
    }
}
