package io.stowage.cli;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that speaks with the server. */
@Command(mixinStandardHelpOptions = true)
abstract class ApiCommand implements Callable<Integer> {
    @Mixin
    private Connection connection = new Connection();

    @Override
    public final Integer call() {
        run(connection.open());
        return 0;
    }

    abstract void run(StowageClient client);

    /** Sends a request and shows the progress of the operation that it starts. */
    static Json follow(StowageClient client, String method, String path, @Nullable Json body) {
        try (Progress progress = new Progress()) {
            return client.run(method, path, body, progress);
        }
    }
}
