package io.stowage.host.nvme;

import java.util.UUID;

/**
 * Who an NVMe host is. Name and identifier belong together for ever: arrays may refuse another combination.
 *
 * @param nqn host NQN
 * @param id host identifier
 */
public record HostIdentity(String nqn, UUID id) {
    private static final String UUID_NQN = "nqn.2014-08.org.nvmexpress:uuid:";

    /** The host that this UUID stands for; Base 2.0, section 4.5. */
    public static HostIdentity of(UUID uuid) {
        return new HostIdentity(UUID_NQN + uuid, uuid);
    }
}
