package io.stowage.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Where an array serves data.
 *
 * @param address an IPv4 or IPv6 address, the latter without brackets
 * @param port 1 to 65535
 */
public record Portal(String address, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([0-9]{1,3}(?:\\.[0-9]{1,3}){3}))(?::([0-9]{1,5}))?");
    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*");

    /**
     * Reads {@code ADDRESS[:PORT]}; an IPv6 address with a port stands in brackets.
     *
     * @throws InvalidValue if it is neither
     */
    public static Portal parse(String text, int defaultPort) {
        return parse(text, _ -> defaultPort);
    }

    /**
     * The same; who gives no port gets that of the address.
     *
     * @throws InvalidValue if it is neither
     */
    public static Portal parse(String text, ToIntFunction<String> portOf) {
        if (BARE_IPV6.matcher(text).matches()) return new Portal(text, portOf.applyAsInt(text));
        var form = FORM.matcher(text);
        if (!form.matches()) throw wrong(text);
        var address = form.group(1) != null ? form.group(1) : form.group(2);
        if (form.group(2) != null)
            for (var octet : address.split("\\.", -1)) if (Integer.parseInt(octet) > 255) throw wrong(text);
        var port = form.group(3) == null ? portOf.applyAsInt(address) : Integer.parseInt(form.group(3));
        if (port < 1 || port > 65535) throw wrong(text);
        return new Portal(address, port);
    }

    /** Reads a comma-separated list; blanks around the entries are allowed, an empty text is an empty list. */
    public static List<Portal> parseList(String text, ToIntFunction<String> portOf) {
        var portals = new ArrayList<Portal>();
        if (text.isBlank()) return List.of();
        for (var entry : text.split(",", -1)) portals.add(parse(entry.strip(), portOf));
        return List.copyOf(portals);
    }

    private static InvalidValue wrong(String text) {
        return new InvalidValue(
                "target address",
                text,
                "an IP address is wanted, with an optional port (10.0.0.1:3260 or [fd00::1]:3260)");
    }

    @Override
    public String toString() {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
