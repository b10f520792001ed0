package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * Standard INQUIRY data of a disk. SPC-4, section 6.6.2.
 *
 * @param vendor at most 8 ASCII characters, without padding
 * @param product at most 16
 * @param revision at most 4
 */
public record InquiryData(String vendor, String product, String revision) {
    /** Bytes written. */
    public static final int LENGTH = 96;

    private static final int VENDOR = 8;
    private static final int VENDOR_LENGTH = 8;
    private static final int PRODUCT = 16;
    private static final int PRODUCT_LENGTH = 16;
    private static final int REVISION = 32;
    private static final int REVISION_LENGTH = 4;
    private static final int VERSION_DESCRIPTORS = 58;

    private static final int SPC_4 = 6;
    /** Response data format 2, hierarchical LUNs. */
    private static final int FORMAT = 0x12;
    /** TPGS: implicit ALUA; 3PC: EXTENDED COPY. */
    private static final int ACCESS_AND_COPY = 0x18;

    private static final int MULTIPLE_PORTS = 0x10;
    private static final int COMMAND_QUEUE = 0x02;
    /** SAM-5, iSCSI, SPC-4, SBC-3: without the last a 64-byte Block Limits page would be a fault. */
    private static final short[] STANDARDS = {0x00A0, 0x0960, 0x0460, 0x04C0};

    /** What a LUN without a unit answers: qualifier 3, type unknown. */
    private static final int NO_UNIT = 0x7F;

    /** The 96 bytes, position 0. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH)
                .put(2, (byte) SPC_4)
                .put(3, (byte) FORMAT)
                .put(4, (byte) (LENGTH - 5))
                .put(5, (byte) ACCESS_AND_COPY)
                .put(6, (byte) MULTIPLE_PORTS)
                .put(7, (byte) COMMAND_QUEUE);
        Ascii.put(out, VENDOR, VENDOR_LENGTH, vendor);
        Ascii.put(out, PRODUCT, PRODUCT_LENGTH, product);
        Ascii.put(out, REVISION, REVISION_LENGTH, revision);
        for (int i = 0; i < STANDARDS.length; i++) {
            out.putShort(VERSION_DESCRIPTORS + i * Short.BYTES, STANDARDS[i]);
        }
        return out;
    }

    /** The answer of a LUN that has no unit. */
    public static ByteBuffer encodeAbsent() {
        ByteBuffer out = new InquiryData("", "", "").encode();
        return out.put(0, (byte) NO_UNIT);
    }

    /** Whether the data is that of a disk which is there: qualifier 0, type 0. */
    public static boolean isDisk(ByteBuffer data) {
        return data.hasRemaining() && data.get(data.position()) == 0;
    }

    /**
     * Reads the names.
     *
     * @throws IllegalArgumentException fewer than 36 bytes
     */
    public static InquiryData parse(ByteBuffer data) {
        if (data.remaining() < REVISION + REVISION_LENGTH) {
            throw new IllegalArgumentException("INQUIRY data of " + data.remaining() + " bytes: 36 are expected");
        }
        int at = data.position();
        return new InquiryData(
                Ascii.get(data, at + VENDOR, VENDOR_LENGTH),
                Ascii.get(data, at + PRODUCT, PRODUCT_LENGTH),
                Ascii.get(data, at + REVISION, REVISION_LENGTH));
    }
}
