package io.stowage.benchmarks;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Main of {@code benchmarks/refresh}: what goes through the host, and how many requests the arrays get, when a block volume
 * of 20 GiB with 1 GiB of data is copied, and refreshed after 100 MiB of it changed. With {@code --servers} only what goes
 * between servers.
 */
public final class Refresh {
    private static final int MIB = 1 << 20;
    private static final String SIZE = "20GiB";
    private static final int PIECES = 1024;
    /** Bytes from piece to piece: they lie all over the volume. */
    private static final long APART = 20L * MIB;

    private static final int CHANGED = 100;

    private final Arena arena;
    private final StowageClient client;

    private Refresh(Arena arena) {
        this.arena = arena;
        this.client = arena.server().client();
    }

    /** A pool of each combination, and a second one of the first. */
    private record Way(String what, String from, String to) {}

    private static final List<Way> WAYS = List.of(
            new Way("inside a pool", "pure", "pure"),
            new Way("between pools of one array (pure)", "pure", "near"),
            new Way("from pure to alletra", "pure", "alletra"),
            new Way("from alletra to pure", "alletra", "near"),
            new Way("between pools of one array (alletra)", "alletra", "nvme"));

    public static void main(String[] args) throws IOException {
        try (Arena arena = Arena.open("1TiB")) {
            arena.createPool(Combination.PURE_ISCSI, "pure");
            arena.createPool(Combination.PURE_NVME, "near");
            arena.createPool(Combination.ALLETRA_ISCSI, "alletra");
            arena.createPool(Combination.ALLETRA_NVME, "nvme");
            System.out.println(
                    "| way | step | MiB read | MiB sent | requests to arrays | s |\n|---|---|---|---|---|---|");
            if (args.length == 0) {
                for (Way way : WAYS) {
                    new Refresh(arena).measure(way, false);
                }
            }
            arena.server()
                    .lxc("config", "set", "core.https_address=127.0.0.1:0")
                    .orFail();
            new Refresh(arena).measure(new Way("between servers", "pure", "near"), true);
            new Refresh(arena).measure(new Way("between servers, sums", "alletra", "nvme"), true);
        }
        System.exit(0);
    }

    private static String volumes(String pool) {
        return "/1.0/storage-pools/" + pool + "/volumes/custom";
    }

    /** @param migrates whether it goes as between two servers: here the one server is both */
    private void measure(Way way, boolean migrates) throws IOException {
        client.run(
                "POST",
                volumes(way.from()),
                Json.of(Map.of("name", "v", "content_type", "block", "config", Map.of("size", SIZE))));
        write(way.from(), 1, PIECES);
        client.run("POST", volumes(way.from()) + "/v/snapshots", Json.of(Map.of("name", "s0")));
        step(way, "copy", false, migrates);
        write(way.from(), 2, CHANGED);
        client.run("POST", volumes(way.from()) + "/v/snapshots", Json.of(Map.of("name", "s1")));
        step(way, "refresh, 100 MiB changed", true, migrates);
        step(way, "refresh, nothing changed", true, migrates);
        client.run("DELETE", volumes(way.to()) + "/w", null);
        client.run("DELETE", volumes(way.from()) + "/v", null);
    }

    private void write(String pool, long seed, int pieces) throws IOException {
        Json attachment = client.run("POST", volumes(pool) + "/v/attachments", Json.of(Map.of("kind", "device")));
        SplittableRandom random = new SplittableRandom(seed);
        Path device = Path.of(attachment.get("device").text());
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
            byte[] bytes = new byte[MIB];
            for (int i = 0; i < pieces; i++) {
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), i * APART);
            }
            channel.force(true);
        }
        client.run(
                "DELETE",
                volumes(pool) + "/v/attachments/" + attachment.get("id").text(),
                null);
    }

    private void step(Way way, String name, boolean refresh, boolean migrates) {
        arena.array().resetCalls();
        long begin = System.nanoTime();
        Cost cost = migrates ? migrate(way, refresh) : copy(way, refresh);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %d | %.1f |%n",
                way.what(),
                name,
                cost.read(),
                cost.sent(),
                arena.array().calls().count(),
                seconds);
    }

    /** In MiB. */
    private record Cost(double read, double sent) {}

    private Cost copy(Way way, boolean refresh) {
        Map<String, Object> source = new TreeMap<>(Map.of("type", "copy", "pool", way.from(), "name", "v"));
        source.put("refresh", refresh);
        Json cost = client.run(
                "POST", volumes(way.to()), Json.of(Map.of("name", "w", "content_type", "block", "source", source)));
        return new Cost(mebibytes(cost.get("bytes_read")), mebibytes(cost.get("bytes_sent")));
    }

    /** As lxc does it with mode pull. */
    private Cost migrate(Way way, boolean refresh) {
        Json offered = Json.parse(arena.server()
                .lxc("query", "-X", "POST", "-d", "{\"name\":\"v\",\"migration\":true}", volumes(way.from()) + "/v")
                .orFail()
                .out());
        Json environment = client.get("/1.0").get("environment");
        String operation = "/1.0/operations/" + offered.get("id").text();
        Map<String, Object> source = new TreeMap<>(Map.of("type", "migration", "mode", "pull"));
        source.put(
                "operation",
                "https://" + environment.get("addresses").items().getFirst().text() + operation);
        source.put("certificate", environment.get("certificate").text());
        source.put(
                "secrets",
                Map.of(
                        "control",
                        offered.get("metadata").get("control").text(),
                        "fs",
                        offered.get("metadata").get("fs").text()));
        source.put("refresh", refresh);
        Map<String, Object> body = new TreeMap<>(Map.of("name", "w", "content_type", "block", "source", source));
        body.put("config", Map.of("size", SIZE));
        Json received = client.run("POST", volumes(way.to()), Json.of(body));
        Json sent = client.follow(offered.get("id").text(), _ -> {});
        return new Cost(
                mebibytes(sent.get("bytes_read")) + mebibytes(received.get("bytes_read")),
                mebibytes(sent.get("bytes_sent")));
    }

    private static double mebibytes(Json bytes) {
        return bytes.isNull() ? 0 : Double.parseDouble(bytes.text()) / MIB;
    }
}
