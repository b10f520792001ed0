package io.stowage.server.migration;

import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.server.view.GoTime;
import io.stowage.server.view.SnapshotView;
import io.stowage.server.view.VolumeView;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The index of version 1: what of a volume's snapshots has no room in the header (lxd-api.md, section 15.3). */
final class IndexJson {
    /** More than ten thousand snapshots with their configs need. Bytes. */
    private static final int LONGEST = 16 << 20;

    private static final int OK = 200;

    private IndexJson() {}

    static byte[] write(Volume volume, List<MovingSnapshot> snapshots) {
        var config = Json.object();
        for (var absent : List.of("Container", "Snapshots", "Pool", "Profiles")) {
            config.putNull(absent);
        }
        config.set("Volume", Json.toTree(VolumeView.of(volume)));
        var all = config.putArray("VolumeSnapshots");
        for (var snapshot : snapshots) {
            all.add(Json.toTree(new SnapshotView(
                    snapshot.name(),
                    snapshot.description(),
                    volume.content().word(),
                    GoTime.write(snapshot.createdAt()),
                    GoTime.write(snapshot.expiresAt()),
                    new TreeMap<>(snapshot.config()))));
        }
        var index = Json.object();
        index.set("config", config);
        return Json.write(index);
    }

    /** The snapshots by name. */
    static Map<String, MovingSnapshot> read(InputStream in) throws IOException {
        var found = new HashMap<String, MovingSnapshot>();
        for (var node : tree(in).path("config").path("VolumeSnapshots").values()) {
            var snapshot = snapshot(node);
            found.put(snapshot.name(), snapshot);
        }
        return found;
    }

    private static MovingSnapshot snapshot(JsonNode node) {
        var name = node.path("name").asString("");
        var config = new TreeMap<String, String>();
        node.path("config").properties().forEach(each -> {
            if (each.getValue().isString()) {
                config.put(each.getKey(), each.getValue().stringValue());
            }
        });
        return new MovingSnapshot(
                name.substring(name.lastIndexOf('/') + 1),
                node.path("description").asString(""),
                config,
                time(node.path("created_at")),
                time(node.path("expires_at")));
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return node.isString()
                    ? GoTime.read(node.stringValue())
                            .map(OffsetDateTime::toInstant)
                            .orElse(null)
                    : null;
        } catch (DateTimeException e) {
            return null; // a date is no reason not to have the snapshot
        }
    }

    static byte[] response(boolean refresh) {
        return Json.write(Json.object().put("StatusCode", OK).put("Error", "").put("Refresh", refresh));
    }

    /** @throws Refused the target doesn't take it */
    static void checkResponse(InputStream in) throws IOException {
        var response = tree(in);
        if (response.path("StatusCode").asInt(0) != OK) {
            throw PeerFailed.of("Failed negotiating migration options: "
                    + response.path("Error").asString(""));
        }
    }

    private static JsonNode tree(InputStream in) throws IOException {
        var bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new MalformedMessage("The index is longer than %d bytes".formatted(LONGEST));
        }
        try {
            return Json.tree(bytes);
        } catch (MalformedJson e) {
            throw new MalformedMessage("The index can't be read: " + e.getMessage());
        }
    }
}
