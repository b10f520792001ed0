package io.stowage.cli;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stowage pool …} */
@Command(name = "pool", mixinStandardHelpOptions = true, description = "Storage pools.")
final class PoolCommands {
    private PoolCommands() {}

    static Stowage.Group group() {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("list", ListPools::new);
        commands.put("create", Create::new);
        commands.put("show", Show::new);
        commands.put("info", Info::new);
        commands.put("get", Get::new);
        commands.put("set", Set::new);
        commands.put("edit", Edit::new);
        commands.put("delete", Delete::new);
        return new Stowage.Group(new PoolCommands(), commands);
    }

    static String path(String pool) {
        return StowageClient.path("storage-pools", pool);
    }

    @Command(name = "list", description = "Lists the pools.")
    static final class ListPools extends ApiCommand {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.list(
                    client.get(StowageClient.path("storage-pools") + "?recursion=1")
                            .items(),
                    List.of(
                            new Output.Column("NAME", pool -> pool.get("name").text()),
                            new Output.Column(
                                    "DRIVER", pool -> pool.get("driver").text()),
                            new Output.Column(
                                    "DESCRIPTION",
                                    pool -> pool.get("description").text()),
                            new Output.Column(
                                    "USED BY",
                                    pool -> String.valueOf(
                                            pool.get("used_by").items().size())),
                            new Output.Column(
                                    "STATE", pool -> pool.get("status").text())));
        }
    }

    @Command(name = "create", description = "Creates a pool.")
    static final class Create extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL")
        private String pool = "";

        @Parameters(index = "1", paramLabel = "DRIVER", description = "pure or alletra")
        private String driver = "";

        @Parameters(index = "2..*", paramLabel = "KEY=VALUE")
        private List<String> settings = List.of();

        @Option(names = "--description", description = "what the pool is for")
        private String description = "";

        @Override
        void run(StowageClient client) {
            Json body = Json.of(Map.of(
                    "name", pool, "driver", driver, "description", description, "config", Settings.parse(settings)));
            follow(client, "POST", StowageClient.path("storage-pools"), body);
        }
    }

    @Command(name = "show", description = "Shows a pool.")
    static final class Show extends ApiCommand {
        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(path(pool)));
        }
    }

    @Command(name = "info", description = "Shows the space of a pool, in bytes.")
    static final class Info extends ApiCommand {
        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(path(pool) + "/resources"));
        }
    }

    @Command(name = "get", description = "Prints the value of a pool's key.")
    static final class Get extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL")
        private String pool = "";

        @Parameters(index = "1", paramLabel = "KEY")
        private String key = "";

        @Override
        void run(StowageClient client) {
            System.out.println(client.get(path(pool)).get("config").get(key).text());
        }
    }

    @Command(name = "set", description = "Sets keys of a pool; an empty value unsets.")
    static final class Set extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL")
        private String pool = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE")
        private List<String> settings = List.of();

        @Override
        void run(StowageClient client) {
            StowageClient.Tagged present = client.tagged(path(pool));
            client.put(path(pool), Settings.changed(present.value(), Settings.parse(settings)), present.etag());
        }
    }

    @Command(
            name = "edit",
            description = "Edits description and config of a pool as YAML, with $EDITOR or from standard input.")
    static final class Edit extends ApiCommand {
        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Override
        void run(StowageClient client) {
            Editing.of(client, path(pool));
        }
    }

    @Command(name = "delete", description = "Deletes an empty pool.")
    static final class Delete extends ApiCommand {
        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Override
        void run(StowageClient client) {
            follow(client, "DELETE", path(pool), null);
        }
    }
}
