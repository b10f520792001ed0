package io.stowage.host.connector;

/**
 * What is to become a block device.
 *
 * @param key names the attachment over restarts: 1 to 100 characters out of letters, digits, hyphen, underscore, dot
 * @param unit the logical unit number (iSCSI, 0 to 16383) or the namespace id (NVMe)
 * @param identity what the unit must prove to be
 * @param sharing whether other hosts may write to it at the same time
 */
public record AttachRequest(String key, RemoteTarget target, int unit, ExpectedIdentity identity, Sharing sharing) {

    /** Whether this host has the unit for itself. */
    public enum Sharing {
        /**
         * Nobody else writes to it. Acknowledged writes that were not flushed yet may be repeated after the array lost
         * them.
         */
        EXCLUSIVE,
        /** Others may write: what was acknowledged is never repeated, as it could undo their newer writes. */
        SHARED
    }

    /** A unit that this host has for itself. */
    public AttachRequest(String key, RemoteTarget target, int unit, ExpectedIdentity identity) {
        this(key, target, unit, identity, Sharing.EXCLUSIVE);
    }

    public AttachRequest {
        if (!key.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("Invalid attachment key \"" + key
                    + "\": must be 1 to 100 letters, digits, hyphens, underscores and dots");
        }
        if (unit < 0) {
            throw new IllegalArgumentException("Invalid unit number " + unit + ": must not be negative");
        }
    }
}
