package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the WSAPI is spoken: sections 1, 2 and 14 of its reference. */
class ApiTest {
    /** NUMBER STATUS, as the reference's table has them. */
    private static final String ERRORS = """
            1 500, 4 413, 5 403, 6 403, 8 505, 9 501, 11 404, 12 400, 13 403, 14 409, 15 404, 16 409, 17 404, 18 409, 19 404,
            20 404, 21 400, 22 409, 23 404, 24 400, 25 409, 26 409, 27 409, 28 400, 29 400, 31 503, 32 409, 34 409,
            35 406, 36 406, 38 404, 39 400, 40 400, 43 400, 44 400, 45 400, 46 400, 51 415, 52 400, 55 400, 56 400,
            57 400, 59 409, 60 400, 69 400, 73 409, 77 409, 78 400, 80 404, 97 409, 98 400, 100 404, 101 409, 102 404,
            103 409, 104 404, 114 400, 115 400, 117 404, 145 404, 150 403, 151 409, 152 400, 153 403, 180 404, 181 409,
            185 409, 187 404, 270 503""";

    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void errorsHaveTheNumbersAndStatusesOfTheTable() {
        var table = new HashMap<Integer, Integer>();
        for (var row : ERRORS.split(",\\s*", -1)) {
            var pair = row.split(" ", -1);
            table.put(Integer.parseInt(pair[0]), Integer.parseInt(pair[1]));
        }
        assertThat(Arrays.stream(Problem.values()).filter(problem -> problem.code() <= 1000))
                .allSatisfy(problem ->
                        assertThat(problem.status()).as("%s", problem).isEqualTo(table.get(problem.code())))
                .hasSize(table.size());
    }

    private Response.Whole raw(String method, String path, String body, Map<String, String> headers) {
        return lab.raw(method, path, body, headers);
    }

    private static String told(Response.Whole answer) {
        return answer.status() + " " + Lab.json(answer).path("code").asInt();
    }

    /** Section 2: a user of the role browse looks at everything and changes nothing; code 13 is no reason to log in again. */
    @Test
    void whoMayOnlyLookChangesNothing() {
        lab.create("v", 256);
        var json = Map.of("content-type", "application/json");
        var login = raw("POST", "/api/v1/credentials", lab.browserCredentials(), json);
        assertThat(login.status()).isEqualTo(201);
        var key = Lab.json(login).path("key").asString();
        var headers = new HashMap<>(json);
        headers.put("x-hp3par-wsapi-sessionkey", key);
        assertThat(raw("GET", "/api/v1/volumes/v", "", headers).status()).isEqualTo(200);
        assertThat(raw("POST", "/api/v1/spacereporter", "{'cpg': 'SSD_r6'}", headers)
                        .status())
                .isEqualTo(200);
        var before = lab.objects();
        for (var change : Map.of("DELETE", "volumes/v", "PUT", "volumes/v", "POST", "volumes")
                .entrySet()) {
            assertThat(told(raw(change.getKey(), "/api/v1/" + change.getValue(), "{'newName': 'w'}", headers)))
                    .isEqualTo("403 13");
        }
        assertThat(lab.objects()).isEqualTo(before);
        assertThat(told(raw("GET", "/api/v1/nothing", "", headers))).isEqualTo("404 11");
        assertThat(raw("DELETE", "/api/v1/credentials/" + key, "", headers).status())
                .isEqualTo(200);
        assertThat(told(raw("GET", "/api/v1/volumes", "", headers))).isEqualTo("403 6");
    }

    /** LXD compares the content type, and reads a body from every error (traps 1 and 2). */
    @Test
    void answersAreJsonWithoutACharset() {
        var found = lab.send("GET", "system", "");
        assertThat(found.headers()).containsEntry("Content-Type", "application/json");
        var refused = lab.send("GET", "volumes/none", "");
        assertThat(refused.headers()).containsEntry("Content-Type", "application/json");
        assertThat(Lab.json(refused).path("code").intValue()).isEqualTo(23);
        assertThat(Lab.json(refused).path("desc").asString()).isEqualTo("volume does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nothing, 404 11",
        "GET, volumes/a/b/c, 404 11",
        "PATCH, volumes, 501 9",
        "DELETE, system, 501 9",
        "PUT, credentials, 501 9",
    })
    void whatIsNotThereIsRefused(String method, String path, String refusal) {
        assertThat(lab.refused(method, path, "")).isEqualTo(refusal);
    }

    @Test
    void theVersionIsToldToEverybody() {
        var answer = lab.raw("GET", "/api", "", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Lab.json(answer).path("build").intValue()).isGreaterThanOrEqualTo(100_000_000);
    }

    @Test
    void everythingElseNeedsASession() {
        assertThat(told(raw("GET", "/api/v1/volumes", "", Map.of()))).isEqualTo("403 6");
        assertThat(told(raw("GET", "/api/v1/nothing", "", Map.of("x-hp3par-wsapi-sessionkey", "0-1"))))
                .isEqualTo("403 6");
    }

    @Test
    void doubledSlashesAndSlashesAtTheEndCountNothing() {
        assertThat(lab.get("/volumes/").path("total").intValue()).isZero();
    }

    @Test
    void headersHaveToFit() {
        var json = Map.of("content-type", "application/json");
        assertThat(told(raw("GET", "/api", "", Map.of("accept", "text/html")))).isEqualTo("406 35");
        assertThat(raw("GET", "/api", "", Map.of("accept", "application/json;charset=utf-8, text/html"))
                        .status())
                .isEqualTo(200);
        assertThat(told(raw("GET", "/api", "", Map.of("accept-language", "de"))))
                .isEqualTo("406 36");
        assertThat(told(raw("POST", "/api/v1/credentials", "{}", Map.of("content-type", "text/plain"))))
                .isEqualTo("415 51");
        assertThat(told(raw("POST", "/api/v1/credentials", "{'user': 'x', 'password': 'y'}", json)))
                .isEqualTo("403 5");
        assertThat(told(raw("POST", "/api/v1/credentials", "{'user': 'x'}", json)))
                .isEqualTo("400 40");
    }

    @Test
    void aSessionEndsByLogoutOrAQuarterOfAnHourOfSilence() {
        lab.pass(Duration.ofMinutes(14));
        assertThat(lab.get("wsapiconfiguration").path("sessionsInUse").intValue())
                .isEqualTo(2);
        lab.pass(Duration.ofMinutes(16));
        assertThat(lab.get("wsapiconfiguration").path("sessionsInUse").intValue())
                .isEqualTo(1);
        lab.delete("credentials/" + lab.key());
        assertThat(lab.refused("GET", "system", "")).isEqualTo("403 6");
    }

    @Test
    void thereAreOnlySoManySessions() {
        lab.set("session-limit", 2);
        var json = Map.of("content-type", "application/json");
        assertThat(raw("POST", "/api/v1/credentials", lab.credentials(), json).status())
                .isEqualTo(201);
        assertThat(told(raw("POST", "/api/v1/credentials", lab.credentials(), json)))
                .isEqualTo("503 31");
    }
}
