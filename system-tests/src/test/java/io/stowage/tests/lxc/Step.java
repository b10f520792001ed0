package io.stowage.tests.lxc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of a {@link Script}.
 *
 * @param line where it stands
 * @param input its standard input
 * @param difference what ours prints instead
 */
record Step(int line, List<String> command, Input input, Difference difference) {
    /** Standard input: a text, or what another command prints, with some of it replaced. */
    record Input(String text, List<String> command, Map<String, String> replacements) {
        static final Input NONE = new Input("", List.of(), Map.of());

        Input and(String line) {
            return new Input(text + line + "\n", command, replacements);
        }

        Input of(List<String> source) {
            return new Input(text, source, replacements);
        }

        Input with(String old, String replacement) {
            var more = new LinkedHashMap<>(replacements);
            more.put(old, replacement);
            return new Input(text, command, more);
        }

        /** What is left of an output: every replacement must find something. */
        String edited(String output) {
            String edited = output;
            for (var replacement : replacements.entrySet()) {
                if (!edited.contains(replacement.getKey())) {
                    throw new AssertionError(
                            "no \"" + replacement.getKey() + "\" in what " + command + " prints: " + output);
                }
                edited = edited.replace(replacement.getKey(), replacement.getValue());
            }
            return edited;
        }
    }

    /**
     * That ours prints something else, and shall.
     *
     * @param reason empty where nothing differs
     * @param out lines in which {@code *} is any text; empty where standard output is the same
     * @param err the same of standard error
     */
    record Difference(String reason, String out, String err) {
        static final Difference NONE = new Difference("", "", "");

        Difference because(String why) {
            return new Difference(why, out, err);
        }

        Difference out(String line) {
            return new Difference(reason, out + line + "\n", err);
        }

        Difference err(String line) {
            return new Difference(reason, out, err + line + "\n");
        }

        boolean isDeclared() {
            return !reason.isEmpty();
        }
    }

    Step with(Input other) {
        return new Step(line, command, other, difference);
    }

    Step with(Difference other) {
        return new Step(line, command, input, other);
    }

    @Override
    public String toString() {
        return "line " + line + ": lxc " + String.join(" ", command);
    }
}
