package io.stowage.engine.work;

import io.stowage.engine.journal.Entry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Snapshots of a source and what they become on the target, in the input of a journal entry. */
final class Pairs {
    private static final String PAIR = "snapshot.";

    private Pairs() {}

    record Pair(UUID from, UUID to) {}

    /** @param pairs oldest first */
    static void write(List<Pair> pairs, Map<String, String> input) {
        for (int i = 0; i < pairs.size(); i++) {
            input.put(PAIR + i, pairs.get(i).from() + " " + pairs.get(i).to());
        }
    }

    /** Oldest first. */
    static List<Pair> read(Entry entry) {
        return Stream.iterate(0, i -> i + 1)
                .takeWhile(i -> entry.input().containsKey(PAIR + i))
                .map(i -> entry.text(PAIR + i).split(" ", 2))
                .map(ids -> new Pair(UUID.fromString(ids[0]), UUID.fromString(ids[1])))
                .toList();
    }
}
