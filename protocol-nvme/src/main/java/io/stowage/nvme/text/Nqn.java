package io.stowage.nvme.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** NVMe qualified names; Base 2.0, section 4.5. */
public final class Nqn {
    /** The discovery subsystem that every array has. */
    public static final String DISCOVERY = "nqn.2014-08.org.nvmexpress.discovery";

    /** Bytes of the longest name. */
    public static final int LONGEST = 223;

    private static final Pattern FORM =
            Pattern.compile("nqn\\.\\d{4}-(0[1-9]|1[0-2])\\.[^:\\s\\p{Cntrl}]+(:[^\\s\\p{Cntrl}]+)?");

    private Nqn() {}

    /** Whether this is well-formed: {@code nqn.}, year and month, a domain turned round, and after a colon anything. */
    public static boolean isValid(String name) {
        return FORM.matcher(name).matches() && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
