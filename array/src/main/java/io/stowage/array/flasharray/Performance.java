package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Interval;
import io.stowage.array.core.Load;
import io.stowage.array.core.LoadHistory;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code …/performance}: what another resource's items read and wrote lately, or once for every sample of a time.
 *
 * @param <T> what the other resource lists
 */
final class Performance<T> implements Resource<Performance.Sample<T>> {
    private final Estate estate;
    private final Resource<T> resource;
    private final Gauge<T> gauge;
    private final Duration finest;
    private final Form form;

    /** What is known of one thing in one interval. */
    record Sample<T>(T one, Interval interval) {}

    /** Finds what a thing did. */
    @FunctionalInterface
    interface Gauge<T> {
        Load of(Objects objects, T one, Interval interval);
    }

    /** Says what a load comes to. */
    @FunctionalInterface
    interface Form {
        ObjectNode figures(Load load, Duration time);
    }

    /** @param finest the shortest samples there are of it */
    Performance(Estate estate, Resource<T> resource, Duration finest, Gauge<T> gauge, Form form) {
        this.estate = estate;
        this.resource = resource;
        this.gauge = gauge;
        this.finest = finest;
        this.form = form;
    }

    /** Of objects: volumes, hosts and what groups them. */
    Performance(Estate estate, Resource<T> resource, Gauge<T> gauge) {
        this(estate, resource, LoadHistory.COARSE, gauge, Performance::figures);
    }

    Answer list(Call call) {
        estate.measure();
        var intervals = intervals(call);
        return estate.read(objects -> {
            var samples = Listing.selected(resource, objects, call).stream()
                    .flatMap(one -> intervals.stream().map(interval -> new Sample<>(one, interval)))
                    .toList();
            return Listing.page(this, objects, call, samples);
        });
    }

    private List<Interval> intervals(Call call) {
        return Stretch.of(call, estate.time().instant(), finest)
                .map(time -> estate.loads().between(time.start(), time.end(), time.resolution()))
                .orElseGet(() -> List.of(estate.loads().latest()));
    }

    @Override
    public Collection<Sample<T>> all(Objects objects) {
        throw new IllegalStateException("samples are chosen by their time");
    }

    @Override
    public Optional<Sample<T>> named(Objects objects, String name) {
        throw new IllegalStateException("samples are chosen by their time");
    }

    /** The name of the thing and, as there may be several of it, the time. */
    @Override
    public String name(Objects objects, Sample<T> sample) {
        return resource.name(objects, sample.one())
                + " %020d".formatted(sample.interval().end().toEpochMilli());
    }

    @Override
    public Optional<Boolean> destroyed(Sample<T> sample) {
        return resource.destroyed(sample.one());
    }

    @Override
    public String missing() {
        return resource.missing();
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    /** Sums of what happened, over the time from the first to the last sample. */
    @Override
    public ObjectNode total(Objects objects, Collection<Sample<T>> all, ApiVersion version) {
        var load = all.stream()
                .map(sample -> gauge.of(objects, sample.one(), sample.interval()))
                .reduce(Load.NONE, Load::plus);
        var time = all.stream()
                .map(Sample::interval)
                .distinct()
                .map(Interval::length)
                .reduce(Duration.ZERO, Duration::plus);
        return References.none().setAll(form.figures(load, time)).putNull("time");
    }

    @Override
    public ObjectNode item(Objects objects, Sample<T> sample, ApiVersion version) {
        var item = Json.object().put("name", resource.name(objects, sample.one()));
        resource.id(sample.one()).ifPresent(id -> item.put("id", id));
        var interval = sample.interval();
        item.setAll(form.figures(gauge.of(objects, sample.one(), interval), interval.length()));
        return item.put("time", interval.end().toEpochMilli());
    }

    /** Operations, bytes and times. */
    static ObjectNode figures(Load load, Duration time) {
        var figures = new LoadFigures(load, time);
        return figures.json()
                .put("queue_depth", figures.depth())
                .put("others_per_sec", 0)
                .put("usec_per_other_op", 0)
                .put("local_queue_usec_per_op", 0);
    }
}
