package io.stowage.host.connector;

import io.stowage.host.export.DeviceBusy;
import io.stowage.host.transfer.ExtentMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A unit that is a block device of this machine now. */
public interface AttachedDevice {
    /** The key of the request. */
    String key();

    /** The device node, such as {@code /dev/loop3} or {@code /dev/mapper/3624a9370…}. */
    Path path();

    /** Bytes, as the device has them now. */
    long size();

    /** Where it may have something else than zeroes; empty if nobody can be asked. */
    default Optional<ExtentMap> data() {
        return Optional.empty();
    }

    /** Whether it is the device of an earlier process, carried on without an I/O error. */
    boolean takenOver();

    /**
     * Lets the device outlive this process: from now on what others have open on it waits for the next one. Without it,
     * I/O on it fails when this process dies, so that work of our own with it can't keep the process from ending. Repeatable.
     */
    default void keep() {}

    /**
     * The unit was grown on the array: asks for its size and makes the device as large. Repeatable. Returns when the
     * device has at least this size.
     *
     * @param newSize bytes
     * @throws IOException the unit doesn't show this size within the time that attaching may take
     */
    void grow(long newSize) throws IOException;

    /**
     * Takes the device away and forgets the unit; everything written is durable then if the target can be reached. The
     * session ends with its last unit. Repeatable.
     *
     * @throws DeviceBusy it is mounted or open; nothing was changed
     */
    void detach() throws IOException;
}
