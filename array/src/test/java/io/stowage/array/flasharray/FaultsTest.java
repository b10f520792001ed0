package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.fault.ControlClient;
import io.stowage.web.client.WebRequest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault switches and knobs against the management API, as testers use them. */
class FaultsTest extends ArrayTest {
    private @Nullable ControlClient client;

    @BeforeEach
    void connect() throws Exception {
        client = ControlClient.connect(state());
    }

    @AfterEach
    void disconnect() {
        if (client != null) {
            client.close();
        }
    }

    private ControlClient control() {
        return java.util.Objects.requireNonNull(client);
    }

    @Test
    void anErrorIsTheArraysOwnAndNothingIsDone() {
        control().ok("{'on': 'volumes', 'method': 'POST', 'do': 'error', 'times': 1}");
        assertThat(rest().refused("POST", "volumes?names=v", "{}")).containsExactly("500 -: Internal error.");
        assertThat(rest().names("volumes")).isEmpty();
        rest().post("volumes?names=v", "{}");
        control()
                .ok("{'on': 'volumes', 'do': 'error', 'status': 400, 'context': 'v', 'message': 'Volume is busy.',"
                        + " 'times': 1}");
        assertThat(rest().refused("GET", "volumes", "")).containsExactly("400 v: Volume is busy.");
        assertThat(rest().names("volumes")).containsExactly("v");
    }

    @Test
    void droppedBeforeThereIsNoEffectDroppedAfterThereIs() {
        control().ok("{'on': 'volumes', 'method': 'POST', 'do': 'drop-before', 'times': 1}");
        assertThatThrownBy(() -> rest().send("POST", "volumes?names=before", "{}"))
                .isInstanceOf(UncheckedIOException.class);
        control().ok("{'on': 'volumes', 'method': 'POST', 'do': 'drop-after', 'times': 1}");
        assertThatThrownBy(() -> rest().send("POST", "volumes?names=after", "{}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(rest().names("volumes")).containsExactly("after");
    }

    @Test
    void busyIsToldByTheGatewayWithItsRateLimitOrByTheService() {
        control().ok("{'on': 'arrays', 'do': 'busy', 'times': 1}");
        var tooMany = rest().raw(WebRequest.of("GET", rest().path("arrays")));
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("X-RateLimit-Limit-second")).isPresent();
        assertThat(tooMany.header("X-RateLimit-Remaining-second")).contains("0");
        assertThat(tooMany.header("X-RateLimit-Limit-minute")).isPresent();
        assertThat(tooMany.header("X-RateLimit-Remaining-minute")).isPresent();
        assertThat(tooMany.json().path("message").isString()).isTrue();
        control().ok("{'on': 'arrays', 'do': 'busy', 'status': 503, 'times': 1}");
        assertThat(rest().refused("GET", "arrays", "")).containsExactly("503 -: Service unavailable.");
        assertThat(rest().get("arrays")).hasSize(1);
    }

    @Test
    void anExpiredSessionStaysExpired() {
        control().ok("{'on': 'volumes', 'do': 'expire', 'times': 1}");
        assertThat(rest().get("hosts")).isEmpty();
        assertThat(rest().refused("GET", "volumes", "")).containsExactly("401 -: Invalid session.");
        assertThat(rest().refused("GET", "hosts", "")).containsExactly("401 -: Invalid session.");
        rest().login(array().endpoints().flasharray().apiToken());
        assertThat(rest().get("volumes")).isEmpty();
        control().ok("{'end': 'sessions'}");
        assertThat(rest().refused("GET", "volumes", "")).containsExactly("401 -: Invalid session.");
    }

    @Test
    void fullRefusesAsAFullArrayDoes() {
        rest().post("volumes?names=v", "{}");
        control().ok("{'on': 'volume-snapshots', 'method': 'POST', 'do': 'full', 'times': 1}");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=v", "{}"))
                .containsExactly("400 -: Array is out of space.");
        assertThat(rest().get("volume-snapshots")).isEmpty();
    }

    @Test
    void aDelayedCallIsCarriedOutAndOthersAreNot() {
        control().ok("{'on': 'volumes', 'do': 'delay', 'ms': 300, 'times': 1}");
        var before = System.nanoTime();
        assertThat(rest().names("volumes")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(control().ok("{'list': true}").path("faults").isEmpty()).isTrue();
    }

    @Test
    void requestsAreCountedWhateverBecomesOfThem() {
        control().ok("{'calls': 'reset'}");
        rest().post("volumes?names=v,w", "{}");
        rest().get("volumes?names=v");
        rest().get("volumes/space?names=v");
        rest().refused("GET", "volumes?names=none", "");
        var counted = control().ok("{'calls': true}").path("calls");
        assertThat(counted.valueStream().map(Object::toString))
                .containsExactly(
                        counted("GET", "volumes", 2),
                        counted("POST", "volumes", 1),
                        counted("GET", "volumes/space", 1));
        assertThat(control().ok("{'calls': 'reset'}").path("calls")).isEqualTo(counted);
        assertThat(control().ok("{'calls': true}").path("calls").isEmpty()).isTrue();
        assertThat(control().refused("{'calls': 'all'}")).contains("calls", "all", "reset");
    }

    private static String counted(String method, String path, int count) {
        return "{\"personality\":\"flasharray\",\"method\":\"%s\",\"path\":\"%s\",\"count\":%d}"
                .formatted(method, path, count);
    }

    @Test
    void switchesMatchByPathPatternMethodAndName() {
        control().ok("{'on': 'volumes*', 'method': 'get', 'name': 'db-*', 'do': 'error'}");
        rest().post("volumes?names=db-1,web-1", "{}");
        assertThat(rest().refused("GET", "volumes?names=db-1", "")).hasSize(1);
        assertThat(rest().refused("GET", "volumes/space?names=web-1,db-1", "")).hasSize(1);
        assertThat(rest().names("volumes?names=web-1")).containsExactly("web-1");
        assertThat(rest().names("volumes")).hasSize(2);
        var fault = control().ok("{'list': true}").path("faults").path(0);
        assertThat(fault.path("hits").intValue()).isEqualTo(2);
        assertThat(fault.path("on").asString()).isEqualTo("volumes*");
        assertThat(control()
                        .ok("{'clear': %d}".formatted(fault.path("id").longValue()))
                        .path("cleared")
                        .intValue())
                .isEqualTo(1);
        assertThat(rest().names("volumes?names=db-1")).containsExactly("db-1");
    }

    @Test
    void afterLetsCallsPassAndLoginsAreCallsToo() {
        control().ok("{'on': '/api/2.26/login', 'do': 'error', 'status': 503, 'after': 1, 'times': 1}");
        var token = array().endpoints().flasharray().apiToken();
        assertThat(rest().login(token).status()).isEqualTo(200);
        assertThat(rest().login(token).status()).isEqualTo(503);
        assertThat(rest().login(token).status()).isEqualTo(200);
    }

    @Test
    void knobsChangePagesAndSessions() {
        rest().post("volumes?names=a,b,c", "{}");
        control().ok("{'set': 'page-limit', 'to': 2}");
        var page = rest().page("volumes?limit=10");
        assertThat(page.path("items").size()).isEqualTo(2);
        assertThat(page.path("more_items_remaining").booleanValue()).isTrue();
        var token = page.path("continuation_token").asString();
        assertThat(rest().names("volumes?continuation_token=" + token)).containsExactly("c");
        control().ok("{'set': 'page-limit', 'to': null}");
        assertThat(rest().names("volumes")).hasSize(3);

        control().ok("{'set': 'session-lifetime', 'to': 60000}");
        time.pass(Duration.ofSeconds(40));
        assertThat(rest().get("arrays")).hasSize(1);
        time.pass(Duration.ofSeconds(40));
        assertThat(rest().refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
        control().ok("{'set': 'session-lifetime', 'to': null}");

        control().ok("{'set': 'session-limit', 'to': 1}");
        rest().login(array().endpoints().flasharray().apiToken());
        try (var other = Rest.login(array().endpoints(), "2.26")) {
            assertThat(rest().refused("GET", "arrays", "")).containsExactly("401 -: Invalid session.");
            assertThat(other.get("arrays")).hasSize(1);
        }
        var settings = control().ok("{'list': true}").path("settings");
        assertThat(settings.path("session-limit").intValue()).isEqualTo(1);
        assertThat(settings.path("page-limit").intValue()).isEqualTo(1000);
        assertThat(settings.get("session-lifetime").isNull()).isTrue();
    }

    @Test
    void whatIsWrongWithALineIsSaidInOneSentenceAndChangesNothing() throws Exception {
        assertThat(control().refused("{'on': 'volums', 'do': 'error'}"))
                .startsWith("Invalid value \"volums\" for \"on\": neither a path of the API");
        assertThat(control().refused("{'on': 'REWIND', 'do': 'error'}")).startsWith("No SCSI command is called");
        assertThat(control().refused("{'on': 'volumes', 'do': 'explode'}"))
                .isEqualTo("Invalid value \"explode\" for \"do\": must be one of delay, error, drop-before, drop-after,"
                        + " busy, expire, full.");
        assertThat(control().refused("{'on': 'volumes'}")).isEqualTo("\"do\" is missing.");
        assertThat(control().refused("{'on': 'volumes', 'do': 'delay'}")).contains("\"ms\"");
        assertThat(control().refused("{'on': 'volumes', 'do': 'error', 'lun': 1}"))
                .startsWith("Unknown key \"lun\" for an API path");
        assertThat(control().refused("{'on': 'UNMAP', 'do': 'expire'}")).startsWith("SCSI has no sessions");
        assertThat(control().refused("{'on': 'UNMAP', 'do': 'error', 'sense': 'bad'}"))
                .contains("KEY/ASC/ASCQ");
        assertThat(control().refused("{'on': 'volumes', 'do': 'error', 'times': 0}"))
                .contains("from 1 to");
        assertThat(control().refused("{'on': 'volumes', 'do': 'full', 'message': 'x'}"))
                .contains("only for");
        assertThat(control().refused("{'set': 'speed', 'to': 1}")).contains("page-limit");
        assertThat(control().refused("{'set': 'page-limit', 'to': 1001}")).contains("1 to 1000");
        assertThat(control().refused("{'set': 'page-limit'}")).startsWith("\"to\" is missing");
        assertThat(control().refused("{'clear': 'x', 'list': 1}")).startsWith("Unknown key");
        assertThat(control().refused("{}")).startsWith("Nothing to do");
        assertThat(control().refused("[]")).startsWith("The line is not a JSON object");
        assertThat(control().refused("{'on'")).startsWith("The line is not valid JSON");
        assertThat(control().refused("x".repeat(70_000))).isEqualTo("The line is too long.");
        try (var fresh = ControlClient.connect(state())) {
            assertThat(fresh.ok("{'list': true}").path("faults").isEmpty()).isTrue();
        }
    }

    @Test
    void theSocketIsTheOwnersAloneAndSwitchesDoNotSurvive() throws Exception {
        var socket = state().resolve("control.socket");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        control().ok("{'on': '*', 'do': 'error'}");
        stop();
        assertThat(socket).doesNotExist();
        restart();
        assertThat(rest().get("arrays")).hasSize(1);
        assertThat(state().resolve(".control")).doesNotExist();
    }
}
