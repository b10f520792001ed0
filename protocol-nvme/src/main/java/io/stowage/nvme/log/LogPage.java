package io.stowage.nvme.log;

/** Log page identifiers. Base 2.0, figure 202. */
public final class LogPage {
    public static final int SUPPORTED = 0x00;
    public static final int ERRORS = 0x01;
    public static final int HEALTH = 0x02;
    public static final int FIRMWARE = 0x03;
    public static final int CHANGED_NAMESPACES = 0x04;
    public static final int EFFECTS = 0x05;
    public static final int ACCESS = 0x0C;
    public static final int DISCOVERY = 0x70;
    public static final int RESERVATIONS = 0x80;

    private LogPage() {}
}
