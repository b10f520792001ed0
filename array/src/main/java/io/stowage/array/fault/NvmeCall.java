package io.stowage.array.fault;

import java.util.Optional;

/**
 * An NVMe command, as switches look at it.
 *
 * @param admin whether it came through an admin queue, where operation codes mean other commands
 * @param opcode 0 to 255
 * @param namespace its identifier, unsigned
 * @param serial of the volume, if there is one behind the identifier
 * @param host its NQN
 * @param portal {@code ADDRESS:PORT} by which it came
 */
public record NvmeCall(boolean admin, int opcode, long namespace, Optional<String> serial, String host, String portal)
        implements UnitCall {}
