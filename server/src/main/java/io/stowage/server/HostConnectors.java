package io.stowage.server;

import io.stowage.engine.EngineOptions;
import io.stowage.engine.Refused;
import io.stowage.host.connector.Connector;
import io.stowage.host.userspace.UserspaceConnector;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;

/** The connectors that the command line asks for. */
final class HostConnectors implements EngineOptions.Connectors {
    private static final System.Logger LOG = System.getLogger(HostConnectors.class.getName());

    private final Options options;

    HostConnectors(Options options) {
        this.options = options;
    }

    @Override
    public List<Connector> open(UUID server) {
        return switch (options.connector()) {
            case USERSPACE -> userspace(server);
            case AUTO -> {
                LOG.log(Level.INFO, "Connector: userspace, as the kernel's is not built yet");
                yield userspace(server);
            }
        };
    }

    private List<Connector> userspace(UUID server) {
        try {
            var folder = Files.createDirectories(options.state().resolve("host"));
            return UserspaceConnector.open(folder, server, options.holderTimeout());
        } catch (IOException e) {
            throw new Refused(Refused.Kind.FAILED, "The user-space connector can't be opened: " + e.getMessage(), e);
        }
    }
}
