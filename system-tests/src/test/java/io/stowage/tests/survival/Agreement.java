package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeType;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.Combination;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Holds the server's API, its database and the array to one another: each object is known to all three, or to none. */
final class Agreement {
    /** What is put right by and by takes seconds; only what never comes is a failure. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Arena arena;
    private final Combination combination;
    private final List<String> pools;

    Agreement(Arena arena, Combination combination, List<String> pools) {
        this.arena = arena;
        this.combination = combination;
        this.pools = pools;
    }

    /** @throws AssertionError with the last difference, if one stays */
    void await() throws InterruptedException {
        awaitQuiet();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(
                            e.getMessage() + "\n" + arena.server().log(), e);
                }
            }
            Thread.sleep(250);
        }
    }

    /** Waits until no operation runs. */
    void awaitQuiet() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<Json> running =
                    get("/1.0/operations?recursion=1").get("running").items();
            if (running.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("These operations don't end: " + running + "\n"
                        + arena.server().log());
            }
            Thread.sleep(50);
        }
    }

    private Json get(String path) {
        return arena.server().client().get(path);
    }

    private void check() {
        int attached = 0;
        List<String> known = new ArrayList<>();
        try (ArrayApi array = arena.array().administrator(combination.vendor())) {
            for (String pool : pools) {
                Map<String, Long> expected = new TreeMap<>();
                for (Json entry : entries(pool)) {
                    known.add(uuid(entry).toString());
                    long bytes = bytes(uuid(entry).toString());
                    assertThat(ByteSize.parse(entry.get("config").get("size").text())
                                    .bytes())
                            .as("the size that is told of %s", entry.get("name").text())
                            .isEqualTo(bytes);
                    expected.put(onArray(entry, uuid(entry).toString(), isSnapshot(entry)), bytes);
                    backups(entry).forEach(id -> expected.put(onArray(entry, id, true), bytes(id)));
                    if (entry.get("used_by").items().stream()
                            .anyMatch(use -> use.text().contains("/attachments/"))) {
                        attached++;
                    }
                }
                Map<String, Long> present = new TreeMap<>();
                array.sizes(pool).forEach((name, bytes) -> present.put(last(name), bytes));
                assertThat(present)
                        .as("what the array has of pool %s, with its bytes", pool)
                        .isEqualTo(expected);
            }
            // However often it is attached here, it is connected once; the WSAPI shows that again for each path in use.
            assertThat(array.connections().stream()
                            .filter(line -> !line.startsWith("/hosts "))
                            .distinct())
                    .as("connections on the array")
                    .hasSize(attached);
            if (attached == 0) {
                assertThat(array.connections()).as("host objects").isEmpty();
            }
        }
        known.sort(null);
        assertThat(rows("SELECT id FROM volumes UNION SELECT id FROM snapshots ORDER BY 1"))
                .as("rows of volumes and snapshots")
                .isEqualTo(known);
        for (String table : List.of("pools", "volumes", "snapshots", "attachments", "backups")) {
            assertThat(rows("SELECT id || ' ' || state FROM " + table + " WHERE state <> 'READY'"))
                    .as("unsettled rows of %s", table)
                    .isEmpty();
        }
        assertThat(
                        rows(
                                "SELECT kind || ' ' || state FROM operations WHERE state NOT IN ('DONE', 'FAILED', 'CANCELLED')"))
                .as("unsettled operations")
                .isEmpty();
        assertThat(rows("SELECT name FROM locks")).as("leases").isEmpty();
        assertThat(rows("SELECT id FROM readings")).as("readings").isEmpty();
    }

    /** Volumes and snapshots. */
    private List<Json> entries(String pool) {
        return get("/1.0/storage-pools/" + pool + "/volumes/custom?recursion=1&all-projects=true")
                .items();
    }

    private static UUID uuid(Json entry) {
        return UUID.fromString(entry.get("config").get("volatile.uuid").text());
    }

    private static boolean isSnapshot(Json entry) {
        return entry.get("name").text().contains("/");
    }

    private static String onArray(Json entry, String id, boolean snapshot) {
        return new ArrayName(VolumeType.CUSTOM, content(entry), UUID.fromString(id), snapshot).toString();
    }

    private static ContentType content(Json entry) {
        return ContentType.valueOf(entry.get("content_type").text().toUpperCase(java.util.Locale.ROOT));
    }

    /** Backups of a volume, each held by a snapshot of its own. */
    private List<String> backups(Json entry) {
        return isSnapshot(entry) ? List.of() : rows("SELECT id FROM backups WHERE volume = '" + uuid(entry) + "'");
    }

    /** What the database says of the size of a volume, a snapshot or a backup. */
    private long bytes(String id) {
        List<String> sizes = Stream.of("volumes", "snapshots", "backups")
                .flatMap(table -> rows("SELECT size FROM " + table + " WHERE id = '" + id + "'").stream())
                .toList();
        assertThat(sizes).as("rows of %s", id).hasSize(1);
        return Long.parseLong(sizes.getFirst());
    }

    /** The name without pool and volume. */
    private static String last(String name) {
        return name.replaceFirst(".*(::|\\.)", "");
    }

    private List<String> rows(String query) {
        String url = "jdbc:sqlite:" + arena.server().state().resolve("stowage.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError("The database can't be read: " + e.getMessage(), e);
        }
    }
}
