package io.stowage.driver.pure;

import io.stowage.driver.DeviceIdentity;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a FlashArray makes the identities of a device from a volume's serial number (24 hex digits). */
final class Serial {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");
    /** Pure Storage's company identifier (IEEE OUI). */
    private static final String OUI = "24a937";

    private Serial() {}

    /** @throws IllegalArgumentException if it isn't a serial number */
    static DeviceIdentity identity(String serial) {
        var digits = serial.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(digits).matches()) throw new IllegalArgumentException("not 24 hex digits: " + serial);
        return new DeviceIdentity(
                "6" + OUI + "0" + digits, "00" + digits.substring(0, 14) + OUI + digits.substring(14));
    }
}
