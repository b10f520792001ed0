package io.stowage.nvme.fabrics;

import io.stowage.nvme.command.SubmissionEntry;

/** The Fabrics commands: one opcode, told from one another by their type. Base 2.0, figure 380. */
public final class FabricsCommand {
    public static final int OPCODE = 0x7F;

    public static final int PROPERTY_SET = 0x00;
    public static final int CONNECT = 0x01;
    public static final int PROPERTY_GET = 0x04;
    public static final int AUTHENTICATION_SEND = 0x05;
    public static final int AUTHENTICATION_RECEIVE = 0x06;
    public static final int DISCONNECT = 0x08;

    private FabricsCommand() {}

    public static boolean is(SubmissionEntry entry) {
        return entry.opcode() == OPCODE;
    }

    /** Makes an entry, all zeros, a Disconnect of the queue that it comes through. Section 6.4. */
    public static void disconnect(SubmissionEntry entry) {
        entry.opcode(OPCODE).fabricsType(DISCONNECT);
    }
}
