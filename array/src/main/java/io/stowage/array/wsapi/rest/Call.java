package io.stowage.array.wsapi.rest;

import io.stowage.array.wsapi.query.BadQuery;
import io.stowage.array.wsapi.query.MemberQuery;
import io.stowage.web.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request, as endpoints see it.
 *
 * @param names what stands in its path for the stars of the endpoint's
 * @param parameters of its URL
 * @param input its body; without members if there is none
 */
public record Call(List<String> names, Query parameters, Input input) {
    public Call {
        names = List.copyOf(names);
    }

    /** What stands for the first star. */
    public String name() {
        return names.getFirst();
    }

    /** A parameter of the URL. */
    public Optional<String> parameter(String name) {
        return parameters.first(name);
    }

    /** Whether a parameter of the URL is there and true. */
    public boolean isSet(String name) {
        return parameter(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /**
     * What the URL asks of the members of a collection; all if it asks nothing.
     *
     * @param fields that may be asked for
     */
    public MemberQuery query(Set<String> fields) {
        try {
            return parameter("query")
                    .filter(text -> !text.isBlank())
                    .map(text -> MemberQuery.parse(text, fields))
                    .orElseGet(MemberQuery::all);
        } catch (BadQuery e) {
            throw Refusal.saying(Problem.INV_QUERY_STRING, Problem.INV_QUERY_STRING.text() + ": " + e.getMessage());
        }
    }

    /** Those of the members that the URL asks for. */
    public Answer members(Set<String> fields, Stream<ObjectNode> members) {
        return Answer.members(members.filter(query(fields)::matches).toList());
    }
}
