package io.stowage.host.rsync;

import java.util.List;

/**
 * What both ends of a transfer must have been told alike, because it changes what is said between them (lxd-api.md, section
 * 15.3, {@code rsyncFeatures}).
 */
public enum RsyncFeature {
    /** Extended attributes, POSIX ACLs among them, as LXD has it: all but SELinux's labels. */
    XATTRS("--xattrs", "--filter=-x security.selinux"),
    /** What the source hasn't goes. */
    DELETE("--delete"),
    COMPRESS("--compress", "--compress-level=2");

    private final String[] arguments;

    RsyncFeature(String... arguments) {
        this.arguments = arguments;
    }

    List<String> arguments() {
        return List.of(arguments);
    }
}
