package io.stowage.array.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What volumes take, by the book: each chunk of 64 KiB of each volume is nothing or something, which others
 * may hold too; who writes to what others hold gets one of its own. The figures of a store are compared
 * with sums over this.
 */
final class SpaceModel {
    private final Map<Long, Content> volumes = new TreeMap<>();

    /** Something that takes a chunk. */
    private static final class Chunk {}

    private static final class Content {
        private int size;
        private @Nullable Chunk[] chunks;
        private boolean[] blocks;

        Content(int size) {
            this.size = size;
            this.chunks = new @Nullable Chunk[(size + Format.CHUNK - 1) / Format.CHUNK];
            this.blocks = new boolean[chunks.length * Format.BLOCKS_PER_CHUNK];
        }

        Content copy() {
            Content copy = new Content(size);
            copy.chunks = chunks.clone();
            copy.blocks = blocks.clone();
            return copy;
        }

        void dropEmpty() {
            for (int i = 0; i < chunks.length; i++) {
                int first = i * Format.BLOCKS_PER_CHUNK;
                boolean any = false;
                for (int block = first; block < first + Format.BLOCKS_PER_CHUNK; block++) {
                    any |= blocks[block];
                }
                if (!any) {
                    chunks[i] = null;
                }
            }
        }
    }

    private Content volume(long id) {
        return Objects.requireNonNull(volumes.get(id));
    }

    void create(long id, int size) {
        volumes.put(id, new Content(size));
    }

    void copy(long id, long source) {
        volumes.put(id, volume(source).copy());
    }

    void delete(long id) {
        volumes.remove(id);
    }

    void write(long id, int from, int length) {
        Content content = volume(id);
        Map<Chunk, Integer> holders = holders();
        for (int block = from / Format.BLOCK; block * Format.BLOCK < from + length; block++) {
            int chunk = block / Format.BLOCKS_PER_CHUNK;
            Chunk before = content.chunks[chunk];
            if (before == null || holders.getOrDefault(before, 1) > 1) {
                content.chunks[chunk] = new Chunk();
            }
            content.blocks[block] = true;
        }
    }

    void discard(long id, int from, int length) {
        Content content = volume(id);
        int end = from + length;
        for (int block = from / Format.BLOCK; block * Format.BLOCK < end; block++) {
            int start = Math.max(from, block * Format.BLOCK);
            int stop = Math.min(end, (block + 1) * Format.BLOCK);
            boolean whole = start % Format.BLOCK == 0 && (stop % Format.BLOCK == 0 || stop == content.size);
            if (whole) {
                content.blocks[block] = false;
            } else if (content.blocks[block]) {
                write(id, start, stop - start);
            }
        }
        content.dropEmpty();
    }

    void resize(long id, int size) {
        Content before = volume(id);
        int edge = before.size % Format.BLOCK == 0 ? before.size : before.size / Format.BLOCK * Format.BLOCK;
        if (size > before.size && edge < before.size && before.blocks[edge / Format.BLOCK]) {
            write(id, edge, 1); // the rest of the block is cleared
        }
        Content after = new Content(size);
        System.arraycopy(before.chunks, 0, after.chunks, 0, Math.min(before.chunks.length, after.chunks.length));
        System.arraycopy(before.blocks, 0, after.blocks, 0, Math.min(before.blocks.length, after.blocks.length));
        int blocks = (Math.min(size, before.size) + Format.BLOCK - 1) / Format.BLOCK;
        Arrays.fill(after.blocks, blocks, after.blocks.length, false);
        after.dropEmpty();
        volumes.put(id, after);
    }

    void copyRange(long id, long source, int from, int to, int length) {
        for (int at = 0; at < length; ) {
            int piece = Math.min(length - at, Format.CHUNK - (to + at) % Format.CHUNK);
            if (piece == Format.CHUNK && (from + at) % Format.CHUNK == 0) {
                share(volume(source), (from + at) / Format.CHUNK, volume(id), (to + at) / Format.CHUNK);
            } else if (holdsAny(volume(source), from + at, piece)) {
                write(id, to + at, piece);
            } else {
                discard(id, to + at, piece);
            }
            at += piece;
        }
    }

    private static void share(Content source, int from, Content target, int to) {
        target.chunks[to] = source.chunks[from];
        System.arraycopy(
                source.blocks,
                from * Format.BLOCKS_PER_CHUNK,
                target.blocks,
                to * Format.BLOCKS_PER_CHUNK,
                Format.BLOCKS_PER_CHUNK);
    }

    private static boolean holdsAny(Content content, int from, int length) {
        for (int block = from / Format.BLOCK; block * Format.BLOCK < from + length; block++) {
            if (content.blocks[block]) {
                return true;
            }
        }
        return false;
    }

    /** How often each chunk is held. */
    private Map<Chunk, Integer> holders() {
        Map<Chunk, Integer> holders = new IdentityHashMap<>();
        for (Content content : volumes.values()) {
            for (Chunk chunk : content.chunks) {
                if (chunk != null) {
                    holders.merge(chunk, 1, Integer::sum);
                }
            }
        }
        return holders;
    }

    void requireAllocated(DiskStore store) {
        long written = 0;
        for (Map.Entry<Long, Content> volume : volumes.entrySet()) {
            long blocks = 0;
            for (boolean block : volume.getValue().blocks) {
                blocks += block ? 1 : 0;
            }
            assertThat(store.require(volume.getKey()).allocatedBytes())
                    .as("allocated by volume %d", volume.getKey())
                    .isEqualTo(blocks * Format.BLOCK);
            written += blocks * Format.BLOCK;
        }
        assertThat(store.space().written()).isEqualTo(written);
        assertThat(store.space().provisioned())
                .isEqualTo(volumes.values().stream()
                        .mapToLong(content -> content.size)
                        .sum());
    }

    void requireExclusive(DiskStore store) {
        Map<Chunk, Integer> holders = holders();
        long exclusive = 0;
        for (Map.Entry<Long, Content> volume : volumes.entrySet()) {
            long own = 0;
            for (Chunk chunk : volume.getValue().chunks) {
                own += chunk != null && holders.getOrDefault(chunk, 0) == 1 ? Format.CHUNK : 0;
            }
            assertThat(store.require(volume.getKey()).exclusiveBytes())
                    .as("exclusive to volume %d", volume.getKey())
                    .isEqualTo(own);
            exclusive += own;
        }
        assertThat(store.space().exclusive()).isEqualTo(exclusive);
    }

    /** When nothing is left to be given back. */
    void requireUsed(DiskStore store) {
        assertThat(store.space().used()).isEqualTo((long) holders().size() * Format.CHUNK);
    }
}
