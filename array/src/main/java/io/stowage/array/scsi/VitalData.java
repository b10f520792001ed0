package io.stowage.array.scsi;

import io.stowage.array.core.UnitIdentity;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.Provisioning;
import io.stowage.iscsi.scsi.VpdPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The vital product data pages of a unit as one port shows them. SPC-4, section 7.8; SBC-3, section 6.6. */
final class VitalData {
    /** In ascending order, as libiscsi checks. */
    private static final byte[] PAGES = {
        VpdPage.SUPPORTED_PAGES,
        (byte) VpdPage.SERIAL_NUMBER,
        (byte) VpdPage.DEVICE_IDENTIFICATION,
        (byte) VpdPage.EXTENDED_INQUIRY,
        (byte) VpdPage.MODE_PAGE_POLICY,
        (byte) VpdPage.THIRD_PARTY_COPY,
        (byte) VpdPage.BLOCK_LIMITS,
        (byte) VpdPage.BLOCK_CHARACTERISTICS,
        (byte) VpdPage.PROVISIONING
    };

    private static final int LONG_BODY = 0x3C;
    /** HEADSUP, ORDSUP, SIMPSUP. */
    private static final int TASK_ATTRIBUTES = 0x07;
    /** V_SUP: there is a volatile cache. */
    private static final int VOLATILE_CACHE = 0x01;

    /** All pages and subpages are shared. SPC-4, section 7.8.9. */
    private static final byte[] MODE_PAGE_POLICY = {0x3F, (byte) 0xFF, 0, 0};

    /** The commands descriptor: opcode, number of service actions, service actions. SPC-4, section 7.8.17.3. */
    private static final byte[] THIRD_PARTY_COPY =
            HexFormat.of().parseHex("0001000c" + "09" + "830100" + "840400010304" + "0000");

    private static final int NON_ROTATING = 1;
    /** FUAB: FUA without LBA ranges; VBULS: verify works on unmapped blocks. */
    private static final int BLOCK_CHARACTERISTICS = 0x03;

    /** WABEREQ and WACEREQ 01b: what was erased can be read, whatever it is then. */
    private static final int READABLE_WHEN_ERASED = 0x50;

    private static final int THIN = 2;

    private final TargetDevice device;

    VitalData(TargetDevice device) {
        this.device = device;
    }

    /** A page, or nothing when there is no such page. */
    Optional<ByteBuffer> page(int code, UnitIdentity identity, int port) {
        return body(code, identity, port).map(body -> VpdPage.encode(code, body));
    }

    private Optional<ByteBuffer> body(int code, UnitIdentity identity, int port) {
        return switch (code) {
            case VpdPage.SUPPORTED_PAGES -> Optional.of(ByteBuffer.wrap(PAGES));
            case VpdPage.SERIAL_NUMBER ->
                Optional.of(ByteBuffer.wrap(identity.serial().getBytes(StandardCharsets.US_ASCII)));
            case VpdPage.DEVICE_IDENTIFICATION -> Optional.of(Designator.encode(designators(identity, port)));
            case VpdPage.EXTENDED_INQUIRY ->
                Optional.of(ByteBuffer.allocate(LONG_BODY)
                        .put(1, (byte) TASK_ATTRIBUTES)
                        .put(2, (byte) VOLATILE_CACHE));
            case VpdPage.MODE_PAGE_POLICY -> Optional.of(ByteBuffer.wrap(MODE_PAGE_POLICY));
            case VpdPage.THIRD_PARTY_COPY -> Optional.of(ByteBuffer.wrap(THIRD_PARTY_COPY));
            case VpdPage.BLOCK_LIMITS -> Optional.of(DeviceLimits.PAGE.encode());
            case VpdPage.BLOCK_CHARACTERISTICS ->
                Optional.of(ByteBuffer.allocate(LONG_BODY)
                        .putShort(0, (short) NON_ROTATING)
                        .put(3, (byte) READABLE_WHEN_ERASED)
                        .put(4, (byte) BLOCK_CHARACTERISTICS));
            case VpdPage.PROVISIONING ->
                Optional.of(new Provisioning(LogPages.THRESHOLD_EXPONENT, true, true, true, true, THIN).encode());
            default -> Optional.empty();
        };
    }

    private List<Designator> designators(UnitIdentity identity, int port) {
        return List.of(
                Designator.naa(identity.naaBytes()),
                Designator.t10(identity.vendor(), identity.serial()),
                Designator.relativePort(port),
                Designator.portGroup(TargetDevice.groupOf(port)),
                Designator.portName(device.name(), port),
                Designator.deviceName(device.name()));
    }
}
