package io.stowage.array.wsapi.port;

import java.net.InetSocketAddress;

/** One address by which hosts come in. */
public record Port(PortPosition position, Protocol protocol, InetSocketAddress address) {
    /** What is spoken there, with its number in the API (section 4). */
    public enum Protocol {
        ISCSI(2, 8, "iqn"),
        NVME_TCP(6, 1, "nqn");

        private final int number;
        private final int type;
        private final String initiatorType;

        Protocol(int number, int type, String initiatorType) {
            this.number = number;
            this.type = type;
            this.initiatorType = initiatorType;
        }

        /** How the names of those begin who speak it. */
        public String initiatorType() {
            return initiatorType;
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
