package io.stowage.host.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files packed and unpacked by GNU tar, which keeps all there is: owner numbers, modes, extended attributes with
 * ACLs among them, hard links, holes and device nodes. Sockets are left out. The tree's top is a member too.
 */
public final class TreeArchive {
    private static final int BLOCKING = 128;
    /** xfs shows its ACLs once more, by the names that it stores them under. */
    private static final String NOT_OF_XFS = "--xattrs-exclude=trusted.SGI_*";

    private static final String LOST_AND_FOUND = "lost+found";

    private TreeArchive() {}

    /**
     * Packs a tree.
     *
     * @param top its folder, which nothing changes meanwhile
     * @param member what the folder is called in the archive, in UTF-8; what is in it comes below
     */
    public static void pack(Path top, String member, TarWriter archive) throws IOException {
        String folder = top.getFileName().toString();
        List<String> command = new ArrayList<>(List.of(
                "tar",
                "--create",
                "--file=-",
                "--directory=" + top.getParent(),
                "--blocking-factor=" + BLOCKING,
                "--format=posix",
                "--pax-option=delete=atime,delete=ctime",
                "--numeric-owner",
                "--sparse",
                "--xattrs",
                "--xattrs-include=*",
                NOT_OF_XFS,
                "--no-acls",
                "--no-selinux"));
        if (isEmptyFolder(top.resolve(LOST_AND_FOUND))) {
            // Every ext4 has one of its own.
            command.addAll(List.of("--anchored", "--no-wildcards", "--exclude=" + folder + "/" + LOST_AND_FOUND));
        }
        command.add(folder);
        try (Filter tar = Filter.start(command)) {
            tar.input().close();
            TarReader reader = new TarReader(tar.output());
            String name = Bytes.ofText(member);
            for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                TarEntry entry = next.get()
                        .moved(folder, name)
                        .orElseThrow(() -> new IOException("tar has packed something that was not asked for"));
                archive.put(entry, reader::copyTo);
            }
            tar.output().transferTo(OutputStream.nullOutputStream());
            tar.finish();
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    /**
     * Unpacks the members of one tree into a folder that exists, its own mode and owner included.
     *
     * @param first the member of the tree's top, if it is in the archive, else one below it
     * @param top what the tree is called in the archive; members that are not below it end it
     * @return the first member after the tree
     */
    public static Optional<TarEntry> unpack(TarEntry first, TarReader archive, String top, Path folder)
            throws IOException {
        String name = Bytes.ofText(top);
        try (Filter tar = extraction(Objects.requireNonNull(folder.getParent()))) {
            tar.output().close();
            try (OutputStream input = new Heard(tar)) {
                TarWriter writer = new TarWriter(input);
                @Nullable TarEntry next = first;
                while (next != null && isBelow(next.name(), name)) {
                    writer.put(checked(next, name, folder.getFileName().toString()), archive::copyTo);
                    next = archive.next().orElse(null);
                }
                writer.end();
                input.close();
                tar.finish();
                return Optional.ofNullable(next);
            }
        }
    }

    /**
     * Unpacks an archive of any making into a folder that exists. Nothing gets out of the folder: tar takes the slash from
     * names that begin with one, refuses those that climb, and makes links last.
     *
     * @param archive not compressed
     */
    public static void unpack(InputStream archive, Path folder) throws IOException {
        try (Filter tar = extraction(folder)) {
            tar.output().close();
            try (OutputStream input = new Heard(tar)) {
                archive.transferTo(input);
                input.close();
                tar.finish();
            }
        }
    }

    private static Filter extraction(Path folder) throws IOException {
        return Filter.start(List.of(
                "tar",
                "--extract",
                "--file=-",
                "--directory=" + folder,
                "--restrict",
                "--force-local",
                "--numeric-owner",
                "--same-owner",
                "--same-permissions",
                "--xattrs",
                "--xattrs-include=*",
                NOT_OF_XFS,
                "--delay-directory-restore",
                "--warning=no-timestamp"));
    }

    private static boolean isBelow(String name, String top) {
        return name.equals(top) || name.startsWith(top + "/");
    }

    private static TarEntry checked(TarEntry entry, String top, String folder) throws MalformedArchive {
        if (entry.name().equals(top) && !entry.isDirectory()) {
            throw new MalformedArchive("The backup's member \"" + Bytes.toText(top) + "\" is no directory");
        }
        boolean climbs = Stream.of(entry.name(), entry.isHardLink() ? entry.link() : "")
                .flatMap(name -> Stream.of(name.split("/", -1)))
                .anyMatch(part -> part.equals(".."));
        if (climbs) {
            throw new MalformedArchive("The backup's member \"" + Bytes.toText(entry.name()) + "\" leads out of it");
        }
        return entry.moved(top, folder)
                .orElseThrow(() -> new MalformedArchive("The backup's member \"" + Bytes.toText(entry.name())
                        + "\" is a link to something outside of \"" + Bytes.toText(top) + "\""));
    }

    /** Tells of a broken pipe by what the program said when it ended. */
    private static final class Heard extends FilterOutputStream {
        private final Filter program;

        Heard(Filter program) {
            super(program.input());
            this.program = program;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                program.finish();
                throw e;
            }
        }
    }
}
