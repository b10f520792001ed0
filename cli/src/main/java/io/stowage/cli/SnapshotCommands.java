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
import picocli.CommandLine.Parameters;

/** {@code stowage snapshot …} */
@Command(name = "snapshot", mixinStandardHelpOptions = true, description = "Snapshots of custom volumes.")
final class SnapshotCommands {
    private SnapshotCommands() {}

    static Stowage.Group group() {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("list", ListSnapshots::new);
        commands.put("create", Create::new);
        commands.put("show", Show::new);
        commands.put("rename", Rename::new);
        commands.put("delete", Delete::new);
        return new Stowage.Group(new SnapshotCommands(), commands);
    }

    /** A command about one volume's snapshots: {@code POOL VOLUME}. */
    abstract static class OfVolume extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL")
        private String pool = "";

        @Parameters(index = "1", paramLabel = "VOLUME")
        private String volume = "";

        String snapshots() {
            return new Place(pool, volume, "").path() + "/snapshots";
        }

        String snapshot(String name) {
            return new Place(pool, volume, name).path();
        }
    }

    /** A command about one snapshot: {@code POOL VOLUME SNAPSHOT}. */
    abstract static class OneSnapshot extends OfVolume {
        @Parameters(index = "2", paramLabel = "SNAPSHOT")
        private String name = "";

        String path() {
            return snapshot(name);
        }
    }

    @Command(name = "list", description = "Lists the snapshots of a volume.")
    static final class ListSnapshots extends OfVolume {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.list(
                    client.get(snapshots() + "?recursion=1").items(),
                    List.of(
                            new Output.Column("NAME", ListSnapshots::ownName),
                            new Output.Column(
                                    "DESCRIPTION",
                                    snapshot -> snapshot.get("description").text()),
                            new Output.Column(
                                    "CREATED",
                                    snapshot -> snapshot.get("created_at").text()),
                            new Output.Column("EXPIRES", ListSnapshots::expiry)));
        }

        private static String ownName(Json snapshot) {
            String name = snapshot.get("name").text();
            return name.substring(name.indexOf('/') + 1);
        }

        private static String expiry(Json snapshot) {
            String time = snapshot.get("expires_at").text();
            return time.startsWith("0001-") ? "" : time;
        }
    }

    @Command(name = "create", description = "Takes a snapshot and prints its name.")
    static final class Create extends OfVolume {
        @Parameters(index = "2", arity = "0..1", paramLabel = "SNAPSHOT", description = "default: by snapshots.pattern")
        private String name = "";

        @Override
        void run(StowageClient client) {
            Json metadata = follow(client, "POST", snapshots(), Json.of(Map.of("name", name)));
            String url = metadata.get("entity_url").text();
            System.out.println(name.isEmpty() ? url.substring(url.lastIndexOf('/') + 1) : name);
        }
    }

    @Command(name = "show", description = "Shows a snapshot.")
    static final class Show extends OneSnapshot {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(path()));
        }
    }

    @Command(name = "rename", description = "Renames a snapshot.")
    static final class Rename extends OneSnapshot {
        @Parameters(index = "3", paramLabel = "NEW_NAME")
        private String newName = "";

        @Override
        void run(StowageClient client) {
            follow(client, "POST", path(), Json.of(Map.of("name", newName)));
        }
    }

    @Command(name = "delete", description = "Deletes a snapshot.")
    static final class Delete extends OneSnapshot {
        @Override
        void run(StowageClient client) {
            follow(client, "DELETE", path(), null);
        }
    }
}
