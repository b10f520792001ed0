package io.stowage.driver.pure;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Gateway;
import io.stowage.driver.rest.Pauses;
import io.stowage.driver.rest.Session;
import io.stowage.driver.rest.Wire;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The REST API of one array: sends calls in a session, turns pages into lists and refusals into exceptions. */
final class Rest implements AutoCloseable {
    /** More pages than the largest array has; a server that never ends its list must not hold us for ever. */
    private static final int MOST_PAGES = 10_000;

    private final Gateway gateway;
    private final Wire wire;
    private final Session<Entrance.Ticket> session;

    Rest(Gateway gateway, String apiToken, Pauses pauses) {
        this.gateway = gateway;
        this.wire = new Wire(gateway, new Purity(), pauses);
        this.session = new Session<>(wire, new Entrance(gateway, apiToken, wire));
    }

    /** The version spoken with the array; asks it if that isn't known yet. */
    ApiVersion version() {
        return session.ticket().version();
    }

    /**
     * Does a call and gives the objects in its answer, of all pages.
     *
     * @throws ArrayRefused or one of its kinds, with the array's words
     */
    <T> List<T> items(Call call, Class<T> type) {
        var items = new ArrayList<T>();
        var page = call;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var answer = send(page);
            var body = answer.body().length == 0 ? Json.object() : wire.json(call, answer);
            for (var item : body.path("items")) items.add(convert(call, answer, item, type));
            var next = body.path("continuation_token").asString("");
            if (!body.path("more_items_remaining").asBoolean(false) || next.isEmpty()) return items;
            page = call.with("continuation_token", next);
        }
        throw new ArrayUnreachable("The array at %s gives lists without end".formatted(gateway), null);
    }

    /** The first object of the answer; empty if there is none. */
    <T> Optional<T> item(Call call, Class<T> type) {
        return items(call, type).stream().findFirst();
    }

    /** The first object of the answer; its absence, also as a refusal, is an answer. */
    <T> Optional<T> find(Call call, Class<T> type) {
        try {
            return item(call, type);
        } catch (ObjectMissing e) {
            return Optional.empty();
        }
    }

    /** The object that a call which made or changed it answers with. */
    <T> T made(Call call, Class<T> type) {
        return item(call, type)
                .orElseThrow(() -> new ArrayUnreachable(
                        "The array at %s answers nothing to the request to %s".formatted(gateway, call.doing()), null));
    }

    /** Does a call of whose answer nothing is wanted. */
    void run(Call call) {
        send(call);
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

    private WebResponse send(Call call) {
        var answer = session.send(call);
        return switch (answer.status()) {
            case 200 -> answer;
            case 401, 403 ->
                throw new ArrayUnauthorized("The array at %s does not allow to %s: %s"
                        .formatted(gateway, call.doing(), Refusal.words(answer)));
            case 400, 409, 422 -> throw Refusal.of(call, answer);
            default -> throw wire.strange(call, answer);
        };
    }

    private <T> T convert(Call call, WebResponse answer, JsonNode item, Class<T> type) {
        try {
            return Json.convert(item, type);
        } catch (MalformedJson e) {
            throw wire.strange(call, answer);
        }
    }
}
