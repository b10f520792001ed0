package io.stowage.array.scsi;

import io.stowage.iscsi.scsi.CopyResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the last copies of one nexus stand, by list identifier. May be used by several threads. */
final class CopyResults {
    private static final int KEPT = 16;

    private final Map<Integer, CopyResult> results = new LinkedHashMap<>();

    synchronized void put(int id, CopyResult result) {
        results.remove(id);
        results.put(id, result);
        if (results.size() > KEPT) {
            results.remove(results.keySet().iterator().next());
        }
    }

    synchronized Optional<CopyResult> get(int id) {
        return Optional.ofNullable(results.get(id));
    }
}
