package io.stowage.cli;

import io.stowage.client.StowageClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stowage operation …} */
@Command(
        name = "operation",
        mixinStandardHelpOptions = true,
        description = "Work that the server is doing or has just done.")
final class OperationCommands {
    private OperationCommands() {}

    static Stowage.Group group() {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("list", ListOperations::new);
        commands.put("show", Show::new);
        commands.put("wait", Wait::new);
        commands.put("cancel", Cancel::new);
        return new Stowage.Group(new OperationCommands(), commands);
    }

    /** A command about one operation. */
    abstract static class OneOperation extends ApiCommand {
        @Parameters(paramLabel = "ID")
        private String id = "";

        String id() {
            return id;
        }

        String path() {
            return StowageClient.path("operations", id);
        }
    }

    @Command(name = "list", description = "Lists operations; ended ones for a minute.")
    static final class ListOperations extends ApiCommand {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.list(
                    client.get(StowageClient.path("operations") + "?recursion=1").fields().values().stream()
                            .flatMap(group -> group.items().stream())
                            .toList(),
                    List.of(
                            new Output.Column(
                                    "ID", operation -> operation.get("id").text()),
                            new Output.Column(
                                    "DESCRIPTION",
                                    operation -> operation.get("description").text()),
                            new Output.Column(
                                    "STATUS",
                                    operation -> operation.get("status").text()),
                            new Output.Column(
                                    "CREATED",
                                    operation -> operation.get("created_at").text()),
                            new Output.Column(
                                    "ERROR", operation -> operation.get("err").text())));
        }
    }

    @Command(name = "show", description = "Shows an operation.")
    static final class Show extends OneOperation {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(path()));
        }
    }

    @Command(name = "wait", description = "Waits for the end of an operation.")
    static final class Wait extends OneOperation {
        @Override
        void run(StowageClient client) {
            try (Progress progress = new Progress()) {
                client.follow(id(), progress);
            }
        }
    }

    @Command(name = "cancel", description = "Cancels an operation.")
    static final class Cancel extends OneOperation {
        @Override
        void run(StowageClient client) {
            follow(client, "DELETE", path(), null);
        }
    }
}
