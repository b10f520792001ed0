package io.stowage.array.scsi;

import io.stowage.iscsi.scsi.BlockLimits;

/** What a single command may ask for, as the Block Limits page tells it. Lengths are in blocks. */
final class DeviceLimits {
    /** 32 MiB: libiscsi's suite writes as much at once. */
    static final int MAX_TRANSFER = 65_536;

    /** The length field of COMPARE AND WRITE has 8 bits. */
    static final int MAX_COMPARE_AND_WRITE = 255;

    /** Just below 4 GiB, as much as Linux asks for. */
    static final long MAX_WRITE_SAME = 0x7F_FFFF;

    static final int MAX_UNMAP_DESCRIPTORS = 256;

    private static final long NO_LIMIT = 0xFFFF_FFFFL;

    /** The store keeps presence by 4 KiB; smaller pieces are rewritten. */
    private static final int GRANULARITY = 8;

    static final BlockLimits PAGE = new BlockLimits(
            true,
            MAX_COMPARE_AND_WRITE,
            GRANULARITY,
            MAX_TRANSFER,
            0,
            NO_LIMIT,
            MAX_UNMAP_DESCRIPTORS,
            GRANULARITY,
            MAX_WRITE_SAME);

    private DeviceLimits() {}
}
