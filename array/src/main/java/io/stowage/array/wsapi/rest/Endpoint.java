package io.stowage.array.wsapi.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of the table of what can be called.
 *
 * @param path segments below {@code /api/v1}; a segment {@code *} stands for one name, which the call has as
 *     {@link Call#name}
 */
public record Endpoint(String method, List<String> path, Action action) {
    /** Stands for any one segment. */
    private static final String ANY = "*";

    /** Carries a call out. */
    @FunctionalInterface
    public interface Action {
        /** @throws Refusal what the array says against it */
        Answer answer(Call call);
    }

    public Endpoint {
        path = List.copyOf(path);
    }

    /** @param path such as {@code volumes/*} */
    public Endpoint(String method, String path, Action action) {
        this(method, List.of(path.split("/", -1)), action);
    }

    /** The path as it is written in the table. */
    public String pattern() {
        return String.join("/", path);
    }

    /** The names in these segments that stand where the path has a star; empty if it is another path. */
    Optional<List<String>> names(List<String> segments) {
        if (segments.size() != path.size()) {
            return Optional.empty();
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < segments.size(); i++) {
            if (path.get(i).equals(ANY)) {
                names.add(segments.get(i));
            } else if (!path.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(names));
    }
}
