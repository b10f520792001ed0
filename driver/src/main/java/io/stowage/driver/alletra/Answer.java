package io.stowage.driver.alletra;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the array answers to a call.
 *
 * @param code number of the error; 0 if there is none
 * @param body an object; empty if the answer has no body
 * @param location path of what was made; empty if the array doesn't say
 */
record Answer(int status, int code, JsonNode body, String location) {
    /** An error without a number: no answer of WSAPI. */
    static final int UNNUMBERED = -1;

    /** @throws MalformedJson if it has a body that isn't JSON */
    static Answer of(WebResponse answer) {
        var body = answer.body().length == 0 ? Json.object() : answer.json();
        var code = answer.status() < 400 ? 0 : body.path("code").asInt(UNNUMBERED);
        return new Answer(answer.status(), code, body, answer.header("Location").orElse(""));
    }

    boolean isFine() {
        return code == 0;
    }

    /** The array's sentence with the error's number. */
    String words() {
        var ref = body.path("ref").asString("");
        return "%s (error %d%s)"
                .formatted(body.path("desc").asString("no description"), code, ref.isEmpty() ? "" : ", " + ref);
    }

    /** The exception for a refused call. */
    ArrayRefused refusal(Call call) {
        if (Code.MISSING.contains(code)) return new ObjectMissing(call.doing(), words());
        if (Code.EXISTS.contains(code)) return new ObjectExists(call.doing(), words());
        if (Code.FULL.contains(code)) return new ArrayFull(call.doing(), words());
        return new ArrayRefused(call.doing(), words());
    }

    /** The last part of the location, decoded: the identity of what was made. */
    Optional<String> made() {
        if (location.isEmpty()) return Optional.empty();
        var last = location.substring(location.lastIndexOf('/') + 1);
        return Optional.of(URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
