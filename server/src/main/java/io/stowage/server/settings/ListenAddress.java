package io.stowage.server.settings;

import io.stowage.model.InvalidValue;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where remote clients are listened to.
 *
 * @param port 0 takes a free one
 */
public record ListenAddress(InetAddress address, int port) {
    private static final int DEFAULT_PORT = 8443;
    private static final int METRICS_PORT = 9100; // LXD's
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::([0-9]{1,5}))?");

    /**
     * Reads {@code ADDRESS[:PORT]}: an IPv4 address, an IPv6 address (in brackets when a port follows), or nothing for
     * all addresses.
     *
     * @throws InvalidValue it is neither
     */
    public static ListenAddress parse(String text) {
        return parse(text, DEFAULT_PORT);
    }

    /**
     * The same with another port where none is given.
     *
     * @throws InvalidValue as {@link #parse}
     */
    public static ListenAddress parseForMetrics(String text) {
        return parse(text, METRICS_PORT);
    }

    private static ListenAddress parse(String text, int defaultPort) {
        if (IPV6.matcher(text).matches() && text.chars().filter(c -> c == ':').count() > 1) {
            return new ListenAddress(address(text, text), defaultPort);
        }
        var form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw wrong(text);
        }
        var host = form.group(1) != null ? form.group(1) : form.group(2);
        var port = form.group(3) == null ? defaultPort : Integer.parseInt(form.group(3));
        if (port > HIGHEST_PORT) {
            throw wrong(text);
        }
        return new ListenAddress(address(host.isEmpty() ? "::" : host, text), port);
    }

    private static InetAddress address(String host, String text) {
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw wrong(text); // a name would be looked up, and mean something else tomorrow
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw wrong(text);
        }
    }

    private static InvalidValue wrong(String text) {
        return new InvalidValue(
                "listen address",
                text,
                "an IP address with an optional port is wanted, such as 192.0.2.1:8443 or [::]:8443");
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    /** Where clients can connect to, as {@code ADDRESS:PORT}: a wildcard stands for all addresses of the machine. */
    public List<String> reachable() {
        if (!address.isAnyLocalAddress()) {
            return List.of(text(address));
        }
        var global = ofMachine()
                .filter(one -> !one.isLoopbackAddress())
                .map(this::text)
                .toList();
        return global.isEmpty() ? ofMachine().map(this::text).toList() : global;
    }

    private static Stream<InetAddress> ofMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLinkLocalAddress())
                    .toList()
                    .stream();
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    private String text(InetAddress one) {
        var host = one.getHostAddress().replaceAll("%.*", "");
        return one instanceof Inet6Address ? "[%s]:%d".formatted(host, port) : "%s:%d".formatted(host, port);
    }

    @Override
    public String toString() {
        return text(address);
    }
}
