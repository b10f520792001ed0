package io.stowage.array.flasharray.filter;

import io.stowage.array.flasharray.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds a filter from its tokens by recursive descent. */
final class Parser {
    private static final int DEEPEST = 100;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*");

    private final List<Token> tokens;
    private int next;
    private int depth;

    Parser(String expression) {
        this.tokens = Lexer.tokens(expression);
    }

    Filter parse() {
        var filter = or();
        if (peek().kind() != Kind.END) {
            throw unexpected();
        }
        return filter;
    }

    private Filter or() {
        var terms = new ArrayList<Filter>(List.of(and()));
        while (peek().isWord("or")) {
            next++;
            terms.add(and());
        }
        return terms.size() == 1 ? terms.getFirst() : new Filter.Or(terms);
    }

    private Filter and() {
        var terms = new ArrayList<Filter>(List.of(unary()));
        while (peek().isWord("and")) {
            next++;
            terms.add(unary());
        }
        return terms.size() == 1 ? terms.getFirst() : new Filter.And(terms);
    }

    private Filter unary() {
        if (++depth > DEEPEST) {
            throw new InvalidFilter("Invalid filter: nested more than " + DEEPEST + " deep.");
        }
        try {
            if (peek().isWord("not")) {
                next++;
                return new Filter.Not(unary());
            }
            if (peek().isSymbol("(")) {
                next++;
                var inner = or();
                expect(")");
                return inner;
            }
            return test();
        } finally {
            depth--;
        }
    }

    private Filter test() {
        if (peek().isWord("contains") && tokens.get(next + 1).isSymbol("(")) {
            return contains();
        }
        if (peek().isWord("tags") && tokens.get(next + 1).isSymbol("(")) {
            return tags();
        }
        var field = field();
        var operator = peek().kind() == Kind.SYMBOL ? Operator.of(peek().text()) : Optional.<Operator>empty();
        if (operator.isEmpty()) {
            return new Filter.Present(field);
        }
        next++;
        if (!peek().isSymbol("(")) {
            return new Filter.Test(field, operator.get(), List.of(value()));
        }
        if (operator.get() != Operator.EQUAL && operator.get() != Operator.NOT_EQUAL) {
            throw unexpected();
        }
        return new Filter.Test(field, operator.get(), values());
    }

    private Filter contains() {
        next++;
        expect("(");
        var field = field();
        expect(",");
        var text = string();
        expect(")");
        return new Filter.Contains(field, text);
    }

    private Filter tags() {
        next++;
        expect("(");
        var key = string();
        expect(",");
        var value = string();
        expect(")");
        return new Filter.Tagged(new Value(key, true), new Value(value, true));
    }

    private String string() {
        if (peek().kind() != Kind.STRING) {
            throw unexpected();
        }
        return tokens.get(next++).text();
    }

    private List<Value> values() {
        expect("(");
        var values = new ArrayList<Value>(List.of(value()));
        while (peek().isSymbol(",")) {
            next++;
            values.add(value());
        }
        expect(")");
        return values;
    }

    private Value value() {
        var token = peek();
        if (token.kind() == Kind.STRING) {
            next++;
            return new Value(token.text(), true);
        }
        var value = new Value(token.text(), false);
        if (token.isWord("true")
                || token.isWord("false")
                || token.kind() == Kind.WORD && value.number().isPresent()) {
            next++;
            return value;
        }
        throw unexpected();
    }

    private Field field() {
        var token = peek();
        if (token.kind() != Kind.WORD || !FIELD.matcher(token.text()).matches()) {
            throw unexpected();
        }
        next++;
        var all = false;
        if (peek().isSymbol("[")) {
            next++;
            all = peek().isWord("all");
            if (!all && !peek().isWord("any")) {
                throw unexpected();
            }
            next++;
            expect("]");
        }
        return new Field(List.of(token.text().split("\\.", -1)), all);
    }

    private void expect(String symbol) {
        if (!peek().isSymbol(symbol)) {
            throw unexpected();
        }
        next++;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private InvalidFilter unexpected() {
        var token = peek();
        return new InvalidFilter(
                token.kind() == Kind.END
                        ? "Invalid filter: unexpected end."
                        : "Invalid filter: unexpected \"" + token.text() + "\" at position " + token.at() + ".");
    }
}
