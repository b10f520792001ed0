package io.stowage.server.view;

import io.stowage.engine.PoolResources;

/** Space of a pool, as {@code GET /1.0/storage-pools/NAME/resources} shows it. Arrays count no inodes. */
public record PoolResourcesView(Amount space, Amount inodes) {
    /** In bytes, or in pieces. */
    public record Amount(long used, long total) {}

    public static PoolResourcesView of(PoolResources resources) {
        return new PoolResourcesView(new Amount(resources.usedBytes(), resources.totalBytes()), new Amount(0, 0));
    }
}
