package io.stowage.tests.survival;

import io.stowage.client.ApiError;
import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A client among many who takes names that others take too, and does with them whatever comes to its mind. It knows what a
 * refusal may say; anything else ends it.
 */
final class Visitor {
    private static final List<String> VOLUMES = List.of("ant", "bee", "cat", "dog", "elk", "fox");
    private static final List<String> SNAPSHOTS = List.of("s0", "s1");
    private static final String ANY = "\"[^\"]*\"";

    /** What others may have done first, each with its status. */
    private static final Map<Pattern, Integer> DOCUMENTED = new HashMap<>();

    static {
        documented(400, "A volume of content type ANY cannot be refreshed from one of content type ANY");
        documented(400, "Volume ANY cannot be refreshed from itself");
        documented(400, "The storage volume is still in use");
        documented(404, "Attachment not found"); // its volume has another name by now
        documented(404, "Storage volume not found");
        documented(404, "Storage volume snapshot not found");
        documented(409, "Volume by that name already exists");
        documented(409, "Snapshot ANY already in use");
        documented(423, "Storage volume ANY is still being created");
        documented(423, "Storage volume ANY is being refreshed or moved");
        documented(423, "Snapshot ANY is still being created");
        documented(423, "Block volume ANY cannot be resized while it is attached");
        documented(423, "Volume ANY cannot be resized while it is attached as a device");
        documented(423, "Volume ANY cannot be (refreshed|restored) while it is attached");
    }

    private final StowageClient client;
    private final List<String> pools;
    private final Random random;
    private final Map<String, Integer> met = new TreeMap<>();
    private int done;
    private volatile boolean stopping;

    Visitor(StowageClient client, List<String> pools, long seed) {
        this.client = client;
        this.pools = pools;
        this.random = new Random(seed);
    }

    private static void documented(int status, String sentence) {
        DOCUMENTED.put(Pattern.compile(sentence.replace("ANY", ANY)), status);
    }

    /** Operations that succeeded. */
    int done() {
        return done;
    }

    /** What it was refused with, and how often. */
    Map<String, Integer> met() {
        return met;
    }

    /** It ends with what it does now. */
    void stop() {
        stopping = true;
    }

    /** @param end as of System.nanoTime */
    void wanderUntil(long end) {
        while (!stopping && end - System.nanoTime() > 0) {
            try {
                step();
                done++;
            } catch (ApiError e) {
                met.merge(e.status() + " " + e.getMessage(), 1, Integer::sum);
                if (!isDocumented(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isDocumented(ApiError e) {
        String sentence = String.valueOf(e.getMessage());
        return DOCUMENTED.entrySet().stream()
                .anyMatch(entry -> entry.getValue() == e.status()
                        && entry.getKey().matcher(sentence).matches());
    }

    private void step() {
        String volume = volume();
        switch (random.nextInt(18)) {
            case 0, 1 -> create();
            case 2, 3 -> client.run("POST", volume + "/snapshots", Json.of(Map.of("name", pick(SNAPSHOTS))));
            case 4 -> client.run("DELETE", volume + "/snapshots/" + pick(SNAPSHOTS), null);
            case 5 -> client.run("POST", volume + "/snapshots/" + pick(SNAPSHOTS), name());
            case 6 -> client.run("PUT", volume, Json.of(Map.of("restore", pick(SNAPSHOTS))));
            case 7, 8 -> copy(false);
            case 9 -> copy(true);
            case 10 -> client.run("POST", volume, name());
            case 11 -> client.run("POST", volume, Json.of(Map.of("name", pick(VOLUMES), "pool", pick(pools))));
            case 12 -> grow(volume);
            case 13 -> client.run("PATCH", volume, Json.of(Map.of("description", "seen " + random.nextInt())));
            case 14 -> attach(volume);
            case 15 -> client.get(StowageClient.path("storage-pools", pick(pools), "volumes") + "?recursion=1");
            case 16 -> client.get(volume + "/state");
            default -> client.run("DELETE", volume, null);
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String volume() {
        return StowageClient.path("storage-pools", pick(pools), "volumes", "custom", pick(VOLUMES));
    }

    private Json name() {
        return Json.of(Map.of("name", pick(random.nextBoolean() ? VOLUMES : SNAPSHOTS)));
    }

    private String volumes() {
        return StowageClient.path("storage-pools", pick(pools), "volumes", "custom");
    }

    private void create() {
        client.run(
                "POST",
                volumes(),
                Json.of(Map.of(
                        "name",
                        pick(VOLUMES),
                        "content_type",
                        random.nextInt(4) == 0 ? "filesystem" : "block",
                        "config",
                        Map.of("size", "256MiB"))));
    }

    private void copy(boolean refresh) {
        Map<String, Object> source =
                Map.of("type", "copy", "pool", pick(pools), "name", pick(VOLUMES), "refresh", refresh);
        client.run("POST", volumes(), Json.of(Map.of("name", pick(VOLUMES), "source", source)));
    }

    private void grow(String volume) {
        client.run("PATCH", volume, Json.of(Map.of("config", Map.of("size", "512MiB"))));
    }

    private void attach(String volume) {
        String id = client.run("POST", volume + "/attachments", Json.of(Map.of("kind", "device")))
                .get("id")
                .text();
        client.run("DELETE", volume + "/attachments/" + id, null);
    }
}
