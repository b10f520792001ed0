package io.stowage.array.fault;

import io.stowage.web.json.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;

/** How many requests one management personality has answered. Thread-safe. */
public final class CallCounts {
    /** More than there are kinds of requests; what else somebody thinks of is counted under stars. */
    private static final int MOST_KINDS = 1000;

    private static final Kind OTHERS = new Kind("*", "*");

    private final String personality;
    private final Map<Kind, Long> counts = new HashMap<>();

    private record Kind(String method, String path) {}

    /** @param personality its name in {@code endpoints.json} */
    public CallCounts(String personality) {
        this.personality = personality;
    }

    /** @param path without the names of objects: {@code volumes/space}, or {@code volumes/*} for that of any volume */
    public synchronized void count(String method, String path) {
        var kind = new Kind(method, path);
        counts.merge(counts.size() < MOST_KINDS || counts.containsKey(kind) ? kind : OTHERS, 1L, Long::sum);
    }

    /** Adds an object for each kind that has been seen, in the order of paths and methods. */
    synchronized void describe(ArrayNode list) {
        var sorted = new TreeMap<Kind, Long>(Comparator.comparing(Kind::path).thenComparing(Kind::method));
        sorted.putAll(counts);
        sorted.forEach((kind, count) -> list.add(Json.object()
                .put("personality", personality)
                .put("method", kind.method())
                .put("path", kind.path())
                .put("count", count)));
    }

    /** As {@link #describe}, and counts anew from then on. */
    synchronized void take(ArrayNode list) {
        describe(list);
        counts.clear();
    }
}
