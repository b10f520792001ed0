package io.stowage.array.wsapi.query;

import io.stowage.array.wsapi.query.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code EXPR := term ((OR|AND) term)*}, where AND binds stronger; {@code term := name op value | name[EXPR]}. Blanks
 * may stand everywhere between these, and have to stand around words.
 */
final class Parser {
    /** The API has lists of objects, but no lists in them. */
    private static final int DEEPEST = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|(?:EQ|NE|LIKE)(?= )");
    private static final Pattern VALUE = Pattern.compile("[^\\s\\[\\]\"=]+");
    private static final Pattern OR = Pattern.compile("OR(?= )");
    private static final Pattern AND = Pattern.compile("AND(?= )");

    private final String text;
    private final Set<String> fields;
    private int at;

    /** @param fields names that may stand outside of brackets */
    Parser(String text, Set<String> fields) {
        this.text = text;
        this.fields = fields;
    }

    Expression parse() {
        var whole = any(0);
        skipBlanks();
        if (at < text.length()) {
            throw new BadQuery("unexpected text at " + at);
        }
        return whole;
    }

    private Expression any(int depth) {
        var terms = new ArrayList<Expression>(List.of(all(depth)));
        while (take(OR).isPresent()) {
            terms.add(all(depth));
        }
        return terms.size() == 1 ? terms.getFirst() : new Expression.Any(terms);
    }

    private Expression all(int depth) {
        var terms = new ArrayList<Expression>(List.of(term(depth)));
        while (take(AND).isPresent()) {
            terms.add(term(depth));
        }
        return terms.size() == 1 ? terms.getFirst() : new Expression.All(terms);
    }

    private Expression term(int depth) {
        var name = take(NAME).orElseThrow(() -> new BadQuery("a name is missing at " + at));
        if (depth == 0 && !fields.contains(name)) {
            throw new BadQuery("unknown name");
        }
        if (takes('[')) {
            if (depth == DEEPEST) {
                throw new BadQuery("too deep");
            }
            var inner = any(depth + 1);
            if (!takes(']')) {
                throw new BadQuery("a bracket is missing at " + at);
            }
            return new Expression.Within(name, inner);
        }
        var operator = take(OPERATOR).orElseThrow(() -> new BadQuery("an operator is missing at " + at));
        var value = take(VALUE).orElseThrow(() -> new BadQuery("a value is missing at " + at));
        return new Expression.Compare(name, operator(operator), value);
    }

    private static Operator operator(String written) {
        return switch (written) {
            case "==", "EQ" -> Operator.EQUAL;
            case "LIKE" -> Operator.LIKE;
            default -> Operator.DIFFERENT;
        };
    }

    private boolean takes(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private Optional<String> take(Pattern pattern) {
        skipBlanks();
        var matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
