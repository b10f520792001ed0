package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How an EXTENDED COPY stands: the data of RECEIVE COPY RESULTS. SPC-4, section 6.24.
 *
 * @param running whether it is under way
 * @param segments that are done, 0 to 65535
 * @param bytes that are copied
 * @param fault what ended it before its end
 */
public record CopyResult(boolean running, int segments, long bytes, Optional<Sense> fault) {
    public static final int STATUS = 0x00;
    public static final int DATA = 0x01;
    public static final int OPERATING_PARAMETERS = 0x03;
    public static final int FAILED_SEGMENT = 0x04;

    private static final int STATUS_LENGTH = 12;
    private static final int DONE = 1;
    private static final int FAILED = 2;
    private static final int KIB = 0x01;
    private static final int FAILED_HEADER = 60;
    private static final int PARAMETERS_LENGTH = 47;

    /** The data of COPY STATUS: bytes as long as they fit, then KiB. */
    public ByteBuffer encodeStatus() {
        boolean fits = bytes >>> 32 == 0;
        return ByteBuffer.allocate(STATUS_LENGTH)
                .putInt(0, STATUS_LENGTH - Integer.BYTES)
                .put(4, (byte) (running ? 0 : fault.isPresent() ? FAILED : DONE))
                .putShort(5, (short) segments)
                .put(7, (byte) (fits ? 0 : KIB))
                .putInt(8, (int) (fits ? bytes : bytes >>> 10));
    }

    /** The data of FAILED SEGMENT DETAILS; without a failure there are none. */
    public ByteBuffer encodeFailure() {
        if (fault.isEmpty()) {
            return ByteBuffer.allocate(Integer.BYTES);
        }
        ByteBuffer sense = fault.get().encodeFixed();
        return ByteBuffer.allocate(FAILED_HEADER + sense.remaining())
                .putInt(0, FAILED_HEADER - Integer.BYTES + sense.remaining())
                .put(56, (byte) ScsiStatus.CHECK_CONDITION)
                .putShort(58, (short) sense.remaining())
                .put(FAILED_HEADER, sense, 0, sense.remaining());
    }

    /**
     * The data of OPERATING PARAMETERS.
     *
     * @param concurrent copies at once, 0 to 255
     */
    public static ByteBuffer encodeParameters(
            int maxTargets, int maxSegments, int maxList, int maxSegmentBytes, int concurrent) {
        return ByteBuffer.allocate(PARAMETERS_LENGTH)
                .putInt(0, PARAMETERS_LENGTH - Integer.BYTES)
                .put(4, (byte) 1) // SNLID: a list may come without an id
                .putShort(8, (short) maxTargets)
                .putShort(10, (short) maxSegments)
                .putInt(12, maxList)
                .putInt(16, maxSegmentBytes)
                .putShort(34, (short) concurrent)
                .put(36, (byte) concurrent)
                .put(37, (byte) 9) // copied in multiples of 512 bytes
                .put(43, (byte) 3)
                .put(44, (byte) CopyList.BLOCKS)
                .put(45, (byte) CopyList.BLOCKS_WITH_OFFSETS)
                .put(46, (byte) CopyList.IDENTIFICATION);
    }
}
