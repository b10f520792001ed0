package io.stowage.host.connector;

import io.stowage.host.export.DeviceBusy;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Makes units of remote targets block devices of this machine. Safe for use by many threads; calls for different keys
 * don't wait for each other.
 */
public interface Connector extends AutoCloseable {
    /** Who does the work. */
    ConnectorKind kind();

    /** How data travels. */
    Protocol protocol();

    /** Under which name this machine is known to arrays: an IQN or a host NQN. */
    String initiatorName();

    /**
     * What keeps this connector from working on this machine: one sentence each, naming the missing module, tool or
     * right. Empty: it works.
     */
    List<String> missing();

    /**
     * The names of the targets that these portals list to this machine, as the first one tells that lists any.
     *
     * @return none if none of them does in a few seconds, or where the protocol has no such question
     */
    List<String> listed(List<Portal> portals);

    /**
     * Makes a unit a block device, after its identity was proven. A device that an earlier process left under the same
     * key is carried on, with its open files and mounts ({@link AttachedDevice#takenOver}). With a key that is attached
     * already, the same device is returned.
     *
     * @throws TargetUnreachable no portal answers, or the target refuses us; nothing is left behind, repeat later
     * @throws UnitMissing the target doesn't show the unit
     * @throws IdentityMismatch the unit is another volume; nothing was read from it or written to it
     * @throws IOException the machine can't do it; nothing is left behind
     */
    AttachedDevice attach(AttachRequest request) throws IOException;

    /** What is attached by this process. */
    List<AttachedDevice> attached();

    /** Keys of devices that an earlier process left and that were not attached again yet. */
    Set<String> leftBehind() throws IOException;

    /** Ends a device of an earlier process: what is still open on it gets I/O errors. Unknown keys are fine. */
    void abandon(String key) throws IOException;

    /**
     * Detaches everything, as at the machine's shutdown; goes on with the others when one fails.
     *
     * @throws DeviceBusy some are still mounted or open; they stay attached, and the message names them
     */
    void detachAll() throws IOException;

    /** Ends the work of this process. The devices stay as long as they can wait for a successor. */
    @Override
    void close();
}
