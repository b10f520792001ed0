package io.stowage.host.connector;

import java.util.Locale;

/** Whose initiator is used: the values of {@code --connector} beside {@code auto}. */
public enum ConnectorKind {
    /** The kernel's initiator, driven through its tools. */
    KERNEL,
    /** Our own initiator, with the unit exported as a block device. */
    USERSPACE;

    /** The word of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
