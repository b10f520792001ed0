package io.stowage.nvme.command;

/** Feature identifiers. Base 2.0, figure 317; NVM Command Set 1.0, figure 80. */
public final class Feature {
    public static final int ARBITRATION = 0x01;
    public static final int POWER = 0x02;
    public static final int TEMPERATURE = 0x04;
    public static final int ERROR_RECOVERY = 0x05;
    public static final int WRITE_CACHE = 0x06;
    public static final int QUEUES = 0x07;
    public static final int ATOMICITY = 0x0A;
    public static final int EVENTS = 0x0B;
    public static final int TIMESTAMP = 0x0E;
    public static final int KEEP_ALIVE = 0x0F;
    public static final int HOST_BEHAVIOR = 0x16;
    public static final int HOST_ID = 0x81;
    public static final int RESERVATION_MASK = 0x82;
    public static final int RESERVATION_PERSISTENCE = 0x83;
    public static final int WRITE_PROTECTION = 0x84;

    /** Bits of the value of {@link #EVENTS} and of OAES: Base 2.0, figure 326. */
    public static final int NAMESPACE_EVENTS = 1 << 8;

    public static final int ACCESS_EVENTS = 1 << 11;
    public static final int DISCOVERY_EVENTS = 1 << 31;

    private Feature() {}
}
