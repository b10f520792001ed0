package io.stowage.array.flasharray;

import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers and refusals in the form in which they are sent. */
final class Envelope {
    private Envelope() {}

    static Response.Whole of(Answer answer) {
        return switch (answer) {
            case Answer.Empty() -> Response.empty(200);
            case Answer.Items(var items) -> {
                var envelope = Json.object();
                envelope.set("items", array(items));
                yield json(200, envelope);
            }
            case Answer.Page page -> json(200, of(page));
        };
    }

    private static ObjectNode of(Answer.Page page) {
        var envelope =
                Json.object().put("continuation_token", page.continuation().orElse(null));
        envelope.set("items", array(page.items()));
        envelope.put("more_items_remaining", page.more())
                .put("total_item_count", page.count().orElse(null));
        page.total().ifPresent(total -> envelope.set("total", Json.array().add(total)));
        return envelope;
    }

    static Response.Whole of(Refusal refusal) {
        return errors(refusal.status(), refusal.problems());
    }

    static Response.Whole errors(int status, List<Refusal.Problem> problems) {
        var errors = Json.array();
        for (var problem : problems) {
            errors.add(Json.object().put("context", problem.context()).put("message", problem.message()));
        }
        var envelope = Json.object();
        envelope.set("errors", errors);
        return json(status, envelope);
    }

    static Response.Whole json(int status, ObjectNode json) {
        return Response.json(status, Json.write(json));
    }

    private static ArrayNode array(List<ObjectNode> items) {
        var array = Json.array();
        items.forEach(array::add);
        return array;
    }
}
