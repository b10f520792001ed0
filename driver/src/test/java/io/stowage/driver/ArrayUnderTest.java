package io.stowage.driver;

import java.io.IOException;
import java.util.Map;

/** An array with its management behind a {@link Relay}, and a look at its data that doesn't need a network. */
public interface ArrayUnderTest extends AutoCloseable {
    /** Opens a pool, with these keys besides those that reach the array. */
    StorageArray open(String pool, Map<String, String> config);

    default StorageArray open(String pool) {
        return open(pool, Map.of());
    }

    Relay relay();

    /** Writes bytes as the initiator would that has the volume mapped at this unit. */
    void write(String initiator, int unit, long offset, byte[] bytes) throws IOException;

    byte[] read(String initiator, int unit, long offset, int length) throws IOException;

    /** How many units the initiator sees, of all pools. */
    int visibleUnits(String initiator);

    /** Whether the array has a host object with this initiator. */
    boolean hasHost(String initiator);

    /** The identity that the front ends show for the volume at this unit. */
    String naa(String initiator, int unit);

    @Override
    void close() throws IOException;
}
