package io.stowage.driver.alletra;

import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Gateway;
import io.stowage.driver.rest.Session;
import io.stowage.driver.rest.Wire;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.time.Duration;
import java.util.Map;

/** How one logs in to WSAPI: a user's name and password for a session's key. */
final class Entrance implements Session.Door<String> {
    /** A user of the array. */
    record User(String name, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final String KEY_HEADER = "X-HP3PAR-WSAPI-SessionKey";
    private static final String ROOT = "/api/v1/";
    private static final String PATH = "credentials";
    private static final int REGULAR = 1;

    private final Gateway gateway;
    private final User user;
    private final Wire wire;

    Entrance(Gateway gateway, User user, Wire wire) {
        this.gateway = gateway;
        this.user = user;
        this.wire = wire;
    }

    @Override
    public String enter() {
        var call = Call.post("log in", PATH);
        var request = request(call)
                .json(Json.write(Map.of("user", user.name(), "password", user.password(), "sessionType", REGULAR)));
        var answer = wire.send(call, request);
        if (answer.status() != 200 && answer.status() != 201) throw refused(call, answer);
        var key = wire.json(call, answer).path("key").asString("");
        if (key.isEmpty()) throw wire.strange(call, answer);
        return key;
    }

    private RuntimeException refused(Call call, WebResponse answer) {
        try {
            var read = Answer.of(answer);
            if (answer.status() == 401 || read.code() == Code.WRONG_LOGIN || read.code() == Code.NOT_ALLOWED)
                return new ArrayUnauthorized(
                        "The array at %s does not accept the user name and password of keys \"%s\" and \"%s\": %s"
                                .formatted(gateway, AlletraKeys.USER, AlletraKeys.PASSWORD, read.words()));
        } catch (MalformedJson e) {
            // not of WSAPI
        }
        return wire.strange(call, answer);
    }

    private static WebRequest request(Call call) {
        return WebRequest.of(call.method(), ROOT + call.target()).header("Accept", "application/json");
    }

    @Override
    public WebRequest request(Call call, String key) {
        return request(call).header(KEY_HEADER, key);
    }

    @Override
    public boolean isForgotten(WebResponse answer) {
        if (answer.status() != 403) return false;
        try {
            return Answer.of(answer).code() == Code.NO_SESSION;
        } catch (MalformedJson e) {
            return false;
        }
    }

    @Override
    public void leave(String key) {
        var goodbye = Call.delete("log out", PATH).below(key);
        wire.tryOnce(goodbye, request(goodbye, key).deadline(GOODBYE));
    }
}
