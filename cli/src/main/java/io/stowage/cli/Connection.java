package io.stowage.cli;

import io.stowage.client.StowageClient;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where the server is. */
final class Connection {
    private static final String DEFAULT_STATE = "/var/lib/stowage";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "state folder of the server (default: $STOWAGE_STATE, then " + DEFAULT_STATE + ")")
    private @Nullable String state;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "the project whose volumes are meant (default: the server's default project)")
    private String project = "";

    StowageClient open() {
        String folder = Optional.ofNullable(state)
                .or(() -> Optional.ofNullable(System.getenv("STOWAGE_STATE")))
                .orElse(DEFAULT_STATE);
        return new StowageClient(Path.of(folder).resolve("unix.socket"), project);
    }
}
