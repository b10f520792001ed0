package io.stowage.array.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** A volume that is written while it is copied; its blocks belong to its regions by turns. */
final class LiveVolume {
    /** Blocks that are used; half of them at the beginning, half below another leaf of the store's tree. */
    static final int BLOCKS = 48;

    static final long SIZE = 64L << 20;
    private static final long FAR = 32L << 20;

    private final String name;
    private final List<Region> regions;

    /** A restore excludes copies: those would hold either all from before or all from after it. */
    private final ReadWriteLock restores = new ReentrantReadWriteLock();

    private @Nullable Content restoring;

    LiveVolume(String name, int firstRegion, int regions) {
        this.name = name;
        this.regions = new ArrayList<>();
        for (int i = 0; i < regions; i++) {
            this.regions.add(new Region(firstRegion + i, BLOCKS / regions));
        }
    }

    String name() {
        return name;
    }

    Region region(int index) {
        return regions.get(index);
    }

    /** The block of the volume that is so-manieth of a region. */
    int block(int region, int index) {
        return index * regions.size() + region;
    }

    /** In bytes. */
    static long offset(int block) {
        return block < BLOCKS / 2 ? (long) block * Written.BLOCK : FAR + (long) (block - BLOCKS / 2) * Written.BLOCK;
    }

    ReadWriteLock restores() {
        return restores;
    }

    List<int[]> mark() {
        return regions.stream().map(Region::mark).toList();
    }

    /** What a copy holds that was asked for at the mark. */
    Content since(List<int[]> mark) {
        var possible = new ArrayList<List<Written>>();
        for (int block = 0; block < BLOCKS; block++) {
            int region = block % regions.size();
            possible.add(regions.get(region).since(mark.get(region), block / regions.size()));
        }
        return new Content(regions.size(), possible);
    }

    /** A restore is asked for: until it is answered, the volume may hold this too. */
    void restoring(Content content) {
        restoring = content;
    }

    void restored() {
        settle(java.util.Objects.requireNonNull(restoring).latest());
        restoring = null;
    }

    private void settle(List<Written> blocks) {
        for (int block = 0; block < BLOCKS; block++) {
            regions.get(block % regions.size()).settle(block / regions.size(), blocks.get(block));
        }
    }

    /** Takes over what was read after a kill, which must be allowed. */
    void found(long[] stamps) {
        var found = new ArrayList<Written>();
        try {
            for (int block = 0; block < BLOCKS; block++) {
                var possible = regions.get(block % regions.size()).surviving(block / regions.size());
                found.add(Content.match(possible, stamps[block], block, name));
            }
            settle(found);
        } catch (AssertionError e) {
            if (restoring == null) {
                throw e;
            }
            restoring.found(stamps, name + ", being restored,");
            settle(restoring.latest());
        }
        restoring = null;
    }
}
