package io.stowage.client;

/**
 * A server elsewhere.
 *
 * @param address {@code HOST} or {@code HOST:PORT}, an IPv6 address in brackets
 * @param fingerprint of its certificate: lower-case hexadecimal SHA-256 of the DER; empty: nobody is trusted
 */
public record RemoteServer(String address, String fingerprint) {
    private static final int USUAL_PORT = 8443;

    /** @throws IllegalArgumentException the address is none, in a sentence */
    public RemoteServer {
        if (!address.matches("(\\[[0-9A-Fa-f:.]+]|[^\\s/:\\[\\]]+)(:[0-9]{1,5})?")) {
            throw new IllegalArgumentException("\"" + address + "\" is not of the form HOST or HOST:PORT");
        }
    }

    String host() {
        String host = hasPort() ? address.substring(0, address.lastIndexOf(':')) : address;
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return hasPort() ? Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)) : USUAL_PORT;
    }

    private boolean hasPort() {
        return address.lastIndexOf(':') > address.lastIndexOf(']') && address.contains(":");
    }
}
