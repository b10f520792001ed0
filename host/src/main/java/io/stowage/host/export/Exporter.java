package io.stowage.host.export;

import java.io.IOException;
import java.util.Set;

/**
 * Shows block sources as block devices. Devices outlive the process where they can: after a restart
 * the new exporter is given the same keys and carries the devices on.
 */
public interface Exporter extends AutoCloseable {
    /**
     * Shows the source as a block device. A device that an earlier process left under this key is
     * carried on, with its open files and mounts; a dead one is cleared away first.
     *
     * @param key 1 to 100 characters out of letters, digits, hyphen, underscore and dot; unique per exporter
     * @throws IOException the machine can't do it; nothing is left behind
     */
    ExportedDevice export(String key, BlockSource source) throws IOException;

    /** Keys of devices that an earlier process left and that were not exported again yet, dead or alive. */
    Set<String> leftBehind() throws IOException;

    /** Ends a device of an earlier process: what is still open on it gets I/O errors. Unknown keys are fine. */
    void abandon(String key) throws IOException;

    /** Ends serving. The devices that are kept wait for a successor as long as the holder's time allows. */
    @Override
    void close();
}
