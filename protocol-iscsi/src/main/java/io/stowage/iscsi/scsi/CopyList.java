package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter list of EXTENDED COPY(LID1). SPC-4, sections 6.4.3, 6.4.5 and 6.4.6.
 *
 * @param id what {@link Cdb.ReceiveCopyResults} asks for the result with, 0 to 255
 * @param usage LIST ID USAGE: 0 the result is held, 2 it may be discarded, 3 there is no id
 */
public record CopyList(int id, int usage, List<Target> targets, List<Segment> segments) {
    public static final int HOLD = 0;
    public static final int DISCARD = 2;
    public static final int NO_ID = 3;

    /** Bytes of the header. */
    public static final int HEADER = 16;

    /** Bytes of a target descriptor. */
    public static final int TARGET = 32;

    /** Identification descriptor target descriptor. */
    public static final int IDENTIFICATION = 0xE4;

    /** Segment descriptor: blocks to blocks. */
    public static final int BLOCKS = 0x02;

    /** Segment descriptor: blocks to blocks, with byte offsets and a length in bytes. */
    public static final int BLOCKS_WITH_OFFSETS = 0x0A;

    private static final int BLOCKS_LENGTH = 0x18;
    private static final int OFFSETS_LENGTH = 0x1C;
    private static final int SEGMENT_HEADER = 4;
    private static final int DESIGNATOR = 8;
    private static final int MAX_DESIGNATOR = 20;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /**
     * A unit by its name.
     *
     * @param nul the descriptor stands for no unit
     * @param type peripheral device type, 0 to 31
     * @param blockLength of a disk, in bytes
     */
    public record Target(boolean nul, int type, Designator designator, int blockLength) {}

    /**
     * What is to be copied. Source and target are positions in the list of targets.
     *
     * @param length in blocks, or in bytes with {@code offsets}
     * @param offsets whether length and offsets are in bytes
     */
    public record Segment(
            int source,
            int target,
            boolean offsets,
            long length,
            long sourceLba,
            long targetLba,
            int sourceOffset,
            int targetOffset) {
        /** Whole blocks. */
        public Segment(int source, int target, int blocks, long sourceLba, long targetLba) {
            this(source, target, false, blocks, sourceLba, targetLba, 0, 0);
        }
    }

    public CopyList {
        targets = List.copyOf(targets);
        segments = List.copyOf(segments);
    }

    /** The whole list, position 0. */
    public ByteBuffer encode() {
        int segmentBytes = segments.stream()
                .mapToInt(segment -> SEGMENT_HEADER + lengthOf(segment))
                .sum();
        ByteBuffer out = ByteBuffer.allocate(HEADER + TARGET * targets.size() + segmentBytes);
        out.put((byte) id)
                .put((byte) (usage << 3))
                .putShort((short) (TARGET * targets.size()))
                .putInt(0)
                .putInt(segmentBytes)
                .putInt(0);
        targets.forEach(target -> put(out, target));
        segments.forEach(segment -> put(out, segment));
        return out.flip();
    }

    private static void put(ByteBuffer out, Target target) {
        Designator name = target.designator();
        ByteBuffer bytes = ByteBuffer.allocate(TARGET)
                .put(0, (byte) IDENTIFICATION)
                .put(1, (byte) (CdbBits.of(target.nul(), 0x20) | target.type()))
                .put(4, (byte) name.codeSet())
                .put(5, (byte) (name.association() << 4 | name.type()))
                .put(7, (byte) name.name().remaining())
                .put(DESIGNATOR, name.name(), 0, name.name().remaining())
                .putInt(28, target.blockLength());
        out.put(bytes);
    }

    private static void put(ByteBuffer out, Segment segment) {
        ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_HEADER + lengthOf(segment))
                .put(0, (byte) (segment.offsets() ? BLOCKS_WITH_OFFSETS : BLOCKS))
                .putShort(2, (short) lengthOf(segment))
                .putShort(4, (short) segment.source())
                .putShort(6, (short) segment.target())
                .putLong(12, segment.sourceLba())
                .putLong(20, segment.targetLba());
        if (segment.offsets()) {
            bytes.putInt(8, (int) segment.length())
                    .putShort(28, (short) segment.sourceOffset())
                    .putShort(30, (short) segment.targetOffset());
        } else {
            bytes.putShort(10, (short) segment.length());
        }
        out.put(bytes);
    }

    private static int lengthOf(Segment segment) {
        return segment.offsets() ? OFFSETS_LENGTH : BLOCKS_LENGTH;
    }

    /**
     * Reads the list.
     *
     * @param maxTargets descriptors that are allowed
     * @param maxSegments descriptors that are allowed
     * @throws InvalidParameters it is cut off, too long, or holds what isn't known here
     */
    public static CopyList parse(ByteBuffer list, int maxTargets, int maxSegments) throws InvalidParameters {
        if (list.remaining() < HEADER) {
            throw new InvalidParameters(Sense.PARAMETER_LIST_LENGTH);
        }
        ByteBuffer in = list.slice();
        int targetBytes = in.getShort(2) & 0xFFFF;
        long segmentBytes = in.getInt(8) & UNSIGNED;
        long inlineBytes = in.getInt(12) & UNSIGNED;
        if (HEADER + targetBytes + segmentBytes + inlineBytes > in.capacity()) {
            throw new InvalidParameters(Sense.PARAMETER_LIST_LENGTH);
        }
        if (targetBytes % TARGET != 0) {
            throw new InvalidParameters(Sense.invalidFieldInParameters(2));
        }
        if (targetBytes / TARGET > maxTargets) {
            throw new InvalidParameters(Sense.TOO_MANY_TARGETS);
        }
        int segmentsAt = HEADER + targetBytes;
        List<Integer> places = segments(in, segmentsAt, segmentsAt + (int) segmentBytes);
        if (places.size() > maxSegments) {
            throw new InvalidParameters(Sense.TOO_MANY_SEGMENTS);
        }
        if (inlineBytes > 0) {
            throw new InvalidParameters(Sense.TOO_MUCH_INLINE_DATA);
        }
        int id = in.get(0) & 0xFF;
        int usage = in.get(1) >> 3 & 0x03;
        if (usage == 1 || usage == NO_ID && id != 0) {
            throw new InvalidParameters(Sense.invalidFieldInParameters(usage == 1 ? 1 : 0));
        }
        List<Target> targets = new ArrayList<>();
        for (int at = HEADER; at < segmentsAt; at += TARGET) {
            targets.add(target(in, at));
        }
        List<Segment> segments = new ArrayList<>();
        for (int at : places) {
            segments.add(segment(in, at));
        }
        return new CopyList(id, usage, targets, segments);
    }

    /** Where the segment descriptors begin, whatever they are. */
    private static List<Integer> segments(ByteBuffer in, int start, int end) throws InvalidParameters {
        List<Integer> places = new ArrayList<>();
        int at = start;
        while (at < end) {
            if (at + SEGMENT_HEADER > end) {
                throw new InvalidParameters(Sense.PARAMETER_LIST_LENGTH);
            }
            places.add(at);
            at += SEGMENT_HEADER + (in.getShort(at + 2) & 0xFFFF);
        }
        if (at > end) {
            throw new InvalidParameters(Sense.PARAMETER_LIST_LENGTH);
        }
        return places;
    }

    private static Target target(ByteBuffer in, int at) throws InvalidParameters {
        if ((in.get(at) & 0xFF) != IDENTIFICATION) {
            throw new InvalidParameters(Sense.UNSUPPORTED_TARGET);
        }
        int length = in.get(at + 7) & 0xFF;
        if (length > MAX_DESIGNATOR) {
            throw new InvalidParameters(Sense.invalidFieldInParameters(at + 7));
        }
        ByteBuffer name = ByteBuffer.allocate(length).put(0, in, at + DESIGNATOR, length);
        int kind = in.get(at + 5);
        return new Target(
                (in.get(at + 1) & 0x20) != 0,
                in.get(at + 1) & 0x1F,
                new Designator(in.get(at + 4) & 0x0F, kind >> 4 & 0x03, kind & 0x0F, name),
                in.getInt(at + 28) & 0xFF_FFFF);
    }

    private static Segment segment(ByteBuffer in, int at) throws InvalidParameters {
        int type = in.get(at) & 0xFF;
        if (type != BLOCKS && type != BLOCKS_WITH_OFFSETS) {
            throw new InvalidParameters(Sense.UNSUPPORTED_SEGMENT);
        }
        boolean offsets = type == BLOCKS_WITH_OFFSETS;
        if ((in.getShort(at + 2) & 0xFFFF) != (offsets ? OFFSETS_LENGTH : BLOCKS_LENGTH)) {
            throw new InvalidParameters(Sense.invalidFieldInParameters(at + 2));
        }
        return new Segment(
                in.getShort(at + 4) & 0xFFFF,
                in.getShort(at + 6) & 0xFFFF,
                offsets,
                offsets ? in.getInt(at + 8) & UNSIGNED : in.getShort(at + 10) & 0xFFFF,
                in.getLong(at + 12),
                in.getLong(at + 20),
                offsets ? in.getShort(at + 28) & 0xFFFF : 0,
                offsets ? in.getShort(at + 30) & 0xFFFF : 0);
    }
}
