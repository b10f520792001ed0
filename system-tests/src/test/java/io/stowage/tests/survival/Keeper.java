package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.client.Unreachable;
import io.stowage.tests.arena.Server;
import io.stowage.tests.survival.Shelf.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client with volumes of its own, who knows what they should be. When the server is killed under a request, they are what
 * they were before it or what they should be after it.
 */
final class Keeper {
    private static final int VOLUMES = 3;
    private static final int SNAPSHOTS = 2;
    private static final int SMALL = 256;
    private static final int LARGE = 512;

    private final Server server;
    private final String pool;
    private final String prefix;
    private final Random random;
    private final Runnable onRequest;
    private Shelf before = Shelf.EMPTY;
    private Shelf after = Shelf.EMPTY;
    /** The volume whose content is not known for sure; empty for none. */
    private String doubtful = "";

    private int finished;
    private volatile boolean stopping;

    /** @param onRequest is run before each request that changes something */
    Keeper(Server server, String pool, String prefix, long seed, Runnable onRequest) {
        this.server = server;
        this.pool = pool;
        this.prefix = prefix;
        this.random = new Random(seed);
        this.onRequest = onRequest;
    }

    /** Operations that were acknowledged. */
    int finished() {
        return finished;
    }

    /** Does one thing after another until the server is gone. */
    void workUntilTheEnd() {
        while (!stopping) {
            try {
                next();
            } catch (Unreachable | UncheckedIOException e) {
                if (stopping) {
                    return; // The server was killed.
                }
                throw e;
            }
            before = after;
            doubtful = "";
            finished++;
        }
    }

    /** To be called before the server is killed. */
    void stop() {
        stopping = true;
    }

    private String name(int number) {
        return prefix + number;
    }

    private StowageClient client() {
        return server.client();
    }

    private Json run(String method, String path, @Nullable Json body) {
        onRequest.run();
        return client().run(method, path, body);
    }

    private String path(String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {"storage-pools", pool, "volumes", "custom"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return StowageClient.path(all);
    }

    private void next() {
        String name = name(random.nextInt(VOLUMES));
        String other = name(random.nextInt(VOLUMES));
        Kept kept = before.find(name).orElse(null);
        if (kept == null) {
            create(name);
            return;
        }
        List<String> snapshots = kept.snapshots().keySet().stream().sorted().toList();
        switch (random.nextInt(9)) {
            case 0, 1 -> write(name, kept);
            case 2 -> snapshot(name, kept);
            case 3 -> forget(name, kept, snapshots);
            case 4 -> restore(name, kept, snapshots);
            case 5 -> copy(name, kept, other);
            case 6 -> rename(name, kept, other);
            case 7 -> grow(name, kept);
            default -> delete(name);
        }
    }

    private void create(String name) {
        after = before.with(name, new Kept(SMALL, 0, Map.of()));
        run(
                "POST",
                path(),
                Json.of(Map.of("name", name, "content_type", "block", "config", Map.of("size", SMALL + "MiB"))));
    }

    private void write(String name, Kept kept) {
        long mark = random.nextLong(1, Long.MAX_VALUE);
        doubtful = name;
        String id = attach(path(name));
        after = before.with(name, kept.marked(mark));
        try (FileChannel channel = FileChannel.open(device(path(name), id), StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(4096);
            while (block.hasRemaining()) {
                block.putLong(mark);
            }
            channel.write(block.flip(), 0);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What was flushed holds, whatever becomes of the server from here on.
        before = after;
        doubtful = "";
        detach(path(name), id);
    }

    private void snapshot(String name, Kept kept) {
        String snapshot = "s" + random.nextInt(SNAPSHOTS);
        if (!kept.snapshots().containsKey(snapshot)) {
            after = before.with(name, kept.with(snapshot));
            run("POST", path(name, "snapshots"), Json.of(Map.of("name", snapshot)));
        }
    }

    private void forget(String name, Kept kept, List<String> snapshots) {
        if (!snapshots.isEmpty()) {
            after = before.with(name, kept.without(snapshots.getFirst()));
            run("DELETE", path(name, "snapshots", snapshots.getFirst()), null);
        }
    }

    private void restore(String name, Kept kept, List<String> snapshots) {
        if (!snapshots.isEmpty() && kept.mebibytes() == SMALL) {
            after = before.with(name, kept.marked(kept.snapshots().getOrDefault(snapshots.getLast(), 0L)));
            doubtful = name;
            run("PUT", path(name), Json.of(Map.of("restore", snapshots.getLast())));
        }
    }

    private void copy(String name, Kept kept, String other) {
        Kept target = before.find(other).orElse(null);
        if (other.equals(name) || (target != null && target.mebibytes() != kept.mebibytes())) {
            return;
        }
        after = before.with(other, kept);
        doubtful = other;
        run(
                "POST",
                path(),
                Json.of(Map.of(
                        "name",
                        other,
                        "content_type",
                        "block",
                        "source",
                        Map.of("type", "copy", "pool", pool, "name", name, "refresh", target != null))));
    }

    private void rename(String name, Kept kept, String other) {
        if (before.find(other).isEmpty()) {
            after = before.without(name).with(other, kept);
            run("POST", path(name), Json.of(Map.of("name", other)));
        }
    }

    private void grow(String name, Kept kept) {
        if (kept.snapshots().isEmpty()) {
            after = before.with(name, kept.sized(LARGE));
            run("PATCH", path(name), Json.of(Map.of("config", Map.of("size", LARGE + "MiB"))));
        }
    }

    private void delete(String name) {
        after = before.without(name);
        run("DELETE", path(name), null);
    }

    /** @return the attachment's id */
    private String attach(String volume) {
        return run("POST", volume + "/attachments", Json.of(Map.of("kind", "device")))
                .get("id")
                .text();
    }

    private Path device(String volume, String id) {
        return Path.of(client().get(volume + "/attachments/" + id).get("device").text());
    }

    private void detach(String volume, String id) {
        run("DELETE", volume + "/attachments/" + id, null);
    }

    /** Finds out on which side of the kill its volumes are, and that all is well with them. */
    void takeStock() {
        List<Json> entries = client().get(path() + "?recursion=1").items().stream()
                .filter(entry -> entry.get("name").text().startsWith(prefix))
                .toList();
        Map<String, String> shown = shown(entries);
        letGo(entries);
        assertThat(shown).as("volumes of %s", prefix).isIn(before.shown(), after.shown());
        if (doubtful.isEmpty() || before.equals(after) || !before.shown().equals(after.shown())) {
            before = shown.equals(after.shown()) ? after : before;
        } else {
            Kept present = new Kept(before.get(doubtful).mebibytes(), read(path(doubtful)), marks(doubtful));
            assertThat(present).as("what is on %s", doubtful).isIn(before.get(doubtful), after.get(doubtful));
            before = present.equals(after.get(doubtful)) ? after : before;
        }
        after = before;
        doubtful = "";
        stopping = false;
    }

    /** What the snapshots of a volume hold. */
    private Map<String, Long> marks(String name) {
        Map<String, Long> marks = new TreeMap<>();
        before.get(name)
                .snapshots()
                .keySet()
                .forEach(snapshot -> marks.put(snapshot, read(path(name, "snapshots", snapshot))));
        return marks;
    }

    private static Map<String, String> shown(List<Json> entries) {
        Map<String, String> sizes = new TreeMap<>();
        Map<String, TreeSet<String>> snapshots = new TreeMap<>();
        for (Json entry : entries) {
            String[] name = entry.get("name").text().split("/", 2);
            if (name.length == 2) {
                snapshots.computeIfAbsent(name[0], absent -> new TreeSet<>()).add(name[1]);
            } else {
                sizes.put(name[0], entry.get("config").get("size").text());
            }
        }
        Map<String, String> shown = new TreeMap<>();
        sizes.forEach((name, size) ->
                shown.put(name, size + " " + List.copyOf(snapshots.getOrDefault(name, new TreeSet<>()))));
        return shown;
    }

    /** A write that was cut short leaves its attachment. */
    private void letGo(List<Json> entries) {
        for (Json entry : entries) {
            for (Json use : entry.get("used_by").items()) {
                if (use.text().contains("/attachments/")) {
                    run("DELETE", use.text(), null);
                }
            }
        }
    }

    private long read(String volume) {
        String id = attach(volume);
        try (FileChannel channel = FileChannel.open(device(volume, id), StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(4096);
            while (block.hasRemaining() && channel.read(block, block.position()) >= 0) {
                // until it is whole
            }
            block.flip();
            long mark = block.getLong();
            while (block.hasRemaining()) {
                assertThat(block.getLong())
                        .as("the rest of a block that was written at once")
                        .isEqualTo(mark);
            }
            return mark;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            detach(volume, id);
        }
    }

    /** Reads one of its volumes. */
    void look() {
        List<String> names = before.volumes().keySet().stream().sorted().toList();
        if (!names.isEmpty()) {
            String name = names.get(random.nextInt(names.size()));
            assertThat(read(path(name)))
                    .as("what is on %s", name)
                    .isEqualTo(before.get(name).mark());
        }
    }

    /** Reads all that it has, snapshots too. */
    void lookAtEverything() {
        before.volumes().forEach((name, kept) -> {
            assertThat(read(path(name))).as("what is on %s", name).isEqualTo(kept.mark());
            kept.snapshots()
                    .forEach((snapshot, mark) -> assertThat(read(path(name, "snapshots", snapshot)))
                            .as("what is on %s/%s", name, snapshot)
                            .isEqualTo(mark));
        });
    }

    /** Deletes all that it has. */
    void leave() {
        before.volumes().keySet().forEach(name -> run("DELETE", path(name), null));
        before = Shelf.EMPTY;
        after = before;
    }
}
