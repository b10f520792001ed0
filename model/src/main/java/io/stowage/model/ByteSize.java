package io.stowage.model;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as LXD writes sizes: decimal digits directly followed by an optional suffix. No sign, no
 * fraction, no blanks (but for the suffix {@code " bytes"}), case-sensitive.
 *
 * @param bytes 0 to {@link Long#MAX_VALUE}
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    public static final ByteSize ZERO = new ByteSize(0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,40})([A-Za-z]*| bytes)");
    private static final Map<String, Long> UNITS = units();

    public ByteSize {
        if (bytes < 0) throw new IllegalArgumentException("negative size " + bytes);
    }

    /**
     * Reads a size string; the empty string is 0, as in LXD.
     *
     * @throws InvalidValue if the form is wrong, the unit unknown, or the product beyond a signed 64-bit integer
     */
    public static ByteSize parse(String text) {
        if (text.isEmpty()) return ZERO;
        var form = FORM.matcher(text);
        if (!form.matches())
            throw new InvalidValue(
                    "size", text, "a size is a whole number and a unit such as MiB, GiB or GB, without blanks");
        var unit = UNITS.get(form.group(2));
        if (unit == null)
            throw new InvalidValue(
                    "size", text, "the unit is not one of B, kB, MB, GB, TB, PB, EB, KiB, MiB, GiB, TiB, PiB, EiB");
        var product = new BigInteger(form.group(1)).multiply(BigInteger.valueOf(unit));
        if (product.bitLength() > 63)
            throw new InvalidValue("size", text, "it is larger than " + Long.MAX_VALUE + " bytes");
        return new ByteSize(product.longValueExact());
    }

    public static ByteSize ofMiB(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    public static ByteSize ofGiB(long gibibytes) {
        return new ByteSize(Math.multiplyExact(gibibytes, 1L << 30));
    }

    /**
     * The smallest size an array makes for this one: at least {@code minimum}, then up to the next multiple.
     *
     * @throws InvalidValue if the rounded size is beyond a signed 64-bit integer
     */
    public ByteSize roundUp(ByteSize minimum, ByteSize multiple) {
        var wanted = Math.max(bytes, minimum.bytes);
        var rest = wanted % multiple.bytes;
        if (rest == 0) return new ByteSize(wanted);
        if (wanted > Long.MAX_VALUE - (multiple.bytes - rest))
            throw new InvalidValue("size", toString(), "rounded up it is larger than " + Long.MAX_VALUE + " bytes");
        return new ByteSize(wanted + multiple.bytes - rest);
    }

    public boolean isZero() {
        return bytes == 0;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form in binary units, such as {@code 10GiB}; {@link #parse} reads it back. */
    @Override
    public String toString() {
        String[] names = {"EiB", "PiB", "TiB", "GiB", "MiB", "KiB"};
        for (var name : names) {
            var unit = UNITS.getOrDefault(name, 1L);
            if (bytes != 0 && bytes % unit == 0) return bytes / unit + name;
        }
        return bytes + "B";
    }

    private static Map<String, Long> units() {
        var units = new LinkedHashMap<String, Long>();
        units.put("", 1L);
        units.put("B", 1L);
        units.put(" bytes", 1L);
        long decimal = 1;
        long binary = 1;
        for (var letter : "kMGTPE".split("")) {
            decimal *= 1000;
            binary *= 1024;
            units.put(letter + "B", decimal);
            units.put((letter.equals("k") ? "K" : letter) + "iB", binary);
        }
        return Map.copyOf(units);
    }
}
