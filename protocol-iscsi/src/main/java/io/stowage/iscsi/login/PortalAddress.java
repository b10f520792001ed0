package io.stowage.iscsi.login;

/**
 * A value of TargetAddress, such as {@code 10.0.0.1:3260,1} or {@code [fd00::1]:3260,2}. RFC 7143, section 13.8.
 *
 * @param host address or name, without brackets
 * @param port 1 to 65535
 * @param groupTag target portal group tag, 0 to 65535
 */
public record PortalAddress(String host, int port, int groupTag) {

    /** The port of iSCSI where an address names none. */
    public static final int DEFAULT_PORT = 3260;

    /**
     * Reads the written form; port and tag may be missing (3260 and 1).
     *
     * @throws IllegalArgumentException it isn't an address
     */
    public static PortalAddress parse(String text) {
        int comma = text.lastIndexOf(',');
        int tag = comma < 0 ? 1 : number(text, text.substring(comma + 1));
        String address = comma < 0 ? text : text.substring(0, comma);
        int colon = address.lastIndexOf(':');
        // More than one colon without brackets is an IPv6 address without a port.
        boolean hasPort = address.indexOf(':') == colon && colon >= 0 || colon > 0 && address.charAt(colon - 1) == ']';
        String host = hasPort ? address.substring(0, colon) : address;
        int port = hasPort ? number(text, address.substring(colon + 1)) : DEFAULT_PORT;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw invalid(text);
        }
        return new PortalAddress(host, port, tag);
    }

    @Override
    public String toString() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return bracketed + ":" + port + "," + groupTag;
    }

    private static int number(String whole, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid(whole);
        }
        int value = Integer.parseInt(digits);
        if (value > 65_535) {
            throw invalid(whole);
        }
        return value;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "Invalid portal address \"" + text + "\": must be like 10.0.0.1:3260,1 or [fd00::1]:3260,1");
    }
}
