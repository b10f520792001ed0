package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;

/** The shape that ICReq and ICResp share. */
final class Initialization {
    private Initialization() {}

    static void write(ByteBuffer to, int type, int version, int alignment, Digests digests, int last) {
        int start = to.position();
        CommonHeader.put(to, type, 0, 0, CommonHeader.LONGEST);
        to.putShort((short) version)
                .put((byte) alignment)
                .put((byte) digests.bits())
                .putInt(last);
        while (to.position() < start + CommonHeader.LONGEST) {
            to.putLong(0);
        }
    }
}
