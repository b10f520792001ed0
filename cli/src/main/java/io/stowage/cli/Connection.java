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
            names = "--remote",
            paramLabel = "NAME",
            description = "a server elsewhere, one of those that stowage remote list shows")
    private @Nullable String remote;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "the project whose volumes are meant (default: the server's default project)")
    private String project = "";

    /** @throws Wrong the remote isn't known, or both are named */
    StowageClient open() {
        if (remote != null) {
            if (state != null) {
                throw new Wrong("--state and --remote can't both be given: one is a server here, the other elsewhere");
            }
            Remotes remotes = new Remotes();
            return remotes.client(remotes.get(remote), project);
        }
        String folder = Optional.ofNullable(state)
                .or(() -> Optional.ofNullable(System.getenv("STOWAGE_STATE")))
                .orElse(DEFAULT_STATE);
        return new StowageClient(Path.of(folder).resolve("unix.socket"), project);
    }
}
