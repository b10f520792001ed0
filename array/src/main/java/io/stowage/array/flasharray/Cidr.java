package io.stowage.array.flasharray;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A network such as {@code 10.0.0.0/8}. RFC 4632, section 3.1; RFC 4291, section 2.3. */
record Cidr(InetAddress network, int bits) {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]{2,45})/([0-9]{1,3})");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    /** Empty when the text isn't one, or has bits beyond its length. */
    static Optional<Cidr> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var bits = Integer.parseInt(match.group(2));
        return address(match.group(1))
                .filter(address -> bits <= address.getAddress().length * Byte.SIZE)
                .map(address -> new Cidr(address, bits))
                .filter(Cidr::hasNoHostBits);
    }

    /** A numeric address; names are not looked up. */
    static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        var own = network.getAddress();
        var other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(own, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasNoHostBits() {
        var own = network.getAddress();
        for (int bit = bits; bit < own.length * Byte.SIZE; bit++) {
            if (bit(own, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The netmask as it is written for IPv4 and, since arrays do so too, for IPv6. */
    String mask() {
        var mask = new byte[network.getAddress().length];
        for (int bit = 0; bit < bits; bit++) {
            mask[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(mask).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the mask is as long as its address", e);
        }
    }

    private static int bit(byte[] address, int bit) {
        return address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
    }
}
