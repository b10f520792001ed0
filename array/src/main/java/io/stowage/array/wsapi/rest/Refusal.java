package io.stowage.array.wsapi.rest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The array refuses a request; nothing has been changed. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String text;
    private final @Nullable String member;

    private Refusal(Problem problem, String text, @Nullable String member) {
        super(problem + ": " + text, null, false, false);
        this.problem = problem;
        this.text = text;
        this.member = member;
    }

    static Refusal of(Problem problem) {
        return new Refusal(problem, problem.text(), null);
    }

    static Refusal of(Problem problem, String member) {
        return new Refusal(problem, problem.text(), member);
    }

    /** A refusal that says something more particular than usual. */
    public static Refusal saying(Problem problem, String text) {
        return new Refusal(problem, text, null);
    }

    public Problem problem() {
        return problem;
    }

    /** The {@code desc}. */
    String text() {
        return text;
    }

    /** The {@code ref}: names of members of the request. */
    Optional<String> member() {
        return Optional.ofNullable(member);
    }
}
