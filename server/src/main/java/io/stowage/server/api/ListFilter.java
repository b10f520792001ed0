package io.stowage.server.api;

import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The {@code filter} of a list: clauses {@code [not] FIELD eq|ne VALUE}, joined by {@code and} and
 * {@code or}, evaluated from left to right without precedence, as in LXD ({@code shared/filter}).
 */
record ListFilter(List<Clause> clauses) {
    private enum Joint {
        FIRST,
        AND,
        OR
    }

    private record Clause(Joint joint, boolean not, String field, String operator, FilterValue value) {}

    /**
     * Reads a filter; the empty one lets everything through.
     *
     * @throws ApiError 400 it can't be read
     */
    static ListFilter parse(String text) {
        var words = FilterWords.split(text);
        var clauses = new ArrayList<Clause>();
        var joint = Joint.FIRST;
        int at = 0;
        while (at < words.size()) {
            var not = words.get(at).equalsIgnoreCase("not");
            if (not && ++at == words.size()) {
                throw invalid("incomplete not clause");
            }
            if (at + 1 >= words.size()) {
                throw invalid("clause has no operator");
            }
            if (at + 2 >= words.size()) {
                throw invalid("clause has no value");
            }
            clauses.add(new Clause(joint, not, words.get(at), words.get(at + 1), FilterValue.of(words.get(at + 2))));
            at += 3;
            if (at < words.size()) {
                joint = switch (words.get(at)) {
                    case "and" -> Joint.AND;
                    case "or" -> Joint.OR;
                    default -> throw invalid("invalid clause composition");
                };
                if (++at == words.size()) {
                    throw invalid("unterminated compound clause");
                }
            }
        }
        return new ListFilter(List.copyOf(clauses));
    }

    static ApiError invalid(String why) {
        return ApiError.badRequest("Invalid filter: " + why);
    }

    /** Whether a view of an object is wanted. */
    boolean acceptsView(Object view) {
        return clauses.isEmpty() || accepts(Json.toTree(view));
    }

    /** Whether an object as the API shows it is wanted. */
    boolean accepts(JsonNode object) {
        var accepted = true;
        for (var clause : clauses) {
            var fits = fits(clause, object) != clause.not();
            accepted = switch (clause.joint()) {
                case FIRST -> fits;
                case AND -> accepted && fits;
                case OR -> accepted || fits;
            };
        }
        return accepted;
    }

    /** An unknown field never fits, nor does an unknown operator. */
    private static boolean fits(Clause clause, JsonNode object) {
        var equal = field(object, clause.field()).map(clause.value()::accepts).orElse(false);
        return switch (clause.operator()) {
            case "eq" -> equal;
            case "ne" -> !equal;
            default -> false;
        };
    }

    /** Dots lead into maps, and belong to the last key: {@code config.user.foo}. */
    private static Optional<JsonNode> field(JsonNode object, String path) {
        if (path.equals("snapshot")) {
            var name = object.path("name").asString("");
            return Optional.of(Json.toTree(Boolean.toString(name.contains("/"))));
        }
        var whole = object.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        var dot = path.indexOf('.');
        var inner = dot < 0 ? null : object.get(path.substring(0, dot));
        return inner == null || !inner.isObject() ? Optional.empty() : field(inner, path.substring(dot + 1));
    }
}
