package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Changing the content of volumes. The caller stands inside the store's gate, so that no snapshot is
 * taken in the middle of a write.
 *
 * <p>What overwrites blocks of the volume's own is written in place, without a lock. Anything else goes
 * in three steps: plan and take chunks (in memory), write data, lead to it (in memory). So no tree ever
 * leads to data that isn't written, and a write that fails has changed nothing.
 */
final class Writes {
    private final Metadata metadata;
    private final Trees trees;
    private final BlockFile data;
    private final Commits commits;
    private final long capacityChunks;

    Writes(Metadata metadata, Trees trees, BlockFile data, Commits commits, long capacityChunks) {
        this.metadata = metadata;
        this.trees = trees;
        this.data = data;
        this.commits = commits;
        this.capacityChunks = capacityChunks;
    }

    /** Writes {@code from}, from its position to its limit, which it leaves as they are. */
    void write(OpenVolume volume, long offset, ByteBuffer from) {
        if (overwrites(volume, offset, from)) {
            return;
        }
        volume.mapping.lock();
        try {
            map(volume, offset, from);
        } finally {
            volume.mapping.unlock();
        }
    }

    private boolean overwrites(OpenVolume volume, long offset, ByteBuffer from) {
        Segments segments = new Segments(from);
        VolumeRow row = volume.row();
        Leaf leaf = null;
        long leafIndex = -1;
        int position = from.position();
        for (long at = offset; position < from.limit(); ) {
            long chunk = at / Format.CHUNK;
            if (leafIndex != chunk / Format.FAN_OUT) {
                leaf = trees.find(row, chunk);
                leafIndex = chunk / Format.FAN_OUT;
            }
            int start = (int) (at % Format.CHUNK);
            int end = Math.min(Format.CHUNK, start + from.limit() - position);
            if (leaf == null || !volume.owns(leaf.birth(Format.slot(chunk, 0)))) {
                return false;
            }
            long mapping = leaf.mapping(Format.slot(chunk, 0));
            int touched = Blocks.touched(start, end);
            if ((Leaf.presence(mapping) & touched) != touched) {
                return false;
            }
            segments.add(position, end - start, Leaf.chunk(mapping) * Format.CHUNK + start);
            at += end - start;
            position += end - start;
        }
        try {
            segments.write(data);
        } catch (IOException e) {
            throw refused(e);
        }
        commits.dataWritten();
        return true;
    }

    /**
     * What a write does to one chunk of the volume.
     *
     * @param index of the chunk in the volume
     * @param old its mapping before
     * @param birth its birth before
     * @param owned whether the chunk may be written in place
     * @param from the first byte in the chunk
     * @param to the byte behind the last
     * @param source the position in the caller's buffer
     */
    private record Step(long index, long old, long birth, boolean owned, int from, int to, int source) {
        int touched() {
            return Blocks.touched(from, to);
        }

        /** The blocks of a shared chunk that the copy needs. */
        int kept() {
            return owned ? 0 : Leaf.presence(old) & ~Blocks.covered(from, to);
        }

        boolean isInPlace(int block) {
            return owned && (Leaf.presence(old) >> block & 1) == 1;
        }
    }

    private void map(OpenVolume volume, long offset, ByteBuffer from) {
        List<Step> steps;
        List<AddressSpace.Run> taken;
        metadata.lock.lock();
        try {
            steps = plan(volume, offset, from);
            taken = take(steps.stream().filter(step -> !step.owned()).count());
        } finally {
            metadata.lock.unlock();
        }
        long[] targets = targets(steps, taken);
        try {
            put(steps, targets, from);
        } catch (IOException | RuntimeException e) {
            giveBack(taken);
            throw e instanceof IOException io ? refused(io) : (RuntimeException) e;
        }
        commits.dataWritten();
        metadata.lock.lock();
        try {
            lead(volume, steps, targets);
        } finally {
            metadata.lock.unlock();
        }
    }

    private List<Step> plan(OpenVolume volume, long offset, ByteBuffer from) {
        List<Step> steps = new ArrayList<>();
        int position = from.position();
        for (long at = offset; position < from.limit(); ) {
            long chunk = at / Format.CHUNK;
            int slot = Format.slot(chunk, 0);
            int start = (int) (at % Format.CHUNK);
            int end = Math.min(Format.CHUNK, start + from.limit() - position);
            Leaf leaf = trees.find(volume.row(), chunk);
            long old = leaf == null ? 0 : leaf.mapping(slot);
            long birth = leaf == null ? 0 : leaf.birth(slot);
            boolean owned = old != 0 && volume.owns(birth);
            steps.add(new Step(chunk, old, birth, owned, start, end, position));
            at += end - start;
            position += end - start;
        }
        return steps;
    }

    private List<AddressSpace.Run> take(long wanted) {
        if (wanted > 0 && metadata.chunks.used() + wanted > capacityChunks) {
            throw new StoreFull(
                    "the array is full: %d of its %d bytes are in use"
                            .formatted(metadata.chunks.used() * Format.CHUNK, capacityChunks * Format.CHUNK),
                    null);
        }
        List<AddressSpace.Run> taken = new ArrayList<>();
        for (long left = wanted; left > 0; ) {
            AddressSpace.Run run = metadata.chunks.take(left);
            taken.add(run);
            left -= run.length();
        }
        return taken;
    }

    private void giveBack(List<AddressSpace.Run> taken) {
        metadata.lock.lock();
        try {
            taken.forEach(metadata.chunks::giveBack);
        } finally {
            metadata.lock.unlock();
        }
    }

    private static long[] targets(List<Step> steps, List<AddressSpace.Run> taken) {
        long[] fresh = taken.stream()
                .flatMapToLong(run -> java.util.stream.LongStream.range(run.start(), run.start() + run.length()))
                .toArray();
        long[] targets = new long[steps.size()];
        int used = 0;
        for (int i = 0; i < targets.length; i++) {
            targets[i] = steps.get(i).owned() ? Leaf.chunk(steps.get(i).old()) : fresh[used++];
        }
        return targets;
    }

    private void put(List<Step> steps, long[] targets, ByteBuffer from) throws IOException {
        Segments segments = new Segments(from);
        for (int i = 0; i < targets.length; i++) {
            Step step = steps.get(i);
            long chunkPosition = targets[i] * Format.CHUNK;
            if (step.kept() == 0) {
                putBeside(step, chunkPosition, from, segments);
            } else {
                putCopy(step, chunkPosition, from);
            }
        }
        segments.write(data);
    }

    /** Edges that fall into a block without data are filled up with zeros. */
    private void putBeside(Step step, long chunkPosition, ByteBuffer from, Segments segments) throws IOException {
        int start = step.from();
        int end = step.to();
        int firstBlock = start / Format.BLOCK;
        if (start % Format.BLOCK != 0 && !step.isInPlace(firstBlock)) {
            int until = Math.min(end, (firstBlock + 1) * Format.BLOCK);
            putPadded(firstBlock, start, until, step, chunkPosition, from);
            start = until;
        }
        int lastBlock = end / Format.BLOCK;
        if (start < end && end % Format.BLOCK != 0 && !step.isInPlace(lastBlock)) {
            int since = Math.max(start, lastBlock * Format.BLOCK);
            putPadded(lastBlock, since, end, step, chunkPosition, from);
            end = since;
        }
        if (start < end) {
            segments.add(step.source() + start - step.from(), end - start, chunkPosition + start);
        }
    }

    private void putPadded(int block, int start, int end, Step step, long chunkPosition, ByteBuffer from)
            throws IOException {
        ByteBuffer padded = ByteBuffer.allocate(Format.BLOCK);
        padded.put(start % Format.BLOCK, from, step.source() + start - step.from(), end - start);
        data.write(chunkPosition + (long) block * Format.BLOCK, padded);
    }

    /** Copies what the write leaves of a shared chunk, with the write in it. */
    private void putCopy(Step step, long chunkPosition, ByteBuffer from) throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(Format.CHUNK);
        Segments kept = new Segments(copy);
        addBlocks(kept, step.kept(), Leaf.chunk(step.old()) * Format.CHUNK);
        kept.read(data);
        copy.put(step.from(), from, step.source(), step.to() - step.from());
        Segments all = new Segments(copy);
        addBlocks(all, step.kept() | step.touched(), chunkPosition);
        all.write(data);
    }

    private static void addBlocks(Segments segments, int blocks, long chunkPosition) {
        for (int block = 0; block < Format.BLOCKS_PER_CHUNK; block++) {
            if ((blocks >> block & 1) == 1) {
                segments.add(block * Format.BLOCK, Format.BLOCK, chunkPosition + (long) block * Format.BLOCK);
            }
        }
    }

    private void lead(OpenVolume volume, List<Step> steps, long[] targets) {
        for (int i = 0; i < targets.length; i++) {
            Step step = steps.get(i);
            int presence = Leaf.presence(step.old()) | step.touched();
            if (!step.owned()) {
                trees.map(volume, step.index(), Leaf.mapping(targets[i], presence), metadata.time());
            } else if (presence != Leaf.presence(step.old())) {
                trees.map(volume, step.index(), Leaf.mapping(targets[i], presence), step.birth());
            }
        }
    }

    /** Makes a range read as zeros; {@code offset} and {@code length} lie within the volume. */
    void discard(OpenVolume volume, long offset, long length) {
        long end = offset + length;
        boolean toTheEnd = end == volume.row().size();
        long firstBlock = Format.roundUp(offset, Format.BLOCK) / Format.BLOCK;
        long endBlock = toTheEnd ? Format.roundUp(end, Format.BLOCK) / Format.BLOCK : end / Format.BLOCK;
        volume.mapping.lock();
        try {
            if (firstBlock > endBlock) {
                zero(volume, offset, end);
                return;
            }
            zero(volume, offset, firstBlock * Format.BLOCK);
            zero(volume, endBlock * Format.BLOCK, end);
            metadata.lock.lock();
            try {
                trees.drop(volume, firstBlock, endBlock);
            } finally {
                metadata.lock.unlock();
            }
        } finally {
            volume.mapping.unlock();
        }
    }

    /** Writes zeros to a part of one block, if the block holds anything. */
    void zero(OpenVolume volume, long from, long to) {
        if (from >= to) {
            return;
        }
        long chunk = from / Format.CHUNK;
        Leaf leaf = trees.find(volume.row(), chunk);
        int block = (int) (from % Format.CHUNK) / Format.BLOCK;
        if (leaf != null && (leaf.mapping(Format.slot(chunk, 0)) >> block & 1) == 1) {
            write(volume, from, ByteBuffer.allocate(Math.toIntExact(to - from)));
        }
    }

    private static StoreException refused(IOException e) {
        return NoSpace.is(e)
                ? new StoreFull("the file system below the store has no space", e)
                : new StoreFailed("can't write data: " + e.getMessage(), e);
    }
}
