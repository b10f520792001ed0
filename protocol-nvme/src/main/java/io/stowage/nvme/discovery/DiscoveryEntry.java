package io.stowage.nvme.discovery;

import io.stowage.nvme.text.FixedText;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An entry of the discovery log: a subsystem at a port, by TCP. Base 2.0, figure 265.
 *
 * @param transport TRTYPE: {@link #TCP} or another
 * @param family ADRFAM: {@link #IPV4}, {@link #IPV6} or another
 * @param kind SUBTYPE: {@link #NVM}, {@link #CURRENT_DISCOVERY} or another
 * @param requirements TREQ: bits 1..0 secure channel, bit 2 flow control may be turned off
 * @param port PORTID
 * @param controller CNTLID: FFFFh for dynamic controllers
 * @param queueEntries ASQSZ: entries of the longest admin queue
 * @param service TRSVCID: the TCP port
 * @param subsystem NQN
 * @param address TRADDR: the IP address
 * @param security TSAS, SECTYPE: 0 for none
 */
public record DiscoveryEntry(
        int transport,
        int family,
        int kind,
        int requirements,
        int port,
        int controller,
        int queueEntries,
        String service,
        String subsystem,
        String address,
        int security) {
    public static final int BYTES = 1024;

    public static final int TCP = 3;
    public static final int IPV4 = 1;
    public static final int IPV6 = 2;

    /** An NVM subsystem. */
    public static final int NVM = 2;

    /** The discovery subsystem that gives the log. */
    public static final int CURRENT_DISCOVERY = 3;

    /**
     * Flow control may be turned off; nothing is said of a secure channel, as Linux' target does it. To say that none is
     * required (2) makes nvme-cli's {@code connect-all} ask older kernels for TLS, which they don't know.
     */
    private static final int NOT_SECURE = 1 << 2;

    private static final int DYNAMIC = 0xFFFF;
    private static final int ADMIN_ENTRIES = 32;

    private static final int REQUIREMENTS_OFFSET = 3;
    private static final int PORT_OFFSET = 4;
    private static final int CONTROLLER_OFFSET = 6;
    private static final int QUEUE_OFFSET = 8;
    private static final int SERVICE_OFFSET = 32;
    private static final int SERVICE_BYTES = 32;
    private static final int SUBSYSTEM_OFFSET = 256;
    private static final int ADDRESS_OFFSET = 512;
    private static final int NAME_BYTES = 256;
    private static final int SECURITY_OFFSET = 768;

    /** A subsystem with dynamic controllers, at this TCP port. */
    public static DiscoveryEntry of(int kind, int port, String subsystem, InetSocketAddress at) {
        return new DiscoveryEntry(
                TCP,
                at.getAddress() instanceof Inet6Address ? IPV6 : IPV4,
                kind,
                NOT_SECURE,
                port,
                DYNAMIC,
                ADMIN_ENTRIES,
                Integer.toString(at.getPort()),
                subsystem,
                text(at),
                0);
    }

    private static String text(InetSocketAddress at) {
        String text = at.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** Reads the entry at this place of a little-endian buffer. */
    public static DiscoveryEntry parse(ByteBuffer bytes, int start) {
        return new DiscoveryEntry(
                bytes.get(start) & 0xFF,
                bytes.get(start + 1) & 0xFF,
                bytes.get(start + 2) & 0xFF,
                bytes.get(start + REQUIREMENTS_OFFSET) & 0xFF,
                Short.toUnsignedInt(bytes.getShort(start + PORT_OFFSET)),
                Short.toUnsignedInt(bytes.getShort(start + CONTROLLER_OFFSET)),
                Short.toUnsignedInt(bytes.getShort(start + QUEUE_OFFSET)),
                FixedText.trimmed(bytes, start + SERVICE_OFFSET, SERVICE_BYTES),
                FixedText.trimmed(bytes, start + SUBSYSTEM_OFFSET, NAME_BYTES),
                FixedText.trimmed(bytes, start + ADDRESS_OFFSET, NAME_BYTES),
                bytes.get(start + SECURITY_OFFSET) & 0xFF);
    }

    /** Writes {@link #BYTES} to this place of a little-endian buffer that is zeros there. */
    public void write(ByteBuffer to, int start) {
        to.put(start, (byte) transport)
                .put(start + 1, (byte) family)
                .put(start + 2, (byte) kind)
                .put(start + REQUIREMENTS_OFFSET, (byte) requirements)
                .putShort(start + PORT_OFFSET, (short) port)
                .putShort(start + CONTROLLER_OFFSET, (short) controller)
                .putShort(start + QUEUE_OFFSET, (short) queueEntries)
                .put(start + SECURITY_OFFSET, (byte) security);
        FixedText.put(to, start + SERVICE_OFFSET, SERVICE_BYTES, service, (byte) ' ');
        FixedText.put(to, start + SUBSYSTEM_OFFSET, NAME_BYTES, subsystem, (byte) 0);
        FixedText.put(to, start + ADDRESS_OFFSET, NAME_BYTES, address, (byte) ' ');
    }
}
