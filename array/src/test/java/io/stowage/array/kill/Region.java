package io.stowage.array.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Those blocks of a volume that one worker writes, and what each may hold. Read by workers that copy the volume. */
final class Region {
    private static final int BATCH_BITS = 40;

    private final long id;
    private final List<List<Written>> history = new ArrayList<>();

    /** For each block the index in its history of the last write that was answered. */
    private final int[] answered;

    /** The same for the last that must survive a kill. */
    private final int[] durable;

    private long batch;

    /** @param id greater than 0, unlike that of any other region of the array */
    Region(long id, int blocks) {
        this.id = id;
        this.answered = new int[blocks];
        this.durable = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            history.add(new ArrayList<>(List.of(Written.NEVER)));
        }
    }

    int blocks() {
        return answered.length;
    }

    /** What is now sent to these blocks, all in one batch. */
    synchronized Written send(Collection<Integer> blocks, boolean zeros) {
        batch++;
        var written = new Written(batch, zeros ? 0 : id << BATCH_BITS | batch);
        blocks.forEach(block -> history.get(block).add(written));
        return written;
    }

    synchronized void answered(Collection<Integer> blocks, boolean throughCache) {
        for (int block : blocks) {
            answered[block] = history.get(block).size() - 1;
            if (throughCache) {
                durable[block] = answered[block];
            }
        }
    }

    /** A flush was answered that was sent when all writes had been answered. */
    synchronized void flushed() {
        System.arraycopy(answered, 0, durable, 0, durable.length);
    }

    synchronized int[] mark() {
        return Arrays.copyOf(answered, answered.length);
    }

    /** What a copy of this block may hold that was asked for at the mark and is answered now. */
    synchronized List<Written> since(int[] mark, int block) {
        var all = history.get(block);
        return List.copyOf(all.subList(mark[block], all.size()));
    }

    /** What this block may hold after a kill. */
    synchronized List<Written> surviving(int block) {
        return since(durable, block);
    }

    /** From now on the block holds this, for sure. */
    synchronized void settle(int block, Written written) {
        history.set(block, new ArrayList<>(List.of(written)));
        answered[block] = 0;
        durable[block] = 0;
    }
}
