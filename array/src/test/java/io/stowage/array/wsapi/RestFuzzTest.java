package io.stowage.array.wsapi;

import io.stowage.array.management.FuzzedRequest;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import tools.jackson.databind.JsonNode;

/**
 * Requests of any kind: each is answered with a documented status and in the documented form, tells no secret, and
 * changes nothing when it is refused. {@code -Dstowage.fuzz=N} asks for N of them, {@code -Dstowage.seed=S} for others.
 */
@Timeout(value = 7200, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class RestFuzzTest {
    private static final long SOAK = 5_000_000;
    private static final long USUAL = 8_000;

    /** Beyond this many objects it goes on with a new array: calls must stay quick. */
    private static final int MOST_OBJECTS = 200;

    /** Section 14 of the reference, without 500 (a defect), 408 and 505, which need a network. */
    private static final Set<Integer> STATUSES = Set.of(200, 201, 400, 403, 404, 406, 409, 413, 415, 501, 503);

    private static final List<String> NOT_TO_BE_TOLD = List.of("Exception", "io.stowage", "java.", Fuzz.SECRET);

    private long carriedOut;

    @Test
    void everyRequestIsAnsweredAsDocumented() {
        var budget = Long.getLong("stowage.fuzz", Boolean.getBoolean("stowage.soak") ? SOAK : USUAL);
        var seed = Long.getLong("stowage.seed", 1);
        var random = new Random(seed);
        for (long done = 0; done < budget; ) {
            try (var lab = Lab.inMemory()) {
                var fuzz = new Fuzz(random, lab.paths(), lab::key);
                var before = lab.objects();
                do {
                    var request = fuzz.next();
                    done++;
                    try {
                        before = examined(lab, request, before);
                    } catch (RuntimeException | StackOverflowError | AssertionError e) {
                        throw new AssertionError("seed %d, request %d: %s".formatted(seed, done, request), e);
                    }
                } while (done < budget && (done % 500 != 0 || count(before) < MOST_OBJECTS));
                if (!lab.findings().isEmpty()) {
                    throw new AssertionError("seed %d, request %d: %s".formatted(seed, done, lab.findings()));
                }
            }
        }
        if (carriedOut < budget / 40) {
            throw new AssertionError("only " + carriedOut + " of " + budget + " were carried out: not nearly right");
        }
    }

    /** All objects after the request. */
    private List<Set<?>> examined(Lab lab, FuzzedRequest request, List<Set<?>> before) {
        var answer = lab.send(request);
        examine(answer);
        var after = lab.objects();
        if (answer.status() >= 400 && !after.equals(before)) {
            throw new AssertionError("refused, but something has changed: " + text(answer));
        }
        if (answer.status() < 300 && !after.equals(before)) {
            carriedOut++;
        }
        if (lab.refused("GET", "volumes/none", "").equals("403 6")) {
            lab.loginAgain(); // it has ended its own session
        }
        return after;
    }

    private static int count(List<Set<?>> objects) {
        return objects.stream().mapToInt(Set::size).sum();
    }

    private static void examine(Response.Whole answer) {
        if (!STATUSES.contains(answer.status())) {
            throw new AssertionError("status " + answer.status() + ": " + text(answer));
        }
        var told = text(answer);
        for (var secret : NOT_TO_BE_TOLD) {
            if (told.contains(secret)) {
                throw new AssertionError("tells of " + secret + ": " + told);
            }
        }
        if (answer.body().length == 0 && answer.status() < 300) {
            return;
        }
        JsonNode json;
        try {
            json = Json.tree(answer.body());
        } catch (MalformedJson e) {
            throw new AssertionError("not JSON: " + told, e);
        }
        if (!"application/json".equals(answer.headers().get("Content-Type"))) {
            throw new AssertionError("Content-Type: " + answer.headers());
        }
        if (!json.isObject() || answer.status() >= 400 && !isError(json)) {
            throw new AssertionError("not in the form of section 1: " + told);
        }
    }

    private static boolean isError(JsonNode json) {
        return json.path("code").isIntegralNumber()
                && json.path("code").intValue() > 0
                && json.path("desc").asString("").length() > 2;
    }

    private static String text(Response.Whole answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
