package io.stowage.host.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tar archive in POSIX's pax format. */
public final class TarWriter {
    private static final int END_BLOCKS = 2;

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a member's content. */
    @FunctionalInterface
    public interface Content {
        /** Exactly the bytes that the member's header says. */
        void writeTo(OutputStream out) throws IOException;
    }

    public void put(TarEntry entry, Content content) throws IOException {
        if (!entry.records().isEmpty()) {
            byte[] records = records(entry.records());
            out.write(TarEntry.describing(records.length));
            out.write(records);
            out.write(new byte[(int) TarReader.padding(records.length)]);
        }
        out.write(entry.header());
        out.write(entry.sparseMap());
        content.writeTo(out);
        if (!entry.isHardLink()) {
            out.write(new byte[(int) TarReader.padding(entry.size())]);
        }
    }

    /** Ends the archive. */
    public void end() throws IOException {
        out.write(new byte[END_BLOCKS * TarEntry.BLOCK]);
        out.flush();
    }

    private static byte[] records(Map<String, String> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TreeMap<>(records).forEach((key, value) -> {
            String rest = " " + key + "=" + value + "\n";
            int length = rest.length() + Integer.toString(rest.length()).length();
            if (rest.length() + Integer.toString(length).length() != length) {
                length++;
            }
            bytes.writeBytes((length + rest).getBytes(StandardCharsets.ISO_8859_1));
        });
        return bytes.toByteArray();
    }
}
