package io.stowage.tests.calls;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Calls;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Vendor;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Does every operation once with one combination, through the server's API, and has the array count its requests. */
public final class Measurement {
    private static final String POOL = "measured";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Arena arena;
    private final StowageClient client;
    private final Combination combination;
    private final boolean busy;
    private final Map<Operation, Calls> counted = new EnumMap<>(Operation.class);

    private Measurement(Arena arena, Combination combination, boolean busy) {
        this.arena = arena;
        this.client = arena.server().client();
        this.combination = combination;
        this.busy = busy;
    }

    /**
     * On an array that has no other pool's volumes attached.
     *
     * @param busy whether the host has another volume of the array all the while
     */
    public static Map<Operation, Calls> of(Arena arena, Combination combination, boolean busy) {
        Measurement measurement = new Measurement(arena, combination, busy);
        measurement.measure();
        return measurement.counted;
    }

    private void measure() {
        count(Operation.CREATE_POOL, this::createPool);
        // The first attachment of a pool, while the server runs, asks the array for its portals.
        create("other", "block");
        attach("other", "device");
        if (!busy) {
            detach("other");
            delete("other");
        }
        count(Operation.LOOK_AT_SPACE, () -> client.get("/1.0/storage-pools/" + POOL + "/resources"));
        fileSystem();
        block();
        if (busy) {
            detach("other");
            delete("other");
        }
        count(Operation.DELETE_POOL, () -> client.run("DELETE", "/1.0/storage-pools/" + POOL, null));
    }

    /** btrfs grows mounted whatever rights this process has. */
    private void fileSystem() {
        count(Operation.CREATE_FILESYSTEM, () -> create("files", "filesystem"));
        count(Operation.MOUNT, () -> attach("files", "mount"));
        countGrowth(Operation.GROW_MOUNTED, () -> grow("files", "512MiB"));
        count(Operation.UNMOUNT, () -> detach("files"));
        countGrowth(Operation.GROW_UNMOUNTED, () -> grow("files", "768MiB"));
        count(Operation.SNAPSHOT, () -> snapshot("files", "s"));
        count(Operation.LIST_SNAPSHOTS, () -> client.get(volume("files") + "/snapshots?recursion=1"));
        count(Operation.LOOK_AT_USAGE, () -> client.get(volume("files") + "/state"));
        count(Operation.MOUNT_SNAPSHOT, () -> attach("files/snapshots/s", "mount"));
        count(Operation.UNMOUNT_SNAPSHOT, () -> detach("files/snapshots/s"));
        count(Operation.RESTORE_FILESYSTEM, () -> change("files", Map.of("restore", "s")));
        count(Operation.DELETE_SNAPSHOT, () -> delete("files/snapshots/s"));
        count(Operation.DELETE_VOLUME, () -> delete("files"));
    }

    private void block() {
        count(Operation.CREATE_BLOCK, () -> create("disk", "block"));
        count(Operation.ATTACH, () -> attach("disk", "device"));
        count(Operation.DETACH, () -> detach("disk"));
        countGrowth(Operation.GROW_BLOCK, () -> grow("disk", "512MiB"));
        count(Operation.RENAME, () -> client.run("POST", volume("disk"), Json.of(Map.of("name", "renamed"))), 1);
        snapshot("renamed", "s");
        count(Operation.RESTORE_BLOCK, () -> change("renamed", Map.of("restore", "s")));
        count(Operation.COPY_WITH_ONE_SNAPSHOT, () -> copy("renamed", "whole"));
        delete("whole");
        count(Operation.COPY_OF_SNAPSHOT, () -> copy("renamed/s", "old"));
        delete("old");
        delete("renamed/snapshots/s");
        count(Operation.COPY, () -> copy("renamed", "copy"));
        delete("copy");
        delete("renamed");
    }

    private void count(Operation operation, Runnable work) {
        count(operation, work, 0);
    }

    /** On an Alletra a growth itself is a modification of the volume as well. */
    private void countGrowth(Operation operation, Runnable work) {
        count(operation, work, combination.vendor() == Vendor.ALLETRA ? 2 : 1);
    }

    /** @param writes modifications of a volume there are, at least: the last, of its record, comes when the work is done */
    private void count(Operation operation, Runnable work, int writes) {
        arena.array().resetCalls();
        work.run();
        long end = System.nanoTime() + PATIENCE.toNanos();
        Calls calls = arena.array().calls();
        while (calls.count("PUT volumes/*") + calls.count("PUT volumes/tags/batch") < writes) {
            if (System.nanoTime() > end) {
                throw new AssertionError(operation + " has written no record: " + calls);
            }
            LockSupport.parkNanos(LOOK.toNanos());
            calls = arena.array().calls();
        }
        counted.put(operation, calls);
    }

    private void createPool() {
        Map<String, String> config = new HashMap<>();
        for (String setting : combination.poolSettings(arena.array())) {
            int equals = setting.indexOf('=');
            config.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        if (combination.vendor().hasQuota()) {
            config.put("size", "20GiB");
        }
        client.run(
                "POST",
                "/1.0/storage-pools",
                Json.of(Map.of("name", POOL, "driver", combination.driver(), "config", config)));
    }

    private static String volumes() {
        return "/1.0/storage-pools/" + POOL + "/volumes/custom";
    }

    private static String volume(String name) {
        return volumes() + "/" + name;
    }

    private void create(String name, String content) {
        Map<String, String> config = new HashMap<>(Map.of("size", "256MiB"));
        if (content.equals("filesystem")) {
            config.put("block.filesystem", "btrfs");
        }
        client.run("POST", volumes(), Json.of(Map.of("name", name, "content_type", content, "config", config)));
    }

    private void attach(String name, String kind) {
        client.run("POST", volume(name) + "/attachments", Json.of(Map.of("kind", kind)));
    }

    private void detach(String name) {
        String attachments = volume(name) + "/attachments";
        Json attachment = client.get(attachments + "?recursion=1").items().getFirst();
        client.run("DELETE", attachments + "/" + attachment.get("id").text(), null);
    }

    private void grow(String name, String size) {
        Map<String, Object> config =
                new HashMap<>(client.get(volume(name)).get("config").fields());
        config.put("size", size);
        change(name, Map.of("config", config));
    }

    private void change(String name, Map<String, Object> change) {
        client.run("PUT", volume(name), Json.of(change));
    }

    private void snapshot(String volume, String name) {
        client.run("POST", volume(volume) + "/snapshots", Json.of(Map.of("name", name)));
    }

    private void copy(String from, String to) {
        Map<String, Object> source = Map.of("type", "copy", "pool", POOL, "name", from);
        client.run("POST", volumes(), Json.of(Map.of("name", to, "source", source)));
    }

    private void delete(String name) {
        client.run("DELETE", volume(name), null);
    }
}
