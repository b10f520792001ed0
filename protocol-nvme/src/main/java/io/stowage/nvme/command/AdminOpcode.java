package io.stowage.nvme.command;

/** Operation codes of the admin queue. Base 2.0, figure 138. */
public final class AdminOpcode {
    public static final int GET_LOG_PAGE = 0x02;
    public static final int IDENTIFY = 0x06;
    public static final int ABORT = 0x08;
    public static final int SET_FEATURES = 0x09;
    public static final int GET_FEATURES = 0x0A;
    public static final int ASYNC_EVENT_REQUEST = 0x0C;
    public static final int KEEP_ALIVE = 0x18;
    public static final int FABRICS = 0x7F;

    /** Of the NVM command set: 1.0, figure 16. */
    public static final int GET_LBA_STATUS = 0x86;

    private AdminOpcode() {}
}
