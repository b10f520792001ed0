package io.stowage.engine;

import java.util.Locale;

/** In which form a volume is attached. */
public enum AttachmentKind {
    /** As a block device. */
    DEVICE,
    /** Mounted: filesystem content only. */
    MOUNT;

    /** The name in the API and the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AttachmentKind of(String key) {
        return switch (key) {
            case "device" -> DEVICE;
            case "mount" -> MOUNT;
            default -> throw Refused.badInput("Invalid attachment kind \"" + key + "\" (not one of [device mount])");
        };
    }
}
