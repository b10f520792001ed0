package io.stowage.host.archive;

import io.stowage.model.InvalidValue;
import io.stowage.system.Command;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a backup file is compressed: by a program that is installed, with arguments of its own if wanted.
 *
 * @param arguments those that were asked for
 */
public record Compression(String name, List<String> arguments) {
    public static final String DEFAULT = "gzip";
    private static final String NONE = "none";
    /** LXD's, which writes to a file of its own first. */
    private static final String SQUASHFS = "squashfs";

    /** Programs that can write a stream, with what makes them do it. gzip would store the time. */
    private static final Map<String, List<String>> PROGRAMS = Map.of(
            "gzip", List.of("-c", "-n"),
            "pigz", List.of("-c", "-n"),
            "bzip2", List.of("-c"),
            "xz", List.of("-c"),
            "lzma", List.of("-c"),
            "zstd", List.of("-c", "-q"),
            "pzstd", List.of("-c", "-q"));

    /**
     * Levels, threads and such. Anything else could make a program read or write files. What zstd writes with longer windows
     * than 2^27 bytes, zstd doesn't read without being asked to.
     */
    private static final Pattern ARGUMENT = Pattern.compile("-[0-9]{1,2}|-T[0-9]{1,3}|-p[0-9]{1,3}|-e|--extreme|--best"
            + "|--fast(=[0-9]{1,2})?|--ultra|--rsyncable|--long(=1[0-9]|=2[0-7])?|--threads=[0-9]{1,3}");

    private static final int HEAD = 512;
    private static final int TAR_MAGIC = 257;

    public Compression {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads what a request or the server's configuration says, such as {@code zstd -19}; {@code none} is allowed.
     *
     * @throws InvalidValue unknown, or not installed
     */
    public static Compression parse(String text) {
        List<String> words = Arrays.asList(text.strip().split("\\s+", -1));
        String name = words.getFirst();
        if (name.equals(NONE) && words.size() == 1) {
            return new Compression(NONE, List.of());
        }
        if (name.equals(SQUASHFS)) {
            throw new InvalidValue("Invalid compression algorithm \"" + text
                    + "\": a squashfs image can't be written while it is sent, use gzip, zstd or another of tar's");
        }
        if (!PROGRAMS.containsKey(name)) {
            throw new InvalidValue("Invalid compression algorithm \"" + text + "\"");
        }
        List<String> arguments = words.subList(1, words.size());
        for (String argument : arguments) {
            if (!ARGUMENT.matcher(argument).matches()) {
                throw new InvalidValue("Invalid compression algorithm \"" + text + "\": the argument \"" + argument
                        + "\" is not allowed, only levels and numbers of threads");
            }
        }
        if (Command.find(name).isEmpty()) {
            throw new InvalidValue("Invalid compression algorithm \"" + text + "\": the program \"" + name
                    + "\" is not installed on this server");
        }
        return new Compression(name, arguments);
    }

    public boolean isNone() {
        return name.equals(NONE);
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return arguments.isEmpty() ? name : name + " " + String.join(" ", arguments);
    }

    /** What is written to the result arrives compressed at the target, which stays open. */
    public OutputStream to(OutputStream target) throws IOException {
        if (isNone()) {
            return new java.io.BufferedOutputStream(target, 1 << 16) {
                @Override
                public void close() throws IOException {
                    flush();
                }
            };
        }
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(Objects.requireNonNull(PROGRAMS.get(name)));
        command.addAll(arguments);
        return new java.io.BufferedOutputStream(Filter.to(target, command), 1 << 16);
    }

    /**
     * The plain content of a file, whatever it is compressed with, as its first bytes tell.
     *
     * @throws MalformedArchive none of the known ways
     */
    public static InputStream open(InputStream file) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(file, 1 << 16);
        buffered.mark(HEAD);
        byte[] head = buffered.readNBytes(HEAD);
        buffered.reset();
        if (begins(head, TAR_MAGIC, "ustar")) {
            return buffered;
        }
        return Filter.from(buffered, List.of(program(head), "-d", "-c"));
    }

    private static String program(byte[] head) throws MalformedArchive {
        if (begins(head, 0, "\u001f\u008b")) {
            return "gzip";
        } else if (begins(head, 0, "BZh")) {
            return "bzip2";
        } else if (begins(head, 0, "\u00fd7zXZ\0")) {
            return "xz";
        } else if (begins(head, 0, "\u005d\0\0")) {
            return "lzma";
        } else if (begins(head, 0, "\u0028\u00b5\u002f\u00fd") || isSkippable(head)) {
            return "zstd";
        } else if (begins(head, 0, "hsqs")) {
            throw new MalformedArchive("Unsupported compression: squashfs can't be read while it arrives");
        }
        throw new MalformedArchive("Unsupported compression");
    }

    /** Zstandard's skippable frame, magic number 0x184D2A50 to 5F (RFC 8878, 3.1.2): pzstd begins with one. */
    private static boolean isSkippable(byte[] head) {
        return begins(head, 1, "\u002a\u004d\u0018") && (head[0] & 0xf0) == 0x50;
    }

    private static boolean begins(byte[] head, int offset, String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (offset + i >= head.length || (head[offset + i] & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
