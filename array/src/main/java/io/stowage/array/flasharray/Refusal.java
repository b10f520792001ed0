package io.stowage.array.flasharray;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The array refuses a request, in its own words. Nothing has been changed. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Problem> problems;

    /**
     * One element of {@code errors}.
     *
     * @param context the name of the object as the client gave it, or null
     * @param message a sentence that ends in a dot
     */
    record Problem(@Nullable String context, String message) {}

    private Refusal(int status, List<Problem> problems) {
        super(problems.getFirst().message());
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    /** Almost every refusal of a FlashArray has status 400. */
    static Refusal of(String context, String message) {
        return new Refusal(400, List.of(new Problem(context, message)));
    }

    static Refusal of(String message) {
        return new Refusal(400, List.of(new Problem(null, message)));
    }

    static Refusal of(List<Problem> problems) {
        return new Refusal(400, problems);
    }

    /** No session, or one that has ended. */
    static Refusal invalidSession() {
        return new Refusal(401, List.of(new Problem(null, Wording.INVALID_SESSION)));
    }

    static Refusal badToken() {
        return new Refusal(401, List.of(new Problem(null, Wording.BAD_TOKEN)));
    }

    /** No such URL in this version. */
    static Refusal unknownUrl() {
        return new Refusal(404, List.of(new Problem(null, Wording.NOT_FOUND)));
    }

    static Refusal methodNotAllowed() {
        return new Refusal(405, List.of(new Problem(null, Wording.METHOD_NOT_ALLOWED)));
    }

    int status() {
        return status;
    }

    List<Problem> problems() {
        return problems;
    }
}
