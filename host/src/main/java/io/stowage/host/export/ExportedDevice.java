package io.stowage.host.export;

import java.io.IOException;
import java.nio.file.Path;

/** A block source that is a block device of this machine now. */
public interface ExportedDevice {
    /** The name under which it was exported. */
    String key();

    /** The device node, such as {@code /dev/loop3}. */
    Path path();

    /** Whether it is the device of an earlier process, carried on without an I/O error. */
    boolean takenOver();

    /**
     * Whether I/O on it waits for a successor when this process dies. Otherwise it ends with an error
     * then (not kept, Linux before 6.9, or no holder).
     */
    boolean outlivesServer();

    /**
     * Lets I/O on it wait for a successor when this process dies, where that is possible. Before, it fails then: a process
     * that waits for its own device could not end. Repeatable; a device that was taken over is kept already.
     */
    void keep();

    /** The source's size has grown: makes the device as large. Repeatable. */
    void resized() throws IOException;

    /** Ends serving it. If it is kept, it waits for a successor as long as the holder's time allows. Repeatable. */
    void leave();

    /**
     * Takes the device away. Repeatable.
     *
     * @throws DeviceBusy it is mounted or open; nothing was changed
     */
    void remove() throws IOException;
}
