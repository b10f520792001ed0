package io.stowage.host.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a tar archive member after member, in POSIX's formats and GNU's. */
public final class TarReader {
    /** Descriptions are held in memory: extended attributes of some 64 KiB each are the longest in them. */
    private static final long DESCRIPTION_LIMIT = 4 << 20;

    private static final int SPARSE_LIMIT = 1 << 16;
    private static final int BUFFER = 1 << 18;
    /** Where GNU's old sparse format says that a further block of its map follows: in the header, and in such a block. */
    private static final int MORE_IN_HEADER = 482;

    private static final int MORE_IN_BLOCK = 504;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private long content;
    private long padding;
    private boolean ended;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next member, after what is left of the last one; empty at the archive's end.
     *
     * @throws MalformedArchive it isn't one
     */
    public Optional<TarEntry> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        copyTo(OutputStream.nullOutputStream());
        Map<String, String> records = new TreeMap<>();
        while (true) {
            byte[] header = block();
            if (isZero(header)) {
                ended = true;
                return Optional.empty();
            }
            if (!TarEntry.isSealed(header)) {
                throw new MalformedArchive("The archive is damaged: a header's checksum is wrong");
            }
            TarEntry entry = new TarEntry(records, header, new byte[0]);
            switch (entry.type()) {
                case 'x' -> records.putAll(records(description(entry)));
                case 'g' -> description(entry);
                case 'L' -> records.put(TarEntry.PATH_RECORD, name(description(entry)));
                case 'K' -> records.put("linkpath", name(description(entry)));
                default -> {
                    return Optional.of(begin(new TarEntry(records, header, sparseMap(header))));
                }
            }
        }
    }

    private TarEntry begin(TarEntry entry) throws MalformedArchive {
        content = size(entry);
        padding = padding(content);
        return entry;
    }

    static long padding(long bytes) {
        return Math.floorMod(-bytes, (long) TarEntry.BLOCK);
    }

    private static long size(TarEntry entry) throws MalformedArchive {
        long size;
        try {
            // Links have no content, whatever their headers say.
            size = entry.isHardLink() ? 0 : entry.size();
        } catch (NumberFormatException e) {
            size = -1;
        }
        if (size < 0) {
            throw new MalformedArchive("The archive is damaged: the size of \"" + entry.name() + "\" is no number");
        }
        return size;
    }

    private byte[] sparseMap(byte[] header) throws IOException {
        if (header[156] != 'S' || header[MORE_IN_HEADER] == 0) {
            return new byte[0];
        }
        byte[] map = new byte[0];
        byte[] block;
        do {
            block = block();
            if (map.length >= SPARSE_LIMIT * TarEntry.BLOCK) {
                throw new MalformedArchive("The archive has a sparse file with too many parts");
            }
            map = Arrays.copyOf(map, map.length + TarEntry.BLOCK);
            System.arraycopy(block, 0, map, map.length - TarEntry.BLOCK, TarEntry.BLOCK);
        } while (block[MORE_IN_BLOCK] != 0);
        return map;
    }

    /** Writes what is left of the member's content. */
    public void copyTo(OutputStream out) throws IOException {
        while (content > 0) {
            int count = read(buffer, buffer.length);
            out.write(buffer, 0, count);
        }
        in.skipNBytes(padding);
        padding = 0;
    }

    /**
     * Reads on in the member's content.
     *
     * @param limit bytes at most
     * @return bytes that were read, 0 at the content's end
     * @throws EOFException the archive ends before
     */
    public int read(byte[] into, int limit) throws IOException {
        int count = in.readNBytes(into, 0, (int) Math.min(content, limit));
        if (count == 0 && content > 0) {
            throw new EOFException("The archive is cut short");
        }
        content -= count;
        return count;
    }

    private byte[] description(TarEntry entry) throws IOException {
        long size = size(entry);
        if (size > DESCRIPTION_LIMIT) {
            throw new MalformedArchive("The archive has a description of " + size + " bytes, more than allowed");
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new EOFException("The archive is cut short");
        }
        in.skipNBytes(padding(size));
        return bytes;
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(TarEntry.BLOCK);
        if (block.length < TarEntry.BLOCK) {
            throw new EOFException("The archive is cut short");
        }
        return block;
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] bytes) {
        return TarEntry.text(bytes, 0, bytes.length);
    }

    /** {@code LENGTH KEY=VALUE\n}, where the length is that of all of it (POSIX pax). */
    static Map<String, String> records(byte[] bytes) throws MalformedArchive {
        Map<String, String> records = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < text.length()) {
            int blank = text.indexOf(' ', at);
            String digits = blank < 0 ? "" : text.substring(at, blank);
            int length = digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : 0;
            int equals = text.indexOf('=', at);
            if (length <= digits.length() + 1 || at + length > text.length() || equals < 0 || equals >= at + length) {
                throw new MalformedArchive("The archive is damaged: a description of a member can't be read");
            }
            records.put(text.substring(blank + 1, equals), text.substring(equals + 1, at + length - 1));
            at += length;
        }
        return records;
    }
}
