package io.stowage.array.fault;

import java.util.Optional;

/** A command of a host to a unit, as switches look at it whatever the protocol. */
sealed interface UnitCall permits ScsiCall, NvmeCall {
    /** Of the volume, if the host names one that is there. */
    Optional<String> serial();

    /** The host's IQN or NQN. */
    String host();

    /** {@code ADDRESS:PORT} by which it came. */
    String portal();
}
