package io.stowage.host.nvme;

import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.remote.Dialer;
import io.stowage.host.remote.Dialers;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.nvme.discovery.DiscoveryEntry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** NVMe/TCP, as it reaches any subsystem. */
final class NvmeDialers implements Dialers {
    private static final System.Logger LOG = System.getLogger(NvmeDialers.class.getName());
    private static final Duration LONGEST_LIST = Duration.ofSeconds(5);

    private final HostIdentity host;
    private final Path folder;
    private final InitiatorOptions general;
    private final NvmeOptions options;

    NvmeDialers(HostIdentity host, Path folder, InitiatorOptions general, NvmeOptions options) {
        this.host = host;
        this.folder = folder;
        this.general = general;
        this.options = options;
    }

    @Override
    public Dialer to(RemoteTarget target) throws IOException {
        String subsystem = target.qualifiedName();
        return new NvmeDialer(host, subsystem, ControllerFile.open(folder, subsystem), options, general);
    }

    @Override
    public List<String> listed(List<Portal> portals) {
        return portals.stream()
                .flatMap(NvmeDialers::services)
                .map(this::ask)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Arrays have the service at its own port; those on ports of their own, and some others, at the I/O port too. */
    private static Stream<Portal> services(Portal portal) {
        return portal.port() == Protocol.NVME_TCP.defaultPort()
                ? Stream.of(new Portal(portal.address(), Discovery.PORT), portal)
                : Stream.of(portal);
    }

    private List<String> ask(Portal service) {
        try {
            return Discovery.ask(host, service, LONGEST_LIST).stream()
                    .filter(entry -> entry.kind() == DiscoveryEntry.NVM && entry.transport() == DiscoveryEntry.TCP)
                    .map(DiscoveryEntry::subsystem)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} lists no subsystems: {1}", service, e.getMessage());
            return List.of();
        }
    }
}
