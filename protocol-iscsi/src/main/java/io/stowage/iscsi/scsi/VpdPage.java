package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/** Vital product data: a header of 4 bytes and a body. SPC-4, section 7.8. */
public final class VpdPage {
    public static final int SUPPORTED_PAGES = 0x00;
    public static final int SERIAL_NUMBER = 0x80;
    public static final int DEVICE_IDENTIFICATION = 0x83;
    public static final int EXTENDED_INQUIRY = 0x86;
    public static final int MODE_PAGE_POLICY = 0x87;
    public static final int THIRD_PARTY_COPY = 0x8F;
    public static final int BLOCK_LIMITS = 0xB0;
    public static final int BLOCK_CHARACTERISTICS = 0xB1;
    public static final int PROVISIONING = 0xB2;

    static final int HEADER = 4;

    private VpdPage() {}

    /** A page with this code and body, of a disk; position 0. */
    public static ByteBuffer encode(int code, ByteBuffer body) {
        ByteBuffer page = ByteBuffer.allocate(HEADER + body.remaining());
        page.put((byte) 0).put((byte) code).putShort((short) body.remaining()).put(body.duplicate());
        return page.flip();
    }

    /**
     * The body of a page, cut to what is there.
     *
     * @throws IllegalArgumentException it is another page, or shorter than its header
     */
    public static ByteBuffer body(int code, ByteBuffer page) {
        int at = page.position();
        if (page.remaining() < HEADER || (page.get(at + 1) & 0xFF) != code) {
            throw new IllegalArgumentException("not the VPD page %02x".formatted(code));
        }
        int length = Math.min(page.getShort(at + 2) & 0xFFFF, page.remaining() - HEADER);
        return page.slice(at + HEADER, length);
    }
}
