package io.stowage.driver.alletra;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Gateway;
import io.stowage.driver.rest.Pauses;
import io.stowage.driver.rest.Session;
import io.stowage.driver.rest.Wire;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The Web Services API of one array: sends calls in a session and turns refusals into exceptions. */
final class Wsapi implements AutoCloseable {
    private final Gateway gateway;
    private final Wire wire;
    private final Session<String> session;
    private final Pauses pauses;

    Wsapi(Gateway gateway, Entrance.User user, Pauses pauses) {
        this.gateway = gateway;
        this.pauses = pauses;
        this.wire = new Wire(gateway, new Inform(), pauses);
        this.session = new Session<>(wire, new Entrance(gateway, user, wire));
    }

    Pauses pauses() {
        return pauses;
    }

    /**
     * Does a call. A volume that is busy is tried again after growing pauses.
     *
     * @param expected numbers of errors that are an answer to this call
     * @throws ArrayRefused or one of its kinds, with the array's words, for any other error
     */
    Answer send(Call call, Integer... expected) {
        for (int attempt = 1; ; attempt++) {
            var answer = once(call);
            if (answer.isFine() || Arrays.asList(expected).contains(answer.code())) return answer;
            if (answer.code() != Code.BUSY) throw answer.refusal(call);
            if (attempt >= pauses.attempts())
                throw new ArrayUnreachable(
                        "The array at %s can't %s now: %s".formatted(gateway, call.doing(), answer.words()), null);
            wire.pause(attempt, call.doing(), answer.words());
        }
    }

    private Answer once(Call call) {
        var response = session.send(call);
        try {
            var answer = Answer.of(response);
            if (response.status() == 401
                    || answer.code() == Code.NO_SESSION
                    || answer.code() == Code.WRONG_LOGIN
                    || answer.code() == Code.NOT_ALLOWED)
                throw new ArrayUnauthorized(
                        "The array at %s does not allow to %s: %s".formatted(gateway, call.doing(), answer.words()));
            if (response.status() >= 500 || answer.code() == Answer.UNNUMBERED) throw wire.strange(call, response);
            return answer;
        } catch (MalformedJson e) {
            throw wire.strange(call, response);
        }
    }

    /** The object in the answer. */
    <T> T get(Call call, Class<T> type) {
        return convert(call, send(call).body(), type);
    }

    /** The object in the answer; empty if the array refuses with this number. */
    <T> Optional<T> find(Call call, Class<T> type, int missing) {
        var answer = send(call, missing);
        return answer.isFine() ? Optional.of(convert(call, answer.body(), type)) : Optional.empty();
    }

    /** The members of a collection; none if the array refuses with one of these numbers. */
    <T> List<T> members(Call call, Class<T> type, Integer... none) {
        var answer = send(call, none);
        var members = new ArrayList<T>();
        if (answer.isFine()) for (var member : answer.body().path("members")) members.add(convert(call, member, type));
        return members;
    }

    /** What is said of an answer that no array of the family gives. */
    ArrayUnreachable strange(Call call, String why) {
        return new ArrayUnreachable(
                "The array at %s answers the request to %s with %s".formatted(gateway, call.doing(), why), null);
    }

    <T> T convert(Call call, Answer answer, Class<T> type) {
        return convert(call, answer.body(), type);
    }

    private <T> T convert(Call call, JsonNode tree, Class<T> type) {
        try {
            return Json.convert(tree, type);
        } catch (MalformedJson e) {
            throw strange(call, "what can't be understood: " + e.getMessage());
        }
    }

    /** @throws ArrayUnreachable if nothing answers at the array's address; it is asked nothing */
    void reach() {
        session.reach();
    }

    /** Opens a session unless there is one. */
    void enter() {
        session.enter();
    }

    /** Ends the session. */
    ArrayTraffic traffic() {
        return wire.traffic();
    }

    @Override
    public void close() {
        session.close();
    }
}
