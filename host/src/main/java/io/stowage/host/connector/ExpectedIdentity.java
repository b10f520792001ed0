package io.stowage.host.connector;

import java.util.HexFormat;
import java.util.Locale;

/**
 * What a unit must say of itself before anything is read from it or written to it.
 *
 * @param designator the NAA designator of SCSI's device identification page (VPD 83h) or the NVMe namespace's NGUID,
 *     hex digits of any case
 * @param serial the serial number (VPD 80h), compared without blanks and case; empty: not compared
 */
public record ExpectedIdentity(String designator, String serial) {
    public ExpectedIdentity {
        designator = designator.toLowerCase(Locale.ROOT);
        HexFormat.of().parseHex(designator);
        if (designator.isEmpty()) {
            throw new IllegalArgumentException("The designator of a unit must not be empty");
        }
    }

    /** An identity of which only the designator is known. */
    public ExpectedIdentity(String designator) {
        this(designator, "");
    }
}
