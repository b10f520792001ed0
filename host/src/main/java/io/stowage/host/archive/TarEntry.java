package io.stowage.host.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A member of a tar archive without its content: the header as it came, what PAX records say in its place (POSIX pax), and
 * the blocks in which GNU's old format lists the parts of a sparse file. Names are bytes, one in each character.
 */
public record TarEntry(Map<String, String> records, byte[] header, byte[] sparseMap) {
    static final int BLOCK = 512;
    static final char FILE = '0';
    static final char HARD_LINK = '1';
    static final char DIRECTORY = '5';

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int OWNER = 108;
    private static final int GROUP = 116;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TIME = 136;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final long LARGEST_OCTAL = 077777777777L;
    private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.ISO_8859_1);

    static final String PATH_RECORD = "path";
    private static final String LINK_RECORD = "linkpath";
    private static final String SIZE_RECORD = "size";
    /** Where GNU tar keeps the name of a sparse file; {@code path} is another one then, for those who don't know that. */
    private static final String SPARSE_RECORD = "GNU.sparse.name";

    public TarEntry {
        records = Map.copyOf(records);
    }

    /** A plain file of root's with mode 0600. */
    public static TarEntry file(String name, long bytes, long seconds) {
        Map<String, String> records = new TreeMap<>();
        byte[] header = new byte[BLOCK];
        octal(header, MODE, 8, 0600);
        octal(header, OWNER, 8, 0);
        octal(header, GROUP, 8, 0);
        octal(header, TIME, SIZE_LENGTH, Math.max(0, seconds));
        octal(header, SIZE, SIZE_LENGTH, bytes <= LARGEST_OCTAL ? bytes : 0);
        if (bytes > LARGEST_OCTAL) {
            records.put(SIZE_RECORD, Long.toString(bytes));
        }
        header[TYPE] = FILE;
        System.arraycopy(USTAR, 0, header, MAGIC, USTAR.length);
        return new TarEntry(records, header, new byte[0]).named(Bytes.ofText(name));
    }

    /** The header of what describes the next member: type {@code x}. */
    static byte[] describing(int bytes) {
        byte[] header = file("PaxHeaders/x", bytes, 0).header();
        header[TYPE] = 'x';
        seal(header);
        return header;
    }

    /** The member's name as a text in UTF-8. */
    public String text() {
        return Bytes.toText(name());
    }

    /** The member's name, a byte in each character, without slashes at its end. */
    String name() {
        String name = records.containsKey(SPARSE_RECORD) ? records.get(SPARSE_RECORD) : storedName();
        return name.replaceFirst("/+$", "");
    }

    private String storedName() {
        String record = records.get(PATH_RECORD);
        if (record != null) {
            return record;
        }
        String prefix = isPosix() ? text(header, PREFIX, PREFIX_LENGTH) : "";
        String name = text(header, NAME, NAME_LENGTH);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** GNU's own format has other things where POSIX has the name's beginning. */
    private boolean isPosix() {
        return Arrays.equals(header, MAGIC, MAGIC + 6, USTAR, 0, 6);
    }

    /** What a link points at. */
    String link() {
        return records.getOrDefault(LINK_RECORD, text(header, LINK, NAME_LENGTH));
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    public boolean isFile() {
        return type() == FILE || type() == 0;
    }

    boolean isHardLink() {
        return type() == HARD_LINK;
    }

    char type() {
        return (char) header[TYPE];
    }

    /** Bytes of its content in the archive. */
    public long size() {
        String record = records.get(SIZE_RECORD);
        return record == null ? number(header, SIZE, SIZE_LENGTH) : Long.parseLong(record);
    }

    /**
     * The same member with another beginning of its name, and of the name it is a hard link to.
     *
     * @return empty if its name does not begin so, at a slash
     */
    public Optional<TarEntry> moved(String from, String to) {
        Optional<String> name = moved(storedName(), from, to);
        Optional<String> link = isHardLink() ? moved(link(), from, to) : Optional.of(link());
        if (name.isEmpty() || link.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> more = new TreeMap<>(records);
        String sparse = records.get(SPARSE_RECORD);
        if (sparse != null) {
            Optional<String> movedSparse = moved(sparse, from, to);
            if (movedSparse.isEmpty()) {
                return Optional.empty();
            }
            more.put(SPARSE_RECORD, movedSparse.get());
        }
        TarEntry moved = new TarEntry(more, header, sparseMap).named(name.get());
        return Optional.of(isHardLink() ? moved.linkedTo(link.get()) : moved);
    }

    private static Optional<String> moved(String name, String from, String to) {
        boolean below = name.equals(from) || name.startsWith(from + "/");
        return below ? Optional.of(to + name.substring(from.length())) : Optional.empty();
    }

    private TarEntry named(String name) {
        return with(PATH_RECORD, name, NAME);
    }

    private TarEntry linkedTo(String name) {
        return with(LINK_RECORD, name, LINK);
    }

    private TarEntry with(String record, String name, int field) {
        Map<String, String> more = new TreeMap<>(records);
        byte[] changed = header.clone();
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(changed, field, field + NAME_LENGTH, (byte) 0);
        System.arraycopy(bytes, 0, changed, field, Math.min(bytes.length, NAME_LENGTH));
        if (field == NAME && isPosix()) {
            Arrays.fill(changed, PREFIX, PREFIX + PREFIX_LENGTH, (byte) 0);
        }
        if (bytes.length > NAME_LENGTH || more.containsKey(record)) {
            more.put(record, name);
        }
        seal(changed);
        return new TarEntry(more, changed, sparseMap);
    }

    /** Whether the header is what its sum says. */
    static boolean isSealed(byte[] header) {
        byte[] copy = header.clone();
        seal(copy);
        return number(header, CHECKSUM, CHECKSUM_LENGTH) == number(copy, CHECKSUM, CHECKSUM_LENGTH);
    }

    private static void seal(byte[] header) {
        Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        octal(header, CHECKSUM, CHECKSUM_LENGTH - 1, sum);
        header[CHECKSUM + CHECKSUM_LENGTH - 1] = ' ';
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        byte[] digits = ("%0" + (length - 1) + "o").formatted(value).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(digits, 0, header, offset, length - 1);
        header[offset + length - 1] = 0;
    }

    /** Octal digits, or GNU's binary form for what is too large; −1 for neither. */
    static long number(byte[] header, int offset, int length) {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value >= 1L << 55) {
                    return -1;
                }
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        String digits = text(header, offset, length).strip();
        return digits.isEmpty() ? 0 : digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : -1;
    }

    static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }
}
