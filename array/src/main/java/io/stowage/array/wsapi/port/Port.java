package io.stowage.array.wsapi.port;

import java.net.InetSocketAddress;

/** One address by which hosts come in. */
public record Port(PortPosition position, Protocol protocol, InetSocketAddress address) {
    /** What is spoken there, with its number in the API (section 4). */
    public enum Protocol {
        ISCSI(2, 8),
        NVME_TCP(6, 1);

        private final int number;
        private final int type;

        Protocol(int number, int type) {
            this.number = number;
            this.type = type;
        }

        /** The {@code protocol} of a port. */
        int number() {
            return number;
        }

        /** The {@code type} of a port. */
        int type() {
            return type;
        }
    }

    /** The IP address alone: the API has no place for TCP ports. */
    public String ip() {
        var text = address.getAddress().getHostAddress();
        var zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
