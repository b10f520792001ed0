package io.stowage.tests.lxc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Commands for {@code lxc} from a file beside this class; the file says what its lines mean. */
record Script(List<Step> steps) {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static Script read(String name) {
        try (var in = Objects.requireNonNull(Script.class.getResourceAsStream(name), name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script parse(String text) {
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String rest = line.substring(Math.min(2, line.length()));
            if (line.charAt(0) == '$') {
                steps.add(new Step(number, words(rest), Step.Input.NONE, Step.Difference.NONE));
            } else {
                steps.add(continued(steps.removeLast(), line.charAt(0), rest));
            }
        }
        return new Script(List.copyOf(steps));
    }

    private static Step continued(Step step, char kind, String rest) {
        return switch (kind) {
            case '<' -> step.with(step.input().and(rest));
            case '|' -> step.with(step.input().of(words(rest)));
            case '/' -> {
                String[] sides = rest.split(" => ", 2);
                yield step.with(step.input().with(sides[0], sides[1]));
            }
            case '~' -> step.with(step.difference().because(rest));
            case '>' -> step.with(step.difference().out(rest));
            case '!' -> step.with(step.difference().err(rest));
            default -> throw new IllegalArgumentException("a line that begins with " + kind);
        };
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }
}
