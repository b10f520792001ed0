package io.stowage.array.flasharray;

import io.stowage.array.fault.RestCall;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How fault switches look at requests, and how those are answered that are not to be carried out. */
final class RestFaults {
    private static final String NAMES = "names";

    /** What the gateway before the service says, as the official client reads it. */
    private static final String RATE_LIMIT = "API rate limit exceeded";

    private static final Map<String, String> NOTHING_REMAINS = Map.of(
            "X-RateLimit-Limit-second", "10",
            "X-RateLimit-Remaining-second", "0",
            "X-RateLimit-Limit-minute", "600",
            "X-RateLimit-Remaining-minute", "590");

    private RestFaults() {}

    /** The request as fault switches look at it. */
    static RestCall describe(Request request) {
        return new RestCall(request.method(), path(request.segments()), objects(request));
    }

    /** Below {@code /api/2.X/}; {@code api_version} has no version before it. */
    private static String path(List<String> segments) {
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

    static Response.Whole refused(RestOutcome.Refusal outcome) {
        return switch (outcome) {
            case RestOutcome.Refuse(int status, var context, var message) ->
                Envelope.errors(status, List.of(new Problem(context, message)));
            case RestOutcome.Busy(int status) -> busy(status);
            case RestOutcome.Full() -> Envelope.errors(400, List.of(new Problem(null, Wording.OUT_OF_SPACE)));
            case RestOutcome.Expire() -> Envelope.of(Refusal.invalidSession());
        };
    }

    private static Response.Whole busy(int status) {
        if (status != 429) {
            return Envelope.errors(status, List.of(new Problem(null, Wording.UNAVAILABLE)));
        }
        var answer = Envelope.json(status, Json.object().put("message", RATE_LIMIT));
        for (var header : NOTHING_REMAINS.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
