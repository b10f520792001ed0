package io.stowage.array.wsapi.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which members of a collection are wanted. */
public final class MemberQuery {
    private final Expression expression;

    private MemberQuery(Expression expression) {
        this.expression = expression;
    }

    /** All of them. */
    public static MemberQuery all() {
        return new MemberQuery(new Expression.All(List.of()));
    }

    /**
     * Reads a query, in double quotes or without.
     *
     * @param fields names that may stand in it
     * @throws BadQuery it isn't one, or names other fields
     */
    public static MemberQuery parse(String text, Set<String> fields) {
        return new MemberQuery(new Parser(unquoted(text.strip()), fields).parse());
    }

    private static String unquoted(String text) {
        var quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The value that this field has in all members that match; empty if they may have different ones. */
    public Optional<String> required(String field) {
        return expression.required(field);
    }

    /** @param member as it is shown */
    public boolean matches(JsonNode member) {
        return expression.matches(member);
    }
}
