package io.stowage.tests.arena;

import java.util.List;
import java.util.SortedMap;

/** An administrator's look at one personality of the array, past our driver. Its errors are AssertionErrors. */
public interface ArrayApi extends AutoCloseable {
    /** Whether the array knows a pool of this name, by whatever stands for pools there. */
    boolean hasPool(String pool);

    /** Takes the name of a pool, as somebody else does. */
    void takePool(String pool);

    /** Gives it back. */
    void removePool(String pool);

    /** Volumes and snapshots of a pool, but for what marks the pool as ours; what is about to be erased doesn't count. */
    default List<String> contents(String pool) {
        return List.copyOf(sizes(pool).keySet());
    }

    /** The same, each with its bytes, by name. */
    SortedMap<String, Long> sizes(String pool);

    /** Host objects and what connects volumes with them. */
    List<String> connections();

    /** Everything that a pool, a volume or an attachment could have left, pools included. */
    List<String> everything();

    /** Creates a volume that belongs to no pool. */
    void createVolume(String name, int mebibytes);

    /** Creates a host object that has this initiator. */
    void createHost(String name, Protocol protocol, String initiator);

    /** Lets a host have a volume. */
    void connect(String host, String volume);

    /** The IQN of the target, or the NQN of the subsystem, in which a host with volumes finds them. */
    String target(String host, Protocol protocol);

    /** @param mebibytes what it has afterwards, more than before */
    void grow(String volume, int mebibytes);

    /** The name below {@code /dev/disk/by-id} that Linux gives to the disk, by the identity which the array tells. */
    String link(String volume, Protocol protocol);

    @Override
    void close();
}
