package io.stowage.array.core;

import java.util.HexFormat;

/**
 * How a unit presents itself to hosts; fixed when the volume is created and never used for another one.
 *
 * @param vendor T10 vendor identification, at most 8 ASCII characters, without padding
 * @param product product identification, at most 16 ASCII characters, without padding
 * @param revision product revision level, at most 4 ASCII characters
 * @param serial the serial number as in INQUIRY page 80h and in the management API
 * @param naa the 32 hexadecimal digits (lower case) of a 16-byte NAA IEEE Registered Extended designator, first digit 6
 */
public record UnitIdentity(String vendor, String product, String revision, String serial, String naa) {
    public UnitIdentity {
        if (vendor.length() > 8 || product.length() > 16 || revision.length() > 4) {
            throw new IllegalArgumentException(
                    "Too long for an INQUIRY answer: " + vendor + " " + product + " " + revision);
        }
        if (!naa.matches("6[0-9a-f]{31}")) {
            throw new IllegalArgumentException("Not the 32 lower-case digits of an NAA 6 identifier: " + naa);
        }
    }

    /** The 16 bytes of the NAA designator, a fresh array. */
    public byte[] naaBytes() {
        return HexFormat.of().parseHex(naa);
    }
}
