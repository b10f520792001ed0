package io.stowage.benchmarks;

import io.stowage.web.client.Trust;
import io.stowage.web.client.WebClient;
import io.stowage.web.client.WebRequest;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Main of {@code benchmarks/many-volumes}: fills an array with volumes and snapshots one by one through its
 * management API, and tells what each step took while there were few and when there were many; then kills
 * the array and starts it again.
 */
public final class ManyVolumes {
    /** How many steps at the beginning and at the end are compared, by their medians. */
    private static final int SAMPLE = 300;

    private final Path launcher;
    private final Path state;
    private final int volumes;
    private final int snapshots;
    private Process array;
    private WebClient client;
    private String session = "";

    private ManyVolumes(Path launcher, Path state, int volumes, int snapshots) throws IOException {
        this.launcher = launcher;
        this.state = state;
        this.volumes = volumes;
        this.snapshots = snapshots;
        System.out.printf(
                "%d volumes, %d snapshots each%n%n| step | few: ms | many: ms | ratio |%n|---|---|---|---|%n",
                volumes, snapshots);
        this.array = launch();
        try {
            this.client = connect();
        } catch (IOException | RuntimeException e) {
            array.destroyForcibly();
            throw e;
        }
        System.out.printf(Locale.ROOT, "| start empty: s of a processor | %.1f | | |%n", processorSeconds());
    }

    /** Arguments: the launcher of the array, how many volumes (10,000) and how many snapshots of each (4). */
    public static void main(String[] args) throws IOException, InterruptedException {
        int volumes = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        int snapshots = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Path state = Files.createTempDirectory("stowage-many-volumes");
        try {
            var run = new ManyVolumes(Path.of(args[0]), state, volumes, snapshots);
            try {
                run.measure();
            } finally {
                run.end();
            }
        } finally {
            remove(state);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        launcher.toString(),
                        "--state",
                        state.toString(),
                        "--flasharray",
                        "127.0.0.1:0",
                        "--portal",
                        "127.0.0.1",
                        "--iscsi-port",
                        "0",
                        "--nvme-port",
                        "0",
                        "--discovery-port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private WebClient connect() throws IOException {
        String line = array.inputReader().readLine();
        if (line == null) {
            throw new IOException("the array ended before it was ready");
        }
        JsonNode endpoint = Json.tree(line.getBytes(StandardCharsets.UTF_8)).path("flasharray");
        String pem = Files.readString(Path.of(endpoint.path("certificate").asString()));
        client = new WebClient(URI.create(endpoint.path("management").asString()), Trust.pem(pem));
        var login = client.send(WebRequest.of("POST", "/api/2.26/login")
                .header("api-token", endpoint.path("apiToken").asString()));
        session = login.header("x-auth-token").orElseThrow();
        return client;
    }

    private void measure() throws IOException, InterruptedException {
        List<Long> created = new ArrayList<>();
        for (int i = 0; i < volumes; i++) {
            String volume = name(i);
            created.add(timed(() -> send("POST", "volumes?names=" + volume, "{\"provisioned\": 1073741824}")));
            if (i == Math.min(SAMPLE, volumes / 2)) {
                lists("few");
            }
        }
        row("create a volume", created);
        List<Long> taken = new ArrayList<>();
        for (int round = 0; round < snapshots; round++) {
            for (int i = 0; i < volumes; i++) {
                String volume = name(i);
                taken.add(timed(() -> send("POST", "volume-snapshots?source_names=" + volume, "{}")));
            }
        }
        row("take a snapshot", taken);
        lists("many");
        List<Long> destroyed = new ArrayList<>();
        for (int i = 0; i < Math.min(volumes, 2 * SAMPLE); i++) {
            String volume = name(i);
            destroyed.add(timed(() -> {
                send("PATCH", "volumes?names=" + volume, "{\"destroyed\": true}");
                send("DELETE", "volumes?names=" + volume, "");
            }));
        }
        row("destroy and eradicate a volume", destroyed);
        System.out.printf(
                "%nresident %d MiB, metadata %d MiB%n",
                resident() >> 20, Files.size(state.resolve("store/metadata")) >> 20);
        client.close();
        array.destroyForcibly().waitFor();
        long begin = System.nanoTime();
        array = launch();
        connect();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT, "started after a kill in %.1f s, %.1f s of a processor%n", seconds, processorSeconds());
        System.out.printf(
                Locale.ROOT, "its first page of volumes took %.0f ms%n", timed(() -> send("GET", "volumes", "")) / 1e6);
        System.out.printf("resident then %d MiB%n", resident() >> 20);
    }

    private void lists(String when) throws IOException {
        for (String list : List.of("volumes", "volume-snapshots", "volumes/space")) {
            String first = list + "?limit=100";
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                times.add(timed(() -> send("GET", first, "")));
            }
            System.out.printf(Locale.ROOT, "| a page of 100 of %s, %s | %.1f | | |%n", list, when, median(times));
        }
    }

    private static void row(String step, List<Long> times) {
        int sample = Math.min(SAMPLE, times.size() / 2);
        int warm = Math.min(100, times.size() - 2 * sample); // the first ones run interpreted
        double few = median(times.subList(warm, warm + sample));
        double many = median(times.subList(times.size() - sample, times.size()));
        long slowest = times.subList(warm, times.size()).stream()
                .max(Comparator.naturalOrder())
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s (slowest %.0f) | %.1f | %.1f | %.2f |%n",
                step,
                slowest / 1e6,
                few,
                many,
                many / few);
    }

    private static double median(List<Long> nanoseconds) {
        long[] sorted = nanoseconds.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }

    private interface Step {
        void run() throws IOException;
    }

    private static long timed(Step step) throws IOException {
        long begin = System.nanoTime();
        step.run();
        return System.nanoTime() - begin;
    }

    private void send(String method, String target, String body) throws IOException {
        var request = WebRequest.of(method, "/api/2.26/" + target).header("x-auth-token", session);
        var answer = client.send(body.isEmpty() ? request : request.json(body.getBytes(StandardCharsets.UTF_8)));
        if (answer.status() != 200) {
            throw new IOException("%s %s: %d %s".formatted(method, target, answer.status(), answer.text()));
        }
    }

    private static String name(int number) {
        return "volume-%07d".formatted(number);
    }

    /** The memory of the array's process, in bytes. */
    private long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + array.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private double processorSeconds() {
        return array.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private void end() throws InterruptedException {
        client.close();
        array.destroy();
        if (!array.waitFor(1, TimeUnit.MINUTES)) {
            array.destroyForcibly();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
