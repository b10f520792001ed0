package io.stowage.server.api;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * What a field is compared with: a regular expression over texts, whatever the case, which must fit
 * the whole text unless it has an anchor of its own; an expression that can't be read is a plain text.
 */
record FilterValue(String text, Optional<Pattern> pattern) {
    static FilterValue of(String text) {
        var anchored = text.contains("^") || text.contains("$") ? text : "^(?:" + text + ")$";
        try {
            return new FilterValue(text, Optional.of(Pattern.compile(anchored, Pattern.CASE_INSENSITIVE)));
        } catch (PatternSyntaxException e) {
            return new FilterValue(text, Optional.empty());
        }
    }

    boolean accepts(JsonNode field) {
        if (field.isString()) {
            return acceptsText(field.stringValue());
        }
        if (field.isContainer() || field.isNull()) {
            return false;
        }
        return field.asString().equalsIgnoreCase(text);
    }

    private boolean acceptsText(String field) {
        return pattern.map(expression -> expression
                        .matcher(new PatientText(field, new int[] {0}))
                        .find())
                .orElseGet(() -> field.equalsIgnoreCase(text));
    }

    /** A text that loses its patience with expressions that go back and forth over it. */
    private record PatientText(String text, int[] looks) implements CharSequence {
        private static final int PATIENCE = 1_000_000;

        @Override
        public char charAt(int index) {
            if (++looks[0] > PATIENCE) {
                throw ListFilter.invalid("the expression takes too long");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new PatientText(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
