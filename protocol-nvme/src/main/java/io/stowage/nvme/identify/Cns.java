package io.stowage.nvme.identify;

/** What an Identify command asks for. Base 2.0, figure 273. */
public final class Cns {
    public static final int NAMESPACE = 0x00;
    public static final int CONTROLLER = 0x01;
    public static final int ACTIVE_NAMESPACES = 0x02;
    public static final int DESCRIPTORS = 0x03;
    public static final int NVM_NAMESPACE = 0x05;
    public static final int NVM_CONTROLLER = 0x06;
    public static final int NVM_ACTIVE_NAMESPACES = 0x07;
    public static final int INDEPENDENT_NAMESPACE = 0x08;
    public static final int ALLOCATED_NAMESPACES = 0x10;
    public static final int ALLOCATED_NAMESPACE = 0x11;
    public static final int ATTACHED_CONTROLLERS = 0x12;
    public static final int CONTROLLERS = 0x13;
    public static final int NVM_ALLOCATED_NAMESPACES = 0x1A;
    public static final int NVM_ALLOCATED_NAMESPACE = 0x1B;
    public static final int COMMAND_SETS = 0x1C;

    private Cns() {}
}
