package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

        /** Carries a change out and shows what it has made. */
        static <T> Items of(Estate estate, Resource<T> resource, Call call, Function<Draft, List<T>> change) {
            return estate.change(
                    draft -> {
                        var changed = change.apply(draft);
                        Tagging.addTo(draft, changed, call);
                        return changed;
                    },
                    (objects, changed) -> new Items(changed.stream()
                            .map(one -> resource.item(objects, one, call.version()))
                            .toList()));
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
