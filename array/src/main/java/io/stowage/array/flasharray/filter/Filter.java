package io.stowage.array.flasharray.filter;

import io.stowage.array.core.Glob;
import io.stowage.array.flasharray.filter.Subject.Label;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A filter expression:
 *
 * <pre>
 * expr  = and { "or" and }
 * and   = unary { "and" unary }
 * unary = "not" unary | "(" expr ")" | test
 * test  = field op value | field "=" "(" value { "," value } ")" | field
 *       | "contains(" field "," string ")" | "tags(" string "," string ")"
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

    /** Whether it passes. */
    boolean matches(Subject subject);

    /** Whether an item without tags passes. */
    default boolean matches(JsonNode item) {
        return matches(new Subject() {
            @Override
            public JsonNode item() {
                return item;
            }

            @Override
            public List<Label> labels() {
                return List.of();
            }
        });
    }

    /**
     * Names of which everything that passes has one, so that the others needn't be tried; empty when the expression
     * doesn't say that much.
     */
    default Optional<Set<String>> names() {
        return Optional.empty();
    }

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
        public boolean matches(Subject subject) {
            return terms.stream().allMatch(term -> term.matches(subject));
        }

        @Override
        public Optional<Set<String>> names() {
            return terms.stream().flatMap(term -> term.names().stream()).findFirst();
        }
    }

    /** At least one of them. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public boolean matches(Subject subject) {
            return terms.stream().anyMatch(term -> term.matches(subject));
        }
    }

    /** The opposite. */
    record Not(Filter term) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return !term.matches(subject);
        }
    }

    /** The field compared with each of the values; one has to fit. */
    record Test(Field field, Operator operator, List<Value> values) implements Filter {
        public Test {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Subject subject) {
            if (operator == Operator.NOT_EQUAL) { // so that "a != b" is always "not a = b"
                return !new Test(field, Operator.EQUAL, values).matches(subject);
            }
            return field.test(subject.item(), node -> values.stream().anyMatch(value -> operator.holds(node, value)));
        }

        @Override
        public Optional<Set<String>> names() {
            var isName = operator == Operator.EQUAL && field.path().equals(List.of("name"));
            return isName && values.stream().noneMatch(Value::hasWildcard)
                    ? Optional.of(values.stream().map(Value::text).collect(Collectors.toSet()))
                    : Optional.empty();
        }
    }

    /** The field has a value that isn't false or empty. */
    record Present(Field field) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return field.test(subject.item(), node -> !node.isNull() && !(node.isBoolean() && !node.booleanValue()));
        }
    }

    /** The text of the field contains this one. */
    record Contains(Field field, String text) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return field.test(
                    subject.item(),
                    node -> node.isString() && Glob.containing(text).matches(node.stringValue()));
        }
    }

    /** One of its tags has this key and this value. */
    record Tagged(Value key, Value value) implements Filter {
        @Override
        public boolean matches(Subject subject) {
            return subject.labels().stream().anyMatch(this::fits);
        }

        private boolean fits(Label label) {
            return key.glob().matches(label.key()) && value.glob().matches(label.value());
        }
    }
}
