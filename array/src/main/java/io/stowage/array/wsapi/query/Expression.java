package io.stowage.array.wsapi.query;

import io.stowage.array.core.Glob;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What members of a collection may fulfil. Texts are compared without regard to case, as names are. */
sealed interface Expression {
    boolean matches(JsonNode member);

    /** The value that this field has in all members that match; empty if they may have different ones. */
    default Optional<String> required(String field) {
        return Optional.empty();
    }

    /** At least one of them holds. */
    record Any(List<Expression> of) implements Expression {
        public Any {
            of = List.copyOf(of);
        }

        @Override
        public boolean matches(JsonNode member) {
            return of.stream().anyMatch(each -> each.matches(member));
        }
    }

    /** Each of them holds. */
    record All(List<Expression> of) implements Expression {
        public All {
            of = List.copyOf(of);
        }

        @Override
        public boolean matches(JsonNode member) {
            return of.stream().allMatch(each -> each.matches(member));
        }

        @Override
        public Optional<String> required(String field) {
            return of.stream().flatMap(each -> each.required(field).stream()).findFirst();
        }
    }

    /** An object in this list fulfils the rest. */
    record Within(String name, Expression inner) implements Expression {
        @Override
        public boolean matches(JsonNode member) {
            var node = member.path(name);
            if (!node.isArray()) {
                return inner.matches(node);
            }
            for (var element : node) {
                if (inner.matches(element)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A field has, or hasn't, this value; a list has it if one of its elements has. */
    record Compare(String name, Operator operator, String value) implements Expression {
        @Override
        public boolean matches(JsonNode member) {
            var node = member.path(name);
            return switch (operator) {
                case EQUAL -> has(node, Glob.exactly(value));
                case DIFFERENT -> !has(node, Glob.exactly(value));
                case LIKE -> has(node, Glob.of(value));
            };
        }

        @Override
        public Optional<String> required(String field) {
            return operator == Operator.EQUAL && name.equals(field) ? Optional.of(value) : Optional.empty();
        }

        private static boolean has(JsonNode node, Glob wanted) {
            if (node.isArray()) {
                for (var element : node) {
                    if (has(element, wanted)) {
                        return true;
                    }
                }
                return false;
            }
            return node.isValueNode() && !node.isNull() && wanted.matches(node.asString());
        }
    }

    /** How a field is compared. */
    enum Operator {
        EQUAL,
        DIFFERENT,
        LIKE
    }
}
