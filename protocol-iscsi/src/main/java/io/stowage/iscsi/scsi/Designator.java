package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A name in the Device Identification page (83h). SPC-4, section 7.8.6.
 *
 * @param codeSet 1 binary, 2 ASCII, 3 UTF-8
 * @param association 0 logical unit, 1 target port, 2 target device
 * @param type 1 T10 vendor, 3 NAA, 4 relative target port, 5 target port group, 8 SCSI name string
 * @param name the bytes of the designator, position 0
 */
public record Designator(int codeSet, int association, int type, ByteBuffer name) {
    private static final int BINARY = 1;
    private static final int ASCII = 2;
    private static final int UTF_8 = 3;
    private static final int UNIT = 0;
    private static final int PORT = 1;
    private static final int DEVICE = 2;
    private static final int T10 = 1;
    private static final int NAA = 3;
    private static final int RELATIVE_PORT = 4;
    private static final int PORT_GROUP = 5;
    private static final int NAME_STRING = 8;

    private static final int HEADER = 4;
    /** PROTOCOL IDENTIFIER of iSCSI and the bit that makes it valid, for ports and devices. */
    private static final int ISCSI = 0x50;

    private static final int PIV = 0x80;

    /** The worldwide name of the unit, 16 bytes. */
    public static Designator naa(byte[] name) {
        return new Designator(BINARY, UNIT, NAA, ByteBuffer.wrap(name.clone()));
    }

    /** The unit's name by vendor (padded to 8 characters) and serial number. */
    public static Designator t10(String vendor, String serial) {
        return text(ASCII, UNIT, T10, "%-8s%s".formatted(vendor, serial));
    }

    /** The port through which the question came, 1 to 65535. */
    public static Designator relativePort(int port) {
        return new Designator(
                BINARY, PORT, RELATIVE_PORT, ByteBuffer.allocate(4).putInt(0, port));
    }

    /** The group of that port in asymmetric access. */
    public static Designator portGroup(int group) {
        return new Designator(BINARY, PORT, PORT_GROUP, ByteBuffer.allocate(4).putInt(0, group));
    }

    /** The name of the target port. */
    public static Designator portName(String iqn, int tag) {
        return text(UTF_8, PORT, NAME_STRING, padded("%s,t,0x%04x".formatted(iqn, tag)));
    }

    /** The name of the target device. */
    public static Designator deviceName(String iqn) {
        return text(UTF_8, DEVICE, NAME_STRING, padded(iqn));
    }

    /** The page's body with these designators, position 0. */
    public static ByteBuffer encode(List<Designator> designators) {
        ByteBuffer out = ByteBuffer.allocate(designators.stream()
                .mapToInt(designator -> HEADER + designator.name.remaining())
                .sum());
        for (Designator designator : designators) {
            boolean ofUnit = designator.association == UNIT;
            out.put((byte) (designator.codeSet | (ofUnit ? 0 : ISCSI)))
                    .put((byte) (designator.type | designator.association << 4 | (ofUnit ? 0 : PIV)))
                    .put((byte) 0)
                    .put((byte) designator.name.remaining())
                    .put(designator.name.duplicate());
        }
        return out.flip();
    }

    /** The designators that are there in full in the page's body. */
    public static List<Designator> parse(ByteBuffer body) {
        List<Designator> designators = new ArrayList<>();
        int at = body.position();
        while (at + HEADER <= body.limit()) {
            int length = body.get(at + 3) & 0xFF;
            if (at + HEADER + length > body.limit()) {
                break;
            }
            int kind = body.get(at + 1);
            ByteBuffer name = ByteBuffer.allocate(length).put(0, body, at + HEADER, length);
            designators.add(new Designator(body.get(at) & 0x0F, kind >> 4 & 0x03, kind & 0x0F, name));
            at += HEADER + length;
        }
        return designators;
    }

    /** Whether it is the worldwide name of the unit. */
    public boolean isUnitNaa() {
        return association == UNIT && type == NAA;
    }

    private static Designator text(int codeSet, int association, int type, String text) {
        return new Designator(codeSet, association, type, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** SCSI name strings end with a zero byte and fill a multiple of four. SPC-4, section 7.8.6.11. */
    private static String padded(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        char[] zeros = new char[4 - length % 4];
        Arrays.fill(zeros, '\0');
        return name + new String(zeros);
    }
}
