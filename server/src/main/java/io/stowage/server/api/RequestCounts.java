package io.stowage.server.api;

import io.stowage.server.metrics.Metric;
import io.stowage.server.metrics.Sample;
import io.stowage.web.Request;
import io.stowage.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts requests by what they are about, as LXD names it, and by how they are answered. */
final class RequestCounts {
    private enum About {
        SERVER,
        STORAGE_POOL,
        PROJECT,
        PROFILE,
        OPERATION,
        WARNING,
        IDENTITY;

        static About of(Request request) {
            var segments = request.segments();
            return switch (segments.size() > 1 ? segments.get(1) : "") {
                case "storage-pools", "storage-volumes" -> STORAGE_POOL;
                case "projects" -> PROJECT;
                case "profiles" -> PROFILE;
                case "operations" -> OPERATION;
                case "warnings" -> WARNING;
                case "certificates" -> IDENTITY;
                default -> SERVER;
            };
        }
    }

    private enum Result {
        ERROR_SERVER,
        ERROR_CLIENT,
        SUCCEEDED;

        static Result of(Response answer) {
            int status = switch (answer) {
                case Response.Whole whole -> whole.status();
                case Response.Streamed streamed -> streamed.status();
                case Response.Upgrade _ -> 101;
                case Response.Dropped _ -> 500;
            };
            return status < 400 ? SUCCEEDED : status < 500 ? ERROR_CLIENT : ERROR_SERVER;
        }
    }

    /** One kind of request that was answered one way. */
    private record Answered(About about, Result result) {}

    private final ConcurrentMap<About, LongAdder> ongoing = new ConcurrentHashMap<>();
    private final ConcurrentMap<Answered, LongAdder> answered = new ConcurrentHashMap<>();

    private LongAdder ongoing(About about) {
        return ongoing.computeIfAbsent(about, _ -> new LongAdder());
    }

    private LongAdder answered(About about, Result result) {
        return answered.computeIfAbsent(new Answered(about, result), _ -> new LongAdder());
    }

    /** Answers and counts. */
    Response count(Request request, Supplier<Response> answer) {
        var about = About.of(request);
        ongoing(about).increment();
        var result = Result.ERROR_SERVER;
        try {
            var given = answer.get();
            result = Result.of(given);
            return given;
        } finally {
            ongoing(about).decrement();
            answered(about, result).increment();
        }
    }

    List<Metric> metrics() {
        var now = new ArrayList<Sample>();
        var past = new ArrayList<Sample>();
        for (var about : About.values()) {
            now.add(new Sample(
                    Map.of("entity_type", word(about)), ongoing(about).intValue()));
            for (var result : Result.values()) {
                past.add(new Sample(
                        Map.of("entity_type", word(about), "result", word(result)),
                        answered(about, result).doubleValue()));
            }
        }
        return List.of(
                Metric.counter(
                        "lxd_api_requests_completed_total", "Requests that were answered since the start.", past),
                Metric.gauge("lxd_api_requests_ongoing", "Requests that are being answered.", now));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
