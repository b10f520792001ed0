package io.stowage.array.flasharray;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an endpoint answers; always with status 200. */
sealed interface Answer {
    /** Nothing: the answer to DELETE. */
    record Empty() implements Answer {}

    /** The objects that were made or changed. */
    record Items(List<ObjectNode> items) implements Answer {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * One page of a listing.
     *
     * @param continuation how to get the next page; empty when there is none, or the order isn't the default one
     * @param count how many there are on all pages, when asked for
     * @param total sums over all pages, for collections that have them
     */
    record Page(
            List<ObjectNode> items,
            boolean more,
            Optional<String> continuation,
            Optional<Integer> count,
            Optional<ObjectNode> total)
            implements Answer {
        public Page {
            items = List.copyOf(items);
        }
    }
}
