package io.stowage.benchmarks.lists;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.RealLxd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Main of {@code benchmarks/lists}: what lists take of 100, 1,000 and with {@code --large} 10,000 block volumes with four
 * snapshots each, beside a real LXD with as many in a folder, and what it takes to make and delete one among so many.
 */
public final class Lists {
    private static final String POOL = "many";
    private static final int MIB = 1 << 20;

    /** A real LXD isn't waited for longer than this: it may have fewer in the end, and the table says how many. */
    private static final int LXD_MINUTES = Integer.getInteger("stowage.lxd.minutes", 12);

    /** How many there are with {@code --large}. */
    private static final int LARGE = Integer.getInteger("stowage.large", 10_000);

    private static final int WARM = 3;
    private static final int LISTS = 7;
    private static final int STEPS = 25;

    /**
     * What is measured when there are so many; in milliseconds but for the seconds that making them took.
     *
     * @param steps create, snapshot and delete
     */
    private record Row(int volumes, double seconds, double whole, double full, double lxc, List<Double> steps) {}

    private Lists() {}

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        List<Integer> counts = new ArrayList<>(List.of(100, 1000));
        if (List.of(args).contains("--large")) {
            counts.add(LARGE);
        }
        List<Row> theirs = RealLxd.isInstalled() ? lxd(List.of(100, 1000)) : List.of();
        List<Row> ours = new ArrayList<>();
        try (Arena arena = Arena.open("1TiB")) {
            arena.createPool(Combination.PURE_ISCSI, POOL);
            Peer peer = new Peer(arena.server().state().resolve("unix.socket"), POOL);
            for (int count : counts) {
                ours.add(measure(
                        peer, count, Long.MAX_VALUE, lxc -> arena.server().lxc(lxc)));
            }
        }
        print(ours, theirs);
        System.exit(0);
    }

    private static List<Row> lxd(List<Integer> counts) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LXD_MINUTES);
        List<Row> rows = new ArrayList<>();
        try (RealLxd lxd = RealLxd.start()) {
            lxd.createDirectoryPool(POOL);
            Peer peer = new Peer(lxd.socket(), POOL);
            for (int count : counts) {
                rows.add(measure(peer, count, end, lxd::lxc));
            }
        }
        return rows;
    }

    private static Row measure(Peer peer, int count, long end, Function<String[], Ran> lxc) throws Exception {
        int before = peer.volumes();
        double seconds = milliseconds(() -> peer.fill(count, end)) / 1000;
        double each = seconds * 1000 / Math.max(1, peer.volumes() - before);
        System.err.printf(Locale.ROOT, "%d volumes; each took %.1f ms%n", peer.volumes(), each);
        double whole = median(LISTS, () -> peer.list(1));
        double full = median(LISTS, () -> peer.list(2));
        System.err.printf(Locale.ROOT, "the list has %.1f MiB%n", peer.list(2) / (double) MIB);
        String[] command = {"storage", "volume", "list", POOL, "--format", "csv"};
        double shown = median(LISTS, () -> lxc.apply(command).orFail());
        return new Row(peer.volumes(), seconds, whole, full, shown, steps(peer));
    }

    /** One at a time, among what is there. */
    private static List<Double> steps(Peer peer) throws Exception {
        List<List<Double>> all = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < STEPS; i++) {
            all.get(0).add(milliseconds(() -> peer.create("one")));
            all.get(1).add(milliseconds(() -> peer.snapshot("one", "s")));
            peer.delete("one", "s");
            all.get(2).add(milliseconds(() -> peer.delete("one")));
        }
        return all.stream().map(Lists::median).toList();
    }

    private static double milliseconds(Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double median(int rounds, Step step) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM + rounds; i++) {
            double time = milliseconds(step);
            if (i >= WARM) {
                times.add(time);
            }
        }
        return median(times);
    }

    private static double median(List<Double> times) {
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(List<Row> ours, List<Row> theirs) {
        System.out.println(
                "| server | volumes | made in s | recursion=1: ms | recursion=2: ms | `lxc storage volume list`: ms"
                        + " | create: ms | snapshot: ms | delete: ms |\n|---|---|---|---|---|---|---|---|---|");
        theirs.forEach(row -> print("LXD 5.0.2, dir", row));
        ours.forEach(row -> print("Stowage, pure", row));
        for (Row their : theirs) {
            ours.stream()
                    .filter(row -> row.volumes() >= their.volumes())
                    .findFirst()
                    .ifPresent(our -> compare(our, their));
        }
    }

    private static void print(String server, Row row) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %.1f |%n",
                server,
                row.volumes(),
                row.seconds(),
                row.whole(),
                row.full(),
                row.lxc(),
                row.steps().get(0),
                row.steps().get(1),
                row.steps().get(2));
    }

    /** Where LXD had fewer, its time is what so many would have taken at the same time for each. */
    private static void compare(Row our, Row their) {
        double scale = (double) our.volumes() / their.volumes();
        System.out.printf(
                Locale.ROOT,
                "%nThe list of %d takes %.3f of LXD's time (recursion=1), %.3f (recursion=2)%s.%n",
                our.volumes(),
                our.whole() / (their.whole() * scale),
                our.full() / (their.full() * scale),
                scale == 1 ? "" : ", whose %d were scaled by %.2f".formatted(their.volumes(), scale));
    }
}
