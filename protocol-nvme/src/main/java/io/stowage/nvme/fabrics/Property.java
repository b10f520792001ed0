package io.stowage.nvme.fabrics;

import io.stowage.nvme.command.SubmissionEntry;

/**
 * A Property Get or Property Set; Base 2.0, sections 6.5 and 6.6, figures 392 and 394.
 *
 * @param wide whether the property has 8 bytes, otherwise 4
 * @param offset which one
 * @param value for Property Set
 */
public record Property(boolean wide, int offset, long value) {
    /** Controller capabilities, 8 bytes: {@link Capabilities}. */
    public static final int CAP = 0x00;

    /** Version, 4 bytes. */
    public static final int VS = 0x08;

    /** Controller configuration, 4 bytes: {@link Configuration}. */
    public static final int CC = 0x14;

    /** Controller status, 4 bytes: {@link ControllerStatus}. */
    public static final int CSTS = 0x1C;

    private static final int ATTRIBUTES_OFFSET = 40;
    private static final int SIZE = 7;
    private static final int WIDE = 1;
    private static final int OFFSET = 11;
    private static final int VALUE = 12;

    /** Of either command. */
    public static Property parse(SubmissionEntry entry) {
        return new Property((entry.byteAt(ATTRIBUTES_OFFSET) & SIZE) == WIDE, entry.dword(OFFSET), entry.dwords(VALUE));
    }

    /** Makes an entry, all zeros, ask for this property. */
    public static void get(SubmissionEntry entry, boolean wide, int offset) {
        put(entry, FabricsCommand.PROPERTY_GET, wide, offset);
    }

    /** Makes an entry, all zeros, set a property of 4 bytes. */
    public static void set(SubmissionEntry entry, int offset, int value) {
        put(entry, FabricsCommand.PROPERTY_SET, false, offset);
        entry.dword(VALUE, value);
    }

    private static void put(SubmissionEntry entry, int type, boolean wide, int offset) {
        entry.opcode(FabricsCommand.OPCODE)
                .fabricsType(type)
                .byteAt(1, 0x40)
                .byteAt(ATTRIBUTES_OFFSET, wide ? WIDE : 0)
                .dword(OFFSET, offset);
    }
}
