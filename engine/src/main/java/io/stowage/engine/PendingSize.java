package io.stowage.engine;

import io.stowage.database.OperationRow;
import io.stowage.database.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The size that a volume will have when work is done that was accepted. It stands in the work's input, so that what waits
 * counts as if it were done.
 */
public final class PendingSize {
    private static final String VOLUME = "sized";
    private static final String BYTES = "sized.bytes";

    private PendingSize() {}

    public static Map<String, String> of(UUID volume, long bytes) {
        return Map.of(VOLUME, volume.toString(), BYTES, Long.toString(bytes));
    }

    /** The largest for each volume that has any. */
    static Map<UUID, Long> all(Transaction tx) {
        Map<UUID, Long> found = new HashMap<>();
        for (OperationRow operation : tx.operations().unsettled()) {
            Map<String, String> input = tx.operationInput().get(operation.id());
            String volume = input.get(VOLUME);
            if (volume != null) {
                found.merge(UUID.fromString(volume), Long.parseLong(input.getOrDefault(BYTES, "0")), Math::max);
            }
        }
        return found;
    }
}
