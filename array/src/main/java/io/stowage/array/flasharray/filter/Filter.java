package io.stowage.array.flasharray.filter;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A filter expression:
 *
 * <pre>
 * expr  = and { "or" and }
 * and   = unary { "and" unary }
 * unary = "not" unary | "(" expr ")" | test
 * test  = field op value | field "=" "(" value { "," value } ")" | field | "contains(" field "," string ")"
 * op    = "=" | "!=" | "&lt;" | "&gt;" | "&lt;=" | "&gt;="
 * value = string | number | "true" | "false"
 * field = ident { "." ident } [ "[any]" | "[all]" ]
 * </pre>
 *
 * Text is compared without regard to case, and {@code *} in a quoted text stands for any run of characters. Numbers and
 * truth values may be quoted. A list matches when any of its elements does, with {@code [all]} when each does.
 */
public sealed interface Filter {
    /** Lets everything through. */
    Filter ALL = new And(List.of());

    /** Whether an item, as it would be sent, passes. */
    boolean matches(JsonNode item);

    /**
     * Reads an expression.
     *
     * @throws InvalidFilter it doesn't follow the grammar, or is too long or too deep
     */
    static Filter parse(String expression) {
        return new Parser(expression).parse();
    }

    /** All of them; true for none. */
    record And(List<Filter> terms) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean matches(JsonNode item) {
            return terms.stream().allMatch(term -> term.matches(item));
        }
    }

    /** At least one of them. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean matches(JsonNode item) {
            return terms.stream().anyMatch(term -> term.matches(item));
        }
    }

    /** The opposite. */
    record Not(Filter term) implements Filter {
        @Override
        public boolean matches(JsonNode item) {
            return !term.matches(item);
        }
    }

    /** The field compared with each of the values; one has to fit. */
    record Test(Field field, Operator operator, List<Value> values) implements Filter {
        public Test {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(JsonNode item) {
            if (operator == Operator.NOT_EQUAL) { // so that "a != b" is always "not a = b"
                return !new Test(field, Operator.EQUAL, values).matches(item);
            }
            return field.test(item, node -> values.stream().anyMatch(value -> operator.holds(node, value)));
        }
    }

    /** The field has a value that isn't false or empty. */
    record Present(Field field) implements Filter {
        @Override
        public boolean matches(JsonNode item) {
            return field.test(item, node -> !node.isNull() && !(node.isBoolean() && !node.booleanValue()));
        }
    }

    /** The text of the field contains this one. */
    record Contains(Field field, String text) implements Filter {
        @Override
        public boolean matches(JsonNode item) {
            return field.test(
                    item, node -> node.isString() && Glob.containing(text).matches(node.stringValue()));
        }
    }
}
