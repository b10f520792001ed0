package io.stowage.cli;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Volumes as block devices and mounted file systems of this machine. */
final class AttachmentCommands {
    private static final String DEVICE = "device";
    private static final String MOUNT = "mount";

    private AttachmentCommands() {}

    private static Json attach(StowageClient client, Place place, String kind, String path, boolean readOnly) {
        Json body = Json.of(Map.of("kind", kind, "path", path, "read_only", readOnly));
        return ApiCommand.follow(client, "POST", place.path() + "/attachments", body);
    }

    /** Ends the attachment of that kind, the latest one first. */
    private static void detach(StowageClient client, Place place, String kind, Optional<String> path) {
        List<Json> fitting = client.get(place.path() + "/attachments?recursion=1").items().stream()
                .filter(attachment -> attachment.get("kind").text().equals(kind))
                .filter(attachment ->
                        path.isEmpty() || attachment.get("path").text().equals(path.get()))
                .toList();
        if (fitting.isEmpty()) {
            throw new Wrong("volume \"" + place.name() + "\" of pool \"" + place.pool() + "\" is not "
                    + (kind.equals(MOUNT) ? "mounted" : "attached")
                    + path.map(where -> " at " + where).orElse(""));
        }
        String id = fitting.getLast().get("id").text();
        ApiCommand.follow(client, "DELETE", place.path() + "/attachments/" + id, null);
    }

    @Command(name = "attach", description = "Makes a volume a block device of this machine and prints its path.")
    static final class Attach extends VolumeCommands.OneVolume {
        @Option(names = "--read-only", description = "refuse writes")
        private boolean readOnly;

        @Override
        void run(StowageClient client) {
            System.out.println(
                    attach(client, place(), DEVICE, "", readOnly).get("device").text());
        }
    }

    @Command(name = "detach", description = "Takes a volume's block device away.")
    static final class Detach extends VolumeCommands.OneVolume {
        @Override
        void run(StowageClient client) {
            detach(client, place(), DEVICE, Optional.empty());
        }
    }

    @Command(name = "mount", description = "Mounts a file-system volume and prints the path.")
    static final class Mount extends VolumeCommands.OneVolume {
        @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "default: below the state folder")
        private String path = "";

        @Option(names = "--read-only", description = "refuse writes")
        private boolean readOnly;

        @Override
        void run(StowageClient client) {
            String where = path.isEmpty()
                    ? ""
                    : Path.of(path).toAbsolutePath().normalize().toString();
            System.out.println(
                    attach(client, place(), MOUNT, where, readOnly).get("path").text());
        }
    }

    @Command(name = "unmount", description = "Unmounts a file-system volume.")
    static final class Unmount extends VolumeCommands.OneVolume {
        @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "when it is mounted at several")
        private String path = "";

        @Override
        void run(StowageClient client) {
            Optional<String> where = Optional.of(path)
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text).toAbsolutePath().normalize().toString());
            detach(client, place(), MOUNT, where);
        }
    }
}
