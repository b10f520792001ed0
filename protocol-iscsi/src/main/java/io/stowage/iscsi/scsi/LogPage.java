package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/** Pages of LOG SENSE, with their header. SPC-4, section 7.3; SBC-3, section 6.4.5. */
public final class LogPage {
    public static final int SUPPORTED_PAGES = 0x00;
    public static final int PROVISIONING = 0x0C;
    /** Of any page: supported pages and subpages. */
    public static final int SUBPAGES = 0xFF;

    private static final int HEADER = 4;
    private static final int SUBPAGE_FORMAT = 0x40;
    private static final int AVAILABLE = 0x0001;
    private static final int USED = 0x0002;
    private static final int PARAMETER = 12;
    /** A binary list that isn't cleared or saved. */
    private static final int CONTROL = 0x03;
    /** The resources aren't the unit's alone. */
    private static final int SHARED = 0x02;

    private LogPage() {}

    /** The list of pages, position 0. */
    public static ByteBuffer supportedPages() {
        return ByteBuffer.wrap(new byte[] {SUPPORTED_PAGES, 0, 0, 2, SUPPORTED_PAGES, PROVISIONING});
    }

    /** The list of pages and subpages, position 0. */
    public static ByteBuffer supportedSubpages() {
        return ByteBuffer.wrap(new byte[] {
            SUBPAGE_FORMAT, (byte) SUBPAGES, 0, 6, SUPPORTED_PAGES, 0, SUPPORTED_PAGES, (byte) SUBPAGES, PROVISIONING, 0
        });
    }

    /**
     * Logical Block Provisioning, position 0.
     *
     * @param from code of the first parameter wanted
     * @param available resources that can still be used, in the unit of {@link Provisioning#thresholdExponent}
     * @param used resources in use
     */
    public static ByteBuffer provisioning(int from, long available, long used) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + 2 * PARAMETER);
        out.position(HEADER);
        put(out, from, AVAILABLE, available);
        put(out, from, USED, used);
        int length = out.position() - HEADER;
        return out.flip().put(0, (byte) PROVISIONING).putShort(2, (short) length);
    }

    private static void put(ByteBuffer out, int from, int code, long count) {
        if (code >= from) {
            out.putShort((short) code)
                    .put((byte) CONTROL)
                    .put((byte) (PARAMETER - HEADER))
                    .putInt((int) Math.min(count, 0xFFFF_FFFFL))
                    .put((byte) SHARED)
                    .put((byte) 0)
                    .putShort((short) 0);
        }
    }
}
