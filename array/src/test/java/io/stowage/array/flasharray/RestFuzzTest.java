package io.stowage.array.flasharray;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Estate;
import io.stowage.array.fault.Faults;
import io.stowage.array.management.FuzzedRequest;
import io.stowage.array.management.ManagementApi;
import io.stowage.array.management.Personality;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreInMemory;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import io.stowage.web.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Requests of any kind: each is answered with a documented status and in the documented form, tells no secret, and
 * changes nothing when it is refused. {@code -Dstowage.fuzz=N} asks for N of them, {@code -Dstowage.seed=S} for others.
 */
@Timeout(value = 7200, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class RestFuzzTest {
    private static final long SOAK = 10_000_000;
    private static final long USUAL = 15_000;

    /** Beyond this many objects it goes on with a new array: calls must stay quick. */
    private static final int MOST_OBJECTS = 400;

    /** Section 3 of the reference; 405 and 413 come from the server before the service. */
    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 404, 405, 413);

    private static final List<String> NOT_TO_BE_TOLD = List.of("Exception", "io.stowage", "java.", Fuzz.SECRET);

    /** An array without a network or a disk. */
    private static final class Lab implements AutoCloseable {
        private final DiskStore store = StoreInMemory.open(1L << 40);
        private final Estate estate = Estate.open("flasharray", store, new ManualTime());
        private final FlashArray array = new FlashArray(estate, ApiVersion.NEWEST);
        private final ManagementApi api;
        private String session = "";

        Lab(ServerCertificate certificate) {
            var loopback = InetAddress.getLoopbackAddress();
            api = array.api(
                    new Personality.Management(new InetSocketAddress(loopback, 443), certificate, Duration.ZERO),
                    new DataPortals(
                            List.of(new InetSocketAddress(loopback, 3260)),
                            List.of(new InetSocketAddress(loopback, 4420)),
                            DataPorts.NONE),
                    new Faults());
        }

        String session() {
            return session;
        }

        /** What can be called at all. */
        List<Fuzz.Call> calls() throws Exception {
            var calls = new ArrayList<Fuzz.Call>();
            for (var path : api.testing().paths()) {
                for (var method : List.of("GET", "POST", "PATCH", "DELETE", "PUT")) {
                    var probe = new FuzzedRequest(
                            method, "/api/2.26/" + path, "", Map.of("x-auth-token", session), new byte[0]);
                    var status = send(probe).status();
                    if (status == 200 || status == 400) {
                        calls.add(new Fuzz.Call(method, path));
                    }
                }
            }
            return calls;
        }

        void login() throws Exception {
            var answer = send(new FuzzedRequest(
                    "POST", "/api/2.26/login", "", Map.of("api-token", array.apiToken()), new byte[0]));
            session = answer.headers().getOrDefault("x-auth-token", "");
        }

        Response.Whole send(FuzzedRequest request) throws Exception {
            return (Response.Whole) api.handler().handle(request);
        }

        /** All objects: two are equal when nothing has changed. */
        List<?> objects() {
            return estate.read(RestFuzzTest::everything);
        }

        int count() {
            return objects().stream().mapToInt(each -> ((Set<?>) each).size()).sum();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static List<Set<?>> everything(io.stowage.array.core.Objects objects) {
        return List.of(
                Set.copyOf(objects.containers()),
                Set.copyOf(objects.volumes()),
                Set.copyOf(objects.volumeGroups()),
                Set.copyOf(objects.snapshots()),
                Set.copyOf(objects.hosts()),
                Set.copyOf(objects.hostGroups()),
                Set.copyOf(objects.connections()),
                Set.copyOf(objects.tags()));
    }

    @TempDir
    @Nullable
    Path folder;

    @Test
    void everyRequestIsAnsweredAsDocumented() throws Exception {
        var budget = Long.getLong("stowage.fuzz", Boolean.getBoolean("stowage.soak") ? SOAK : USUAL);
        var seed = Long.getLong("stowage.seed", 1);
        var random = new Random(seed);
        var certificate = ServerCertificate.ensure(
                Objects.requireNonNull(folder), "fuzz", List.of(InetAddress.getLoopbackAddress()), List.of());
        for (long done = 0; done < budget; ) {
            try (var lab = new Lab(certificate)) {
                lab.login();
                var calls = lab.calls();
                lab.login(); // one of them was logout
                var fuzz = new Fuzz(random, calls, lab::session);
                var before = lab.objects();
                do {
                    var request = fuzz.next();
                    done++;
                    Response.Whole answer;
                    try {
                        answer = lab.send(request);
                        examine(request, answer);
                        var after = lab.objects();
                        if (answer.status() != 200 && !after.equals(before)) {
                            throw new AssertionError("refused, but something has changed: " + text(answer));
                        }
                        before = after;
                    } catch (Exception | StackOverflowError | AssertionError e) {
                        throw new AssertionError("seed %d, request %d: %s".formatted(seed, done, request), e);
                    }
                    if (request.rawPath().endsWith("/logout") && answer.status() == 200) {
                        lab.login();
                    }
                } while (done < budget && (done % 1000 != 0 || lab.count() < MOST_OBJECTS));
            }
        }
    }

    private static void examine(FuzzedRequest request, Response.Whole answer) {
        if (!STATUSES.contains(answer.status())) {
            throw new AssertionError("status " + answer.status() + ": " + text(answer));
        }
        var told = text(answer);
        for (var secret : NOT_TO_BE_TOLD) {
            if (told.contains(secret)) {
                throw new AssertionError("tells of " + secret + ": " + told);
            }
        }
        if (answer.status() == 200 && answer.body().length == 0) {
            return;
        }
        JsonNode json;
        try {
            json = Json.tree(answer.body());
        } catch (MalformedJson e) {
            throw new AssertionError("not JSON: " + told, e);
        }
        if (answer.status() == 200) {
            requireItems(json, told);
        } else {
            requireErrors(json, told);
        }
    }

    private static void requireItems(JsonNode json, String told) {
        if (!json.path("items").isArray() && !json.path("version").isArray()) {
            throw new AssertionError("neither items nor versions: " + told);
        }
    }

    private static void requireErrors(JsonNode json, String told) {
        var errors = json.path("errors");
        if (!errors.isArray() || errors.isEmpty()) {
            throw new AssertionError("no errors: " + told);
        }
        for (var error : errors) {
            var message = error.path("message").asString("");
            if (message.length() < 2 || !message.endsWith(".") || !error.has("context")) {
                throw new AssertionError("not a sentence with its context: " + told);
            }
        }
    }

    private static String text(Response.Whole answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
