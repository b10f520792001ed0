package io.stowage.array.kill;

import java.util.ArrayList;
import java.util.List;

/**
 * What the blocks of a volume or snapshot may hold that nobody writes any more. Shared by all copies of it: what is found in
 * one of them must be in the others too.
 */
final class Content {
    private final int regions;
    private List<List<Written>> possible;
    private boolean known;

    /** @param possible for each block, in the order in which they were written; block i belongs to region i mod regions */
    Content(int regions, List<List<Written>> possible) {
        this.regions = regions;
        this.possible = List.copyOf(possible);
        this.known = this.possible.stream().allMatch(one -> one.size() == 1);
    }

    /** Whether there is only one possibility left. */
    synchronized boolean isKnown() {
        return known;
    }

    /** What each block holds, or held last among what it may hold. */
    synchronized List<Written> latest() {
        return possible.stream().map(List::getLast).toList();
    }

    /**
     * Takes over what was read, which must be a state that each region had at some moment: a block can't be older than the
     * last batch before another block's.
     */
    synchronized void found(long[] stamps, String where) {
        var found = new ArrayList<Written>();
        for (int block = 0; block < stamps.length; block++) {
            found.add(match(possible.get(block), stamps[block], block, where));
        }
        for (int region = 0; region < regions; region++) {
            long newest = 0;
            for (int block = region; block < stamps.length; block += regions) {
                if (stamps[block] != 0) { // of zeros it isn't clear which they are
                    newest = Math.max(newest, found.get(block).batch());
                }
            }
            for (int block = region; block < stamps.length; block += regions) {
                requireNothingBetween(found.get(block), newest, block, where);
            }
        }
        possible = found.stream().map(List::of).toList();
        known = true;
    }

    /** The last one, so that zeros count as those of the latest discard. */
    static Written match(List<Written> possible, long stamp, int block, String where) {
        return possible.reversed().stream()
                .filter(one -> one.stamp() == stamp)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "block %d of %s holds %x, not one of %s".formatted(block, where, stamp, possible)));
    }

    private void requireNothingBetween(Written found, long newest, int block, String where) {
        for (var one : possible.get(block)) {
            if (one.batch() > found.batch() && one.batch() < newest) {
                throw new AssertionError("block %d of %s holds %s, but %s came before batch %d, of which it has blocks"
                        .formatted(block, where, found, one, newest));
            }
        }
    }
}
