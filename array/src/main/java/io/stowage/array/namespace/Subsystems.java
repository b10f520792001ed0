package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnits;
import java.util.List;
import java.util.Optional;

/**
 * What one personality of the array serves over NVMe: its subsystems, and which host may use which. Answers from memory,
 * to any thread; asked again at each Connect and each discovery.
 */
public interface Subsystems {
    /** Whether a subsystem has this NQN. */
    boolean exists(String subsystem);

    /**
     * The subsystem with this NQN, if this host may connect to it.
     *
     * @param host its NQN, compared without regard to case
     */
    Optional<Subsystem> find(String subsystem, String host);

    /** The subsystems that this host finds when it looks for them; in a fixed order. */
    List<Subsystem> listedTo(String host);

    /** The units of all of these subsystems, watched for changes. */
    LogicalUnits units();
}
