package io.stowage.array.store;

import java.util.List;
import java.util.NavigableMap;

/**
 * What {@link StoreCheck} saw.
 *
 * @param findings what is wrong; empty if the store is well
 * @param volumes the volumes and snapshots, by id; empty if the catalog can't be read
 * @param records the records, ordered as unsigned bytes; empty if the catalog can't be read
 */
public record StoreReport(
        List<Finding> findings, NavigableMap<Long, Seen> volumes, NavigableMap<byte[], byte[]> records) {
    /**
     * A volume or snapshot.
     *
     * @param size in bytes
     * @param readOnly whether it is a snapshot
     */
    public record Seen(long size, boolean readOnly) {}
}
