package io.stowage.array.wsapi.rest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that can be called once logged in. */
public final class Table {
    private final List<Endpoint> rows;

    public Table(List<Endpoint> rows) {
        this.rows = List.copyOf(rows);
    }

    /** A row with what stands for its stars. */
    record Match(Endpoint endpoint, List<String> names) {}

    /** All paths, as they are written in the rows. */
    Stream<String> paths() {
        return rows.stream().map(Endpoint::pattern).distinct();
    }

    /** The row for these segments below {@code /api/v1}, whatever its method. */
    Optional<Match> onPath(List<String> segments) {
        return matches(segments).findFirst();
    }

    /**
     * The row for this method and path.
     *
     * @throws Refusal there is no such path, or not with this method
     */
    Match find(String method, List<String> segments) {
        var found = matches(segments).toList();
        if (found.isEmpty()) {
            throw Problem.URI_RES_NOT_FOUND.refusal();
        }
        return found.stream()
                .filter(match -> match.endpoint().method().equals(method))
                .findFirst()
                .orElseThrow(Problem.UNSUP_OP::refusal);
    }

    private Stream<Match> matches(List<String> segments) {
        return rows.stream().flatMap(row -> row.names(segments).map(names -> new Match(row, names)).stream());
    }
}
