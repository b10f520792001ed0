package io.stowage.engine.archive;

import io.stowage.engine.archive.BackupIndex.Subject;
import io.stowage.host.archive.MalformedArchive;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * The text of an index, as LXD writes and reads it: version 1, which every LXD reads, and version 2 (6.x). Both are read;
 * keys that we don't know are passed over.
 */
public final class IndexYaml {
    public static final int OLDEST_VERSION = 1;
    public static final int NEWEST_VERSION = 2;

    private static final int SIZE_LIMIT = 4 << 20;
    /** Go's zero time, which LXD writes for what it doesn't know, and for never. */
    private static final String ZERO_TIME = "0001-01-01T00:00:00Z";

    private IndexYaml() {}

    /** @param project the volume's */
    public static String write(BackupIndex index, String project, int version) {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("name", index.volume().name());
        top.put("backend", index.driver());
        top.put("pool", index.pool());
        if (!index.snapshots().isEmpty()) {
            top.put("snapshots", index.snapshots().stream().map(Subject::name).toList());
        }
        top.put("optimized", index.optimized());
        top.put("optimized_header", false);
        top.put("type", VolumeType.CUSTOM.word());
        Map<String, Object> volume = volume(index.volume(), project);
        List<Map<String, Object>> snapshots =
                index.snapshots().stream().map(IndexYaml::snapshot).toList();
        Map<String, Object> config = new LinkedHashMap<>();
        if (version == 1) {
            config.put("volume", volume);
            config.put("volume_snapshots", snapshots);
        } else {
            config.put("version", version);
            config.put(
                    "pools",
                    List.of(Map.of(
                            "name", index.pool(), "driver", index.driver(), "config", Map.of(), "description", "")));
            volume.put("pool", index.pool());
            volume.put("snapshots", snapshots);
            config.put("volumes", List.of(volume));
        }
        top.put("config", config);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(top);
    }

    private static Map<String, Object> volume(Subject volume, String project) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", volume.name());
        map.put("description", volume.description());
        map.put("type", VolumeType.CUSTOM.word());
        map.put("content_type", volume.content().word());
        map.put("project", project);
        map.put("location", "none");
        map.put("created_at", time(volume.createdAt()));
        map.put("used_by", List.of());
        map.put("config", new TreeMap<>(volume.config()));
        return map;
    }

    private static Map<String, Object> snapshot(Subject snapshot) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", snapshot.name());
        map.put("description", snapshot.description());
        map.put("content_type", snapshot.content().word());
        map.put("created_at", time(snapshot.createdAt()));
        map.put("expires_at", time(snapshot.expiresAt()));
        map.put("config", new TreeMap<>(snapshot.config()));
        return map;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? ZERO_TIME : time.toString();
    }

    /** @throws MalformedArchive not the index of a custom volume's backup; the sentence says why */
    public static BackupIndex read(String text) throws MalformedArchive {
        if (text.length() > SIZE_LIMIT) {
            throw new MalformedArchive("The backup's index is longer than " + SIZE_LIMIT + " bytes");
        }
        Object tree;
        try {
            // Everything is text here: no date or number is to be read in anybody's own way.
            tree = new Load(LoadSettings.builder()
                            .setSchema(new FailsafeSchema())
                            .setCodePointLimit(SIZE_LIMIT)
                            .build())
                    .loadFromString(text);
        } catch (YamlEngineException e) {
            throw new MalformedArchive("The backup's index is no YAML: " + firstLine(e));
        }
        Node top = new Node(tree);
        String type = top.text("type");
        if (!type.equals(VolumeType.CUSTOM.word())) {
            throw new MalformedArchive("The backup is of a \"" + (type.isEmpty() ? "container" : type)
                    + "\", only those of custom volumes can be imported");
        }
        Node config = top.child("config");
        List<Node> volumes = config.list("volumes");
        Node volume = volumes.isEmpty() ? config.child("volume") : volumes.getFirst();
        ContentType content = content(volume.text("content_type"), ContentType.FILESYSTEM);
        List<Node> details = volumes.isEmpty() ? config.list("volume_snapshots") : volume.list("snapshots");
        List<Subject> snapshots = new ArrayList<>();
        for (String name : top.texts("snapshots")) {
            snapshots.add(snapshot(name, details, content));
        }
        String name = volume.text("name").isEmpty() ? top.text("name") : volume.text("name");
        return new BackupIndex(
                top.text("backend"),
                top.text("pool"),
                top.text("optimized").equals("true"),
                subject(name, volume, content),
                snapshots);
    }

    private static Subject snapshot(String name, List<Node> details, ContentType content) throws MalformedArchive {
        for (Node node : details) {
            String full = node.text("name");
            if (full.substring(full.lastIndexOf('/') + 1).equals(name)) {
                return subject(name, node, content);
            }
        }
        throw new MalformedArchive("The backup's index tells nothing of snapshot \"" + name + "\"");
    }

    private static Subject subject(String name, Node node, ContentType content) {
        return new Subject(
                name,
                node.text("description"),
                content,
                node.child("config").texts(),
                time(node.text("created_at")),
                time(node.text("expires_at")));
    }

    private static ContentType content(String word, ContentType usual) throws MalformedArchive {
        if (word.isEmpty()) {
            return usual;
        }
        return ContentType.of(word)
                .orElseThrow(() -> new MalformedArchive("The backup is of content type \"" + word + "\""));
    }

    /** YAML's times may have a blank instead of the T, and lack seconds' fractions or the zone. */
    private static @Nullable Instant time(String text) {
        String normal = text.strip()
                .replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)[ tT]+", "$1T")
                .replaceFirst("\\s+(?=[zZ+-])", "");
        Instant time;
        try {
            time = normal.matches(".*([zZ]|[+-]\\d\\d:\\d\\d)$")
                    ? OffsetDateTime.parse(normal).toInstant()
                    : LocalDateTime.parse(normal).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
        return time.getEpochSecond() <= 0 ? null : time;
    }

    private static String firstLine(YamlEngineException e) {
        return Objects.requireNonNullElse(e.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("");
    }

    /** A place in the tree; what isn't there is empty. */
    private record Node(@Nullable Object value) {
        Node child(String name) {
            return new Node(value instanceof Map<?, ?> map ? map.get(name) : null);
        }

        String text(String name) {
            return child(name).value instanceof String text && !text.equals("null") && !text.equals("~") ? text : "";
        }

        List<Node> list(String name) {
            return child(name).value instanceof List<?> list
                    ? list.stream().map(each -> new Node((Object) each)).toList()
                    : List.of();
        }

        List<String> texts(String name) {
            return list(name).stream()
                    .flatMap(node ->
                            node.value instanceof String text ? List.of(text).stream() : List.<String>of().stream())
                    .toList();
        }

        Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, each) -> {
                    if (key instanceof String name && each instanceof String text) {
                        texts.put(name, text);
                    }
                });
            }
            return texts;
        }
    }
}
