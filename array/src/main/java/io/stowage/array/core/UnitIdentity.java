package io.stowage.array.core;

import java.util.HexFormat;
import java.util.Objects;

/**
 * How a unit presents itself to hosts; fixed when the volume is created and never used for another one.
 *
 * @param vendor T10 vendor identification, at most 8 ASCII characters, without padding
 * @param product product identification, at most 16 ASCII characters, without padding
 * @param revision product revision level, at most 4 ASCII characters
 * @param serial the serial number as in INQUIRY page 80h and in the management API
 * @param naa the 32 hexadecimal digits (lower case) of a 16-byte NAA IEEE Registered Extended designator, first digit 6
 * @param nguid the 32 hexadecimal digits (lower case) of NVMe's namespace globally unique identifier; records of volumes
 *     from before there was NVMe have none, theirs is {@link #nguidOf} the NAA designator
 */
public record UnitIdentity(String vendor, String product, String revision, String serial, String naa, String nguid) {
    public UnitIdentity {
        if (vendor.length() > 8 || product.length() > 16 || revision.length() > 4) {
            throw new IllegalArgumentException(
                    "Too long for an INQUIRY answer: " + vendor + " " + product + " " + revision);
        }
        if (!naa.matches("6[0-9a-f]{31}")) {
            throw new IllegalArgumentException("Not the 32 lower-case digits of an NAA 6 identifier: " + naa);
        }
        nguid = Objects.requireNonNullElseGet(nguid, () -> nguidOf(naa));
        if (!nguid.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("Not the 32 lower-case digits of an NGUID: " + nguid);
        }
    }

    /** With the NGUID that goes with the NAA designator. */
    public UnitIdentity(String vendor, String product, String revision, String serial, String naa) {
        this(vendor, product, revision, serial, naa, nguidOf(naa));
    }

    /**
     * The same company's NGUID with the same last 24 digits: the vendor's extension before and behind the company's
     * identifier. FlashArrays make it so of their serial numbers.
     */
    public static String nguidOf(String naa) {
        String company = naa.substring(1, 7);
        String extension = naa.substring(8);
        return "00" + extension.substring(0, 14) + company + extension.substring(14);
    }

    /** The 16 bytes of the NAA designator, a fresh array. */
    public byte[] naaBytes() {
        return HexFormat.of().parseHex(naa);
    }

    /** The 16 bytes of the NGUID, a fresh array. */
    public byte[] nguidBytes() {
        return HexFormat.of().parseHex(nguid);
    }
}
