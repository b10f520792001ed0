package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a command failed, or what a unit has to say. SPC-4, section 4.5.
 *
 * @param key sense key, 0 to 15
 * @param code additional sense code (ASC) in the upper, its qualifier (ASCQ) in the lower byte
 * @param information value of the INFORMATION field, such as a block address; present means valid
 * @param field where an invalid field is
 */
public record Sense(int key, int code, OptionalLong information, Optional<FieldPointer> field) {

    /**
     * Where an invalid field is. SPC-4, section 4.5.2.4.2.
     *
     * @param inCommand in the CDB, otherwise in the parameter data
     * @param index of the byte, 0 to 65535
     */
    public record FieldPointer(boolean inCommand, int index) {}

    public static final int NO_SENSE_KEY = 0x0;
    public static final int NOT_READY = 0x2;
    public static final int MEDIUM_ERROR = 0x3;
    public static final int HARDWARE_ERROR = 0x4;
    public static final int ILLEGAL_REQUEST = 0x5;
    public static final int UNIT_ATTENTION = 0x6;
    public static final int DATA_PROTECT = 0x7;
    public static final int COPY_ABORTED = 0xA;
    public static final int ABORTED_COMMAND = 0xB;
    public static final int MISCOMPARE_KEY = 0xE;

    public static final Sense NONE = new Sense(NO_SENSE_KEY, 0x0000);
    public static final Sense INVALID_OPCODE = new Sense(ILLEGAL_REQUEST, 0x2000);
    public static final Sense LBA_OUT_OF_RANGE = new Sense(ILLEGAL_REQUEST, 0x2100);
    public static final Sense UNIT_NOT_SUPPORTED = new Sense(ILLEGAL_REQUEST, 0x2500);
    public static final Sense PARAMETER_LIST_LENGTH = new Sense(ILLEGAL_REQUEST, 0x1A00);
    public static final Sense INVALID_FIELD_IN_COMMAND_IU = new Sense(ILLEGAL_REQUEST, 0x0E03);
    public static final Sense INVALID_RELEASE = new Sense(ILLEGAL_REQUEST, 0x2604);
    public static final Sense INVALID_FIELD_IN_PARAMETERS = new Sense(ILLEGAL_REQUEST, 0x2600);
    public static final Sense TOO_MANY_TARGETS = new Sense(ILLEGAL_REQUEST, 0x2606);
    public static final Sense UNSUPPORTED_TARGET = new Sense(ILLEGAL_REQUEST, 0x2607);
    public static final Sense TOO_MANY_SEGMENTS = new Sense(ILLEGAL_REQUEST, 0x2608);
    public static final Sense UNSUPPORTED_SEGMENT = new Sense(ILLEGAL_REQUEST, 0x2609);
    public static final Sense TOO_MUCH_INLINE_DATA = new Sense(ILLEGAL_REQUEST, 0x260B);
    public static final Sense UNREACHABLE_COPY_TARGET = new Sense(COPY_ABORTED, 0x0804);
    public static final Sense COPY_TARGET_NOT_REACHABLE = new Sense(COPY_ABORTED, 0x0D02);
    public static final Sense NO_ROOM_FOR_REGISTRATION = new Sense(ILLEGAL_REQUEST, 0x5504);
    public static final Sense SAVING_NOT_SUPPORTED = new Sense(ILLEGAL_REQUEST, 0x3900);
    public static final Sense WRITE_PROTECTED = new Sense(DATA_PROTECT, 0x2700);
    public static final Sense SOFTWARE_WRITE_PROTECTED = new Sense(DATA_PROTECT, 0x2702);
    public static final Sense SANITIZE_IN_PROGRESS = new Sense(NOT_READY, 0x041B);
    public static final Sense OUT_OF_SPACE = new Sense(DATA_PROTECT, 0x2707);
    public static final Sense MISCOMPARE = new Sense(MISCOMPARE_KEY, 0x1D00);
    public static final Sense READ_ERROR = new Sense(MEDIUM_ERROR, 0x1100);
    public static final Sense WRITE_ERROR = new Sense(MEDIUM_ERROR, 0x0C00);
    public static final Sense UNEXPECTED_UNSOLICITED_DATA = new Sense(ABORTED_COMMAND, 0x0C0C);
    public static final Sense INTERNAL_FAILURE = new Sense(ABORTED_COMMAND, 0x4400);

    public static final Sense POWER_ON = new Sense(UNIT_ATTENTION, 0x2900);
    public static final Sense UNIT_RESET = new Sense(UNIT_ATTENTION, 0x2903);
    public static final Sense NEXUS_LOSS = new Sense(UNIT_ATTENTION, 0x2907);
    public static final Sense MODE_PARAMETERS_CHANGED = new Sense(UNIT_ATTENTION, 0x2A01);
    public static final Sense RESERVATIONS_PREEMPTED = new Sense(UNIT_ATTENTION, 0x2A03);
    public static final Sense RESERVATIONS_RELEASED = new Sense(UNIT_ATTENTION, 0x2A04);
    public static final Sense REGISTRATIONS_PREEMPTED = new Sense(UNIT_ATTENTION, 0x2A05);
    public static final Sense CAPACITY_CHANGED = new Sense(UNIT_ATTENTION, 0x2A09);
    public static final Sense SOFT_THRESHOLD_REACHED = new Sense(UNIT_ATTENTION, 0x3807);
    public static final Sense INQUIRY_DATA_CHANGED = new Sense(UNIT_ATTENTION, 0x3F03);
    public static final Sense REPORTED_LUNS_CHANGED = new Sense(UNIT_ATTENTION, 0x3F0E);

    /** Bytes of the fixed format. */
    public static final int FIXED_LENGTH = 18;

    /** Bytes of the longest descriptor format written here. */
    private static final int DESCRIPTOR_LENGTH = 8;

    private static final int CURRENT_FIXED = 0x70;
    private static final int DEFERRED_FIXED = 0x71;
    private static final int CURRENT_DESCRIPTOR = 0x72;
    private static final int DEFERRED_DESCRIPTOR = 0x73;
    private static final int VALID = 0x80;
    private static final int ADDITIONAL_LENGTH = FIXED_LENGTH - 8;
    private static final int FIELD_POINTER_VALID = 0x80;
    private static final int IN_COMMAND = 0x40;

    public Sense(int key, int code) {
        this(key, code, OptionalLong.empty(), Optional.empty());
    }

    /** Invalid field in the CDB at this byte. */
    public static Sense invalidFieldInCdb(int index) {
        return new Sense(ILLEGAL_REQUEST, 0x2400, OptionalLong.empty(), Optional.of(new FieldPointer(true, index)));
    }

    /** Invalid field in the parameter list at this byte. */
    public static Sense invalidFieldInParameters(int index) {
        return new Sense(ILLEGAL_REQUEST, 0x2600, OptionalLong.empty(), Optional.of(new FieldPointer(false, index)));
    }

    /** The same with an INFORMATION field, if it fits into 32 bits as the fixed format demands. */
    public Sense about(long information) {
        return information >>> 32 == 0 ? new Sense(key, code, OptionalLong.of(information), field) : this;
    }

    /** Whether key and code are the same, whatever the details. */
    public boolean is(Sense other) {
        return key == other.key && code == other.code;
    }

    /** The 18 bytes of the fixed format. */
    public ByteBuffer encodeFixed() {
        ByteBuffer out = ByteBuffer.allocate(FIXED_LENGTH)
                .put(0, (byte) (CURRENT_FIXED | (information.isPresent() ? VALID : 0)))
                .put(2, (byte) key)
                .putInt(3, (int) information.orElse(0))
                .put(7, (byte) ADDITIONAL_LENGTH)
                .putShort(12, (short) code);
        field.ifPresent(pointer -> out.put(15, (byte) (FIELD_POINTER_VALID | (pointer.inCommand() ? IN_COMMAND : 0)))
                .putShort(16, (short) pointer.index()));
        return out;
    }

    /** The 8 bytes of the descriptor format without descriptors. */
    public ByteBuffer encodeDescriptor() {
        return ByteBuffer.allocate(DESCRIPTOR_LENGTH)
                .put(0, (byte) CURRENT_DESCRIPTOR)
                .put(1, (byte) key)
                .putShort(2, (short) code);
    }

    /** Reads either format from the remaining bytes; what is cut off counts as zero. */
    public static Sense parse(ByteBuffer sense) {
        ByteBuffer in = ByteBuffer.allocate(FIXED_LENGTH);
        in.put(0, sense, sense.position(), Math.min(FIXED_LENGTH, sense.remaining()));
        return switch (in.get(0) & 0x7F) {
            case CURRENT_FIXED, DEFERRED_FIXED -> parseFixed(in);
            case CURRENT_DESCRIPTOR, DEFERRED_DESCRIPTOR -> new Sense(in.get(1) & 0x0F, in.getShort(2) & 0xFFFF);
            default -> NONE;
        };
    }

    private static Sense parseFixed(ByteBuffer in) {
        OptionalLong information =
                (in.get(0) & VALID) != 0 ? OptionalLong.of(in.getInt(3) & 0xFFFF_FFFFL) : OptionalLong.empty();
        Optional<FieldPointer> field = (in.get(15) & FIELD_POINTER_VALID) != 0
                ? Optional.of(new FieldPointer((in.get(15) & IN_COMMAND) != 0, in.getShort(16) & 0xFFFF))
                : Optional.empty();
        return new Sense(in.get(2) & 0x0F, in.getShort(12) & 0xFFFF, information, field);
    }

    /** As people write it: key/ASC/ASCQ in hex. */
    @Override
    public String toString() {
        return "%x/%02x/%02x".formatted(key, code >> 8, code & 0xFF);
    }
}
