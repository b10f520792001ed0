package io.stowage.benchmarks;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Main of {@code benchmarks/sizes}: what a snapshot, a restore and a copy without snapshots take for a volume of 1 GiB and
 * for one of 1 TiB, with both drivers. Both hold the same amount of data, scattered over all of them.
 */
public final class Sizes {
    private static final String POOL = "sizes";
    private static final List<String> VOLUMES = List.of("1GiB", "1TiB");
    private static final int ROUNDS = 25;

    /** The first rounds find interpreted code. */
    private static final int WARM = 5;

    private static final int WRITES = 256;
    private static final int BYTES = 64 << 10;

    private final StowageClient client;

    private Sizes(StowageClient client) {
        this.client = client;
    }

    public static void main(String[] args) throws IOException {
        try (Arena arena = Arena.open("2TiB")) {
            System.out.println("| driver | step | 1 GiB: ms | 1 TiB: ms | ratio |\n|---|---|---|---|---|");
            for (Combination combination : Combination.values()) {
                if (combination.protocol() == Protocol.ISCSI) {
                    arena.createPool(combination, POOL);
                    new Sizes(arena.server().client()).measure(combination.driver());
                    arena.server().stowage("pool", "delete", POOL).orFail();
                }
            }
        }
        System.exit(0);
    }

    private static String volumes() {
        return "/1.0/storage-pools/" + POOL + "/volumes/custom";
    }

    private static String volume(String name) {
        return volumes() + "/" + name;
    }

    private void measure(String driver) throws IOException {
        List<Times> all = new ArrayList<>();
        for (String volume : VOLUMES) {
            client.run(
                    "POST",
                    volumes(),
                    Json.of(Map.of("name", volume, "content_type", "block", "config", Map.of("size", volume))));
            scatter(volume);
            all.add(new Times());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < VOLUMES.size(); i++) {
                round(VOLUMES.get(i), all.get(i));
            }
        }
        print(driver, "snapshot", all.get(0).snapshots, all.get(1).snapshots);
        print(driver, "restore", all.get(0).restores, all.get(1).restores);
        print(driver, "copy without snapshots", all.get(0).copies, all.get(1).copies);
        VOLUMES.forEach(volume -> client.run("DELETE", volume(volume), null));
    }

    /** Nanoseconds of each round. */
    private record Times(List<Long> snapshots, List<Long> restores, List<Long> copies) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private void scatter(String volume) throws IOException {
        Json attachment = client.run("POST", volume(volume) + "/attachments", Json.of(Map.of("kind", "device")));
        SplittableRandom random = new SplittableRandom(1);
        Path device = Path.of(attachment.get("device").text());
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[BYTES];
            long places = channel.size() / BYTES;
            for (int i = 0; i < WRITES; i++) {
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), places / WRITES * i * BYTES);
            }
            channel.force(true);
        }
        client.run(
                "DELETE",
                volume(volume) + "/attachments/" + attachment.get("id").text(),
                null);
    }

    private void round(String volume, Times times) {
        times.snapshots.add(timed("POST", volume(volume) + "/snapshots", Map.of("name", "s")));
        times.restores.add(timed("PUT", volume(volume), Map.of("restore", "s")));
        client.run("DELETE", volume(volume) + "/snapshots/s", null);
        Map<String, Object> source = Map.of("type", "copy", "pool", POOL, "name", volume);
        times.copies.add(timed("POST", volumes(), Map.of("name", "copy", "source", source)));
        client.run("DELETE", volume("copy"), null);
    }

    private long timed(String method, String path, Map<String, Object> body) {
        long begin = System.nanoTime();
        client.run(method, path, Json.of(body));
        return System.nanoTime() - begin;
    }

    private static void print(String driver, String step, List<Long> small, List<Long> large) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.2f |%n",
                driver,
                step,
                median(small),
                median(large),
                median(large) / median(small));
    }

    private static double median(List<Long> nanoseconds) {
        long[] sorted = nanoseconds.subList(WARM, nanoseconds.size()).stream()
                .mapToLong(Long::longValue)
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }
}
