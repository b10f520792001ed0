package io.stowage.iscsi.login;

import java.util.List;

/**
 * What one side asks for in the negotiation of operational keys.
 *
 * @param headerDigests values of HeaderDigest in order of preference
 * @param dataDigests values of DataDigest in order of preference
 * @param maxRecvDataSegmentLength longest data segment this side takes, bytes, 512 to 2^24-1
 * @param maxBurstLength bytes, 512 to 2^24-1
 * @param firstBurstLength bytes, 512 to {@code maxBurstLength}
 * @param initialR2t whether this side insists on R2T before any Data-Out
 * @param immediateData whether this side allows data in the command's PDU
 */
public record Preferences(
        List<String> headerDigests,
        List<String> dataDigests,
        int maxRecvDataSegmentLength,
        int maxBurstLength,
        int firstBurstLength,
        boolean initialR2t,
        boolean immediateData) {

    /** Large segments and bursts, digests only when the peer wants them. */
    public static final Preferences DEFAULT = new Preferences(
            List.of(Keys.NONE, Keys.CRC32C),
            List.of(Keys.NONE, Keys.CRC32C),
            256 * 1024,
            1024 * 1024,
            256 * 1024,
            false,
            true);

    public Preferences {
        headerDigests = List.copyOf(headerDigests);
        dataDigests = List.copyOf(dataDigests);
        requireLength(Keys.MAX_RECV_DATA_SEGMENT_LENGTH, maxRecvDataSegmentLength, ValueFormat.MAX_LENGTH);
        requireLength(Keys.MAX_BURST_LENGTH, maxBurstLength, ValueFormat.MAX_LENGTH);
        requireLength(Keys.FIRST_BURST_LENGTH, firstBurstLength, maxBurstLength);
    }

    private static void requireLength(String key, int value, int max) {
        if (value < ValueFormat.MIN_LENGTH || value > max) {
            throw new IllegalArgumentException(
                    "%s=%d: must be %d to %d".formatted(key, value, ValueFormat.MIN_LENGTH, max));
        }
    }
}
