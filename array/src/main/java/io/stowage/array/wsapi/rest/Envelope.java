package io.stowage.array.wsapi.rest;

import io.stowage.web.Response;
import io.stowage.web.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers and refusals as they are sent. The content type is exactly {@code application/json}, and only there when there
 * is a body: LXD compares it (section 1).
 */
final class Envelope {
    private Envelope() {}

    static Response.Whole of(Answer answer) {
        var bare = answer.body()
                .map(body -> Response.json(answer.status(), Json.write(body)))
                .orElseGet(() -> Response.empty(answer.status()));
        return usual(answer.location().map(path -> bare.with("Location", path)).orElse(bare));
    }

    static Response.Whole of(Refusal refusal) {
        var body = body(refusal.problem().code(), refusal.text());
        refusal.member().ifPresent(member -> body.put("ref", member));
        return usual(Response.json(refusal.problem().status(), Json.write(body)));
    }

    static Response.Whole error(int status, int code, String text) {
        return usual(Response.json(status, Json.write(body(code, text))));
    }

    private static ObjectNode body(int code, String text) {
        return Json.object().put("code", code).put("desc", text);
    }

    private static Response.Whole usual(Response.Whole answer) {
        return answer.with("Server", "hp3par-wsapi")
                .with("Cache-Control", "no-cache")
                .with("Pragma", "no-cache");
    }
}
