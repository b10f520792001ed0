package io.stowage.engine.migration;

import java.util.List;
import java.util.UUID;

/**
 * What two servers of ours know of each other's content: with it blocks are sent, and only those that may differ.
 *
 * @param fileSystem type of the file system that is in the blocks; empty for block volumes
 * @param bytes size of the content that is sent last
 * @param relatives all of the source's snapshots, oldest first
 */
public record Kinship(String fileSystem, long bytes, List<Relative> relatives) {
    public Kinship {
        relatives = List.copyOf(relatives);
    }

    /**
     * A snapshot of the source.
     *
     * @param origin the same for all that have its very content, on whichever server
     * @param bytes its size
     */
    public record Relative(String name, UUID origin, long bytes) {}
}
