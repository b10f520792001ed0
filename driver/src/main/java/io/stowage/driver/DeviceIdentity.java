package io.stowage.driver;

import java.util.HexFormat;
import java.util.Locale;

/**
 * How a host knows the volume's device whatever path leads to it. Fixed for the volume's life.
 *
 * @param naa the NAA designator of SCSI's device identification page, in lower-case hex digits (32 for NAA type 6)
 * @param nguid the NVMe namespace's globally unique identifier, 32 lower-case hex digits
 */
public record DeviceIdentity(String naa, String nguid) {
    public DeviceIdentity {
        naa = checked(naa);
        nguid = checked(nguid);
    }

    /** The NAA designator's 16 (or, for short forms, 8) bytes. */
    public byte[] naaBytes() {
        return HexFormat.of().parseHex(naa);
    }

    /** The namespace identifier's 16 bytes. */
    public byte[] nguidBytes() {
        return HexFormat.of().parseHex(nguid);
    }

    private static String checked(String hex) {
        HexFormat.of().parseHex(hex);
        return hex.toLowerCase(Locale.ROOT);
    }
}
