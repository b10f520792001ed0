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

/** {@code stowage volume …} */
@Command(name = "volume", mixinStandardHelpOptions = true, description = "Custom volumes.")
final class VolumeCommands {
    private VolumeCommands() {}

    static Stowage.Group group() {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("list", ListVolumes::new);
        commands.put("create", Create::new);
        commands.put("show", Show::new);
        commands.put("info", Info::new);
        commands.put("get", Get::new);
        commands.put("set", Set::new);
        commands.put("edit", Edit::new);
        commands.put("rename", Rename::new);
        commands.put("copy", Copy::new);
        commands.put("restore", Restore::new);
        commands.put("delete", Delete::new);
        commands.put("attach", AttachmentCommands.Attach::new);
        commands.put("detach", AttachmentCommands.Detach::new);
        commands.put("mount", AttachmentCommands.Mount::new);
        commands.put("unmount", AttachmentCommands.Unmount::new);
        return new Stowage.Group(new VolumeCommands(), commands);
    }

    /** A command about one volume: {@code POOL VOLUME}. */
    abstract static class OneVolume extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL")
        private String pool = "";

        @Parameters(index = "1", paramLabel = "VOLUME", description = "name of the volume, or VOLUME/SNAPSHOT")
        private String name = "";

        Place place() {
            return Place.of(pool, name);
        }
    }

    @Command(name = "list", description = "Lists the custom volumes and snapshots of a pool.")
    static final class ListVolumes extends ApiCommand {
        @Parameters(paramLabel = "POOL")
        private String pool = "";

        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.list(
                    client.get(Place.volumes(pool) + "?recursion=1").items(),
                    List.of(
                            new Output.Column(
                                    "NAME", volume -> volume.get("name").text()),
                            new Output.Column(
                                    "DESCRIPTION",
                                    volume -> volume.get("description").text()),
                            new Output.Column(
                                    "CONTENT TYPE",
                                    volume -> volume.get("content_type").text()),
                            new Output.Column(
                                    "SIZE",
                                    volume -> volume.get("config").get("size").text()),
                            new Output.Column(
                                    "USED BY",
                                    volume -> String.valueOf(
                                            volume.get("used_by").items().size()))));
        }
    }

    @Command(name = "create", description = "Creates a volume.")
    static final class Create extends OneVolume {
        @Parameters(index = "2..*", paramLabel = "KEY=VALUE")
        private List<String> settings = List.of();

        @Option(names = "--type", description = "filesystem (default) or block")
        private String type = "filesystem";

        @Option(names = "--description", description = "what the volume is for")
        private String description = "";

        @Override
        void run(StowageClient client) {
            Json body = Json.of(Map.of(
                    "name",
                    place().name(),
                    "content_type",
                    type,
                    "description",
                    description,
                    "config",
                    Settings.parse(settings)));
            follow(client, "POST", Place.volumes(place().pool()), body);
        }
    }

    @Command(name = "show", description = "Shows a volume or snapshot.")
    static final class Show extends OneVolume {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(place().path()));
        }
    }

    @Command(name = "info", description = "Shows the usage of a volume, in bytes.")
    static final class Info extends OneVolume {
        @Mixin
        private Output output = new Output();

        @Override
        void run(StowageClient client) {
            output.object(client.get(place().path() + "/state"));
        }
    }

    @Command(name = "get", description = "Prints the value of a volume's key.")
    static final class Get extends OneVolume {
        @Parameters(index = "2", paramLabel = "KEY")
        private String key = "";

        @Override
        void run(StowageClient client) {
            System.out.println(client.get(place().path()).get("config").get(key).text());
        }
    }

    @Command(name = "set", description = "Sets keys of a volume (size=… resizes it); an empty value unsets.")
    static final class Set extends OneVolume {
        @Parameters(index = "2..*", arity = "1..*", paramLabel = "KEY=VALUE")
        private List<String> settings = List.of();

        @Override
        void run(StowageClient client) {
            StowageClient.Tagged present = client.tagged(place().path());
            client.put(place().path(), Settings.changed(present.value(), Settings.parse(settings)), present.etag());
        }
    }

    @Command(
            name = "edit",
            description = "Edits description and config of a volume as YAML, with $EDITOR or from standard input.")
    static final class Edit extends OneVolume {
        @Override
        void run(StowageClient client) {
            Editing.of(client, place().path());
        }
    }

    @Command(name = "rename", description = "Renames a volume.")
    static final class Rename extends OneVolume {
        @Parameters(index = "2", paramLabel = "NEW_NAME")
        private String newName = "";

        @Override
        void run(StowageClient client) {
            follow(client, "POST", place().path(), Json.of(Map.of("name", newName)));
        }
    }

    @Command(name = "copy", description = "Copies a volume or snapshot.")
    static final class Copy extends ApiCommand {
        @Parameters(index = "0", paramLabel = "POOL/VOLUME[/SNAPSHOT]")
        private String source = "";

        @Parameters(index = "1", paramLabel = "POOL/VOLUME")
        private String target = "";

        @Option(names = "--volume-only", description = "without the snapshots")
        private boolean volumeOnly;

        @Override
        void run(StowageClient client) {
            Place from = Place.parse(source);
            Place to = Place.parse(target);
            Json original = client.get(Place.of(from.pool(), from.volume()).path());
            Json body = Json.of(Map.of(
                    "name", to.name(),
                    "content_type", original.get("content_type"),
                    "description", original.get("description"),
                    "config", original.get("config"),
                    "source",
                            Map.of(
                                    "type",
                                    "copy",
                                    "pool",
                                    from.pool(),
                                    "name",
                                    from.name(),
                                    "volume_only",
                                    volumeOnly)));
            follow(client, "POST", Place.volumes(to.pool()), body);
        }
    }

    @Command(name = "restore", description = "Puts a volume back to a snapshot.")
    static final class Restore extends OneVolume {
        @Parameters(index = "2", paramLabel = "SNAPSHOT")
        private String snapshot = "";

        @Override
        void run(StowageClient client) {
            StowageClient.Tagged present = client.tagged(place().path());
            client.put(place().path(), Json.of(Map.of("restore", snapshot)), present.etag());
        }
    }

    @Command(name = "delete", description = "Deletes a volume with its snapshots.")
    static final class Delete extends OneVolume {
        @Override
        void run(StowageClient client) {
            follow(client, "DELETE", place().path(), null);
        }
    }
}
