package io.stowage.array.flasharray;

import io.stowage.array.fault.Fault;
import io.stowage.array.fault.RestCall;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.fault.Switchboard;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the fault switches about requests, and answers those that are not to be carried out. */
final class RestFaults {
    private static final String NAMES = "names";

    /** What the gateway before the service says, as the official client reads it. */
    private static final String RATE_LIMIT = "API rate limit exceeded";

    private static final Map<String, String> NOTHING_REMAINS = Map.of(
            "X-RateLimit-Limit-second", "10",
            "X-RateLimit-Remaining-second", "0",
            "X-RateLimit-Limit-minute", "600",
            "X-RateLimit-Remaining-minute", "590");

    private final Switchboard<RestCall, RestOutcome> switches;

    RestFaults(Switchboard<RestCall, RestOutcome> switches) {
        this.switches = switches;
    }

    /** What is to go wrong with this request. */
    Optional<Fault<RestOutcome>> of(Request request) {
        if (switches.isIdle()) {
            return Optional.empty();
        }
        return switches.take(new RestCall(request.method(), path(request.segments()), objects(request)));
    }

    /** Below {@code /api/2.X/}; {@code api_version} has no version before it. */
    static String path(List<String> segments) {
        if (segments.equals(List.of("api", "api_version"))) {
            return "api_version";
        }
        return String.join("/", segments.subList(Math.min(2, segments.size()), segments.size()));
    }

    private static List<String> objects(Request request) {
        return request.query().parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().endsWith(NAMES))
                .flatMap(parameter -> parameter.getValue().stream())
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(name -> name.replace("'", ""))
                .toList();
    }

    static Response.Whole refused(RestOutcome.Refuse refuse) {
        return Envelope.errors(refuse.status(), List.of(new Problem(refuse.context(), refuse.message())));
    }

    static Response.Whole busy(int status) {
        if (status != 429) {
            return Envelope.errors(status, List.of(new Problem(null, Wording.UNAVAILABLE)));
        }
        var answer = Envelope.json(status, Json.object().put("message", RATE_LIMIT));
        for (var header : NOTHING_REMAINS.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    static Response.Whole full() {
        return Envelope.errors(400, List.of(new Problem(null, Wording.OUT_OF_SPACE)));
    }
}
