package io.stowage.engine.migration;

import java.util.List;

/**
 * What a server wants of an {@link Offer}.
 *
 * @param files whether it is to have files rather than blocks
 * @param refresh whether it has some of it already
 * @param wanted names of the snapshots it wants
 * @param compress whether rsync may compress what it sends
 * @param way how the content is to come
 */
public record Answer(boolean files, boolean refresh, List<String> wanted, boolean compress, Way way) {
    public Answer {
        wanted = List.copyOf(wanted);
    }

    /** How content is sent. */
    public sealed interface Way {
        /** As any LXD does: files by rsync, blocks from the first to the last. */
        record Plain() implements Way {}

        /**
         * As only servers of ours do: blocks that hold data, or have changed.
         *
         * @param base the source's snapshot whose content the target of a refresh begins with; empty: none is known
         */
        record Blocks(String base) implements Way {}
    }
}
