package io.stowage.server.api;

import io.stowage.engine.Operations;
import io.stowage.engine.Pool;
import io.stowage.engine.PoolTraffic;
import io.stowage.engine.Pools;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Volume;
import io.stowage.engine.Volumes;
import io.stowage.engine.Warnings;
import io.stowage.model.ByteSize;
import io.stowage.server.metrics.Metric;
import io.stowage.server.metrics.Sample;
import io.stowage.server.settings.ServerSettings;
import io.stowage.web.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * {@code GET /1.0/metrics}: LXD's metrics of the server itself, and our own of what it stores. No array is asked for them.
 * Clients restricted to projects see what belongs to these; everybody sees everything if the server's config says so.
 */
final class MetricsResource {
    static final String PATH = "/1.0/metrics";

    private final Pools pools;
    private final Volumes volumes;
    private final Snapshots snapshots;
    private final Operations operations;
    private final Warnings warnings;
    private final ServerSettings settings;
    private final RequestCounts requests;
    private final long started = System.nanoTime();

    MetricsResource(
            Pools pools,
            Volumes volumes,
            Snapshots snapshots,
            Operations operations,
            Registry registry,
            RequestCounts requests) {
        this.pools = pools;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.operations = operations;
        this.warnings = registry.warnings();
        this.settings = registry.settings();
        this.requests = requests;
    }

    void addTo(Router router) {
        router.get(PATH, this::get);
    }

    private Response get(Call call) {
        var isOpen = settings.get(ServerSettings.METRICS_AUTHENTICATION)
                .filter("false"::equals)
                .isPresent();
        if (!isOpen && call.caller() instanceof Caller.Stranger) {
            throw new ApiError(403, Caller.REFUSAL);
        }
        var metrics = new ArrayList<>(server());
        metrics.addAll(requests.metrics());
        metrics.addAll(storage());
        metrics.addAll(arrays());
        var wanted = wanted(call, isOpen);
        var text =
                Metric.text(metrics.stream().map(metric -> metric.only(wanted)).toList());
        return Response.of(200, Metric.MEDIA_TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the project that is asked for, if one is; what belongs to no project only for who may read everything. */
    private static Predicate<Sample> wanted(Call call, boolean isOpen) {
        var asked = call.query(Sample.PROJECT);
        Predicate<Sample> of =
                sample -> asked.isEmpty() || asked.equals(sample.labels().get(Sample.PROJECT));
        return isOpen
                ? of
                : call.caller()
                        .observes()
                        .map(projects -> of.and(sample -> belongsTo(sample, projects)))
                        .orElse(of);
    }

    private static boolean belongsTo(Sample sample, Set<String> projects) {
        var project = sample.labels().get(Sample.PROJECT);
        return project != null && projects.contains(project);
    }

    private List<Metric> server() {
        double running = operations.list().stream()
                .filter(operation -> !operation.state().settled())
                .count();
        return List.of(
                Metric.gauge("lxd_operations_total", "Operations that are under way.", List.of(Sample.of(running))),
                Metric.gauge(
                        "lxd_warnings_total",
                        "Warnings that there are.",
                        List.of(Sample.of(warnings.list().size()))),
                Metric.counter(
                        "lxd_uptime_seconds",
                        "Seconds since the server started.",
                        List.of(Sample.of((System.nanoTime() - started) / 1e9))));
    }

    private List<Metric> storage() {
        var all = volumes.list();
        return List.of(
                Metric.gauge("stowage_storage_pools", "Storage pools.", counts(pools.list(), MetricsResource::about)),
                Metric.gauge("stowage_storage_volumes", "Custom volumes.", counts(all, MetricsResource::about)),
                Metric.gauge(
                        "stowage_storage_volume_size_bytes",
                        "Bytes that custom volumes offer; what they take on the array is less, mostly.",
                        sums(all, MetricsResource::about, MetricsResource::size)),
                Metric.gauge(
                        "stowage_storage_volume_snapshots",
                        "Snapshots of custom volumes.",
                        counts(snapshotsOfAll(), MetricsResource::about)));
    }

    /** Those of a pool that goes meanwhile are left out. */
    private List<Snapshot> snapshotsOfAll() {
        return pools.list().stream()
                .flatMap(pool -> Gone.orElse(List.<Snapshot>of(), () -> snapshots.list(pool.name())).stream())
                .toList();
    }

    private List<Metric> arrays() {
        var traffic = pools.traffic();
        return List.of(
                array(
                        "requests_total",
                        "Requests to the management of a pool's array.",
                        traffic,
                        PoolTraffic::requests),
                array("request_failures_total", "Those of them without an answer.", traffic, PoolTraffic::failures),
                array("sent_bytes_total", "Bytes in the bodies of these requests.", traffic, PoolTraffic::sentBytes),
                array("received_bytes_total", "Bytes in the bodies of answers.", traffic, PoolTraffic::receivedBytes));
    }

    private static Metric array(
            String name, String help, Map<String, PoolTraffic> traffic, ToDoubleFunction<PoolTraffic> what) {
        var samples = traffic.entrySet().stream()
                .map(pool -> new Sample(Map.of("pool", pool.getKey()), what.applyAsDouble(pool.getValue())))
                .toList();
        return Metric.counter("stowage_array_" + name, help, samples);
    }

    private static <T> List<Sample> counts(Collection<T> all, Function<T, Map<String, String>> about) {
        return sums(all, about, _ -> 1);
    }

    private static <T> List<Sample> sums(
            Collection<T> all, Function<T, Map<String, String>> about, ToDoubleFunction<T> value) {
        return all.stream().collect(Collectors.groupingBy(about, Collectors.summingDouble(value))).entrySet().stream()
                .map(group -> new Sample(group.getKey(), group.getValue()))
                .toList();
    }

    private static Map<String, String> about(Pool pool) {
        return Map.of("driver", pool.driver());
    }

    private static Map<String, String> about(Volume volume) {
        var name = volume.name();
        return Map.of(
                "pool",
                name.pool(),
                Sample.PROJECT,
                name.project(),
                "content_type",
                volume.content().toString());
    }

    /** Not by volume, of which there may be ten thousand. */
    private static Map<String, String> about(Snapshot snapshot) {
        var volume = snapshot.name().volume();
        return Map.of("pool", volume.pool(), Sample.PROJECT, volume.project());
    }

    private static double size(Volume volume) {
        var size = volume.config().getOrDefault("size", "");
        return size.isEmpty() ? 0 : ByteSize.parse(size).bytes();
    }
}
