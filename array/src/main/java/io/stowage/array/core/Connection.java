package io.stowage.array.core;

import java.util.UUID;

/**
 * Makes a volume visible to a host.
 *
 * @param lun 1 to {@link #HIGHEST_LUN}, unique per host
 */
public record Connection(UUID id, UUID host, UUID volume, int lun) implements Entity {
    public static final int HIGHEST_LUN = 4095;
}
