package io.stowage.array.wsapi.system;

import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Remote copies: the array has no partner, so there are none, and nothing can be replicated (section 14). */
public final class RemoteCopies {
    private static final String GROUPS = "remotecopygroups";

    private RemoteCopies() {}

    public static List<Endpoint> rows() {
        var rows = new ArrayList<Endpoint>();
        for (var list : List.of(GROUPS, "remotecopytargets", "remotecopylinks")) {
            rows.add(new Endpoint("GET", list, _ -> Answer.members(List.of())));
        }
        rows.add(new Endpoint("GET", "remotecopy", _ -> Answer.of(Json.object().put("status", 2))));
        rows.add(new Endpoint("POST", GROUPS, call -> {
            throw Problem.UNSUP_OP.refusal();
        }));
        for (var method : List.of("GET", "PUT", "POST", "DELETE")) {
            rows.add(new Endpoint(method, GROUPS + "/*", call -> {
                throw Problem.NON_EXISTENT_RCOPY_GROUP.refusal();
            }));
        }
        return rows;
    }
}
