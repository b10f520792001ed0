package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of an iSCSI initiator port. SPC-4, section 7.6.4.6.
 *
 * @param port iSCSI name, {@code ,i,0x} and the ISID in 12 hexadecimal digits
 */
public record TransportId(String port) {
    /** Format 01b, protocol 5. */
    private static final int ISCSI_PORT = 0x45;

    private static final int HEADER = 4;
    private static final int SHORTEST = 20;
    /** The header, a name of 223 bytes, the separator, an ISID, and the zeros. */
    private static final int LONGEST = 248;

    private static final String SEPARATOR = ",i,0x";
    private static final int ISID_DIGITS = 12;

    /** The port of an initiator by its name and its 48-bit ISID. */
    public static TransportId of(String initiator, long isid) {
        return new TransportId(initiator + SEPARATOR + "%012x".formatted(isid));
    }

    /** The TransportID: the name ends with a zero byte and fills a multiple of 4; position 0. */
    public ByteBuffer encode() {
        byte[] name = port.getBytes(StandardCharsets.UTF_8);
        int body = (name.length + Integer.BYTES) / Integer.BYTES * Integer.BYTES;
        ByteBuffer out = ByteBuffer.allocate(Math.max(SHORTEST, HEADER + body));
        return out.put(0, (byte) ISCSI_PORT)
                .putShort(2, (short) (out.capacity() - HEADER))
                .put(HEADER, name);
    }

    /** Reads one; nothing if it isn't a port's name, or not well-formed. */
    public static Optional<TransportId> parse(ByteBuffer in) {
        int at = in.position();
        int length = in.remaining();
        if (length < SHORTEST || length > LONGEST || length % Integer.BYTES != 0 || (in.get(at) & 0xFF) != ISCSI_PORT) {
            return Optional.empty();
        }
        byte[] body = new byte[length - HEADER];
        in.get(at + HEADER, body);
        String text = new String(body, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        if ((in.getShort(at + 2) & 0xFFFF) != body.length || end < 0) {
            return Optional.empty();
        }
        String port = text.substring(0, end);
        int separator = port.indexOf(SEPARATOR);
        String isid = separator < 0 ? "" : port.substring(separator + SEPARATOR.length());
        return separator > 0 && isid.matches("[0-9A-Fa-f]{" + ISID_DIGITS + "}")
                ? Optional.of(new TransportId(port))
                : Optional.empty();
    }
}
