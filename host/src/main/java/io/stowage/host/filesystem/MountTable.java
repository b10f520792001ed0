package io.stowage.host.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The mounts of this process's namespace: proc(5), /proc/self/mountinfo. */
record MountTable(List<Entry> entries) {
    /** One mount; {@code source} as it was given to mount(2). */
    record Entry(Path folder, Path source, String type) {}

    static MountTable read() throws IOException {
        return parse(Files.readString(Path.of("/proc/self/mountinfo")));
    }

    static MountTable parse(String text) {
        return new MountTable(text.lines().map(MountTable::entry).toList());
    }

    /** The topmost mount at exactly this folder. */
    Optional<Entry> at(Path folder) {
        Path wanted = canonical(folder);
        return entries.stream().filter(entry -> entry.folder().equals(wanted)).reduce((first, second) -> second);
    }

    List<Path> of(Path device) {
        return entries.stream()
                .filter(entry -> entry.source().equals(device))
                .map(Entry::folder)
                .toList();
    }

    // Only the parent is looked at: the folder itself may be a dead mount, on which a look fails.
    private static Path canonical(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            return absolute;
        }
        try {
            return parent.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    // Fields: id, parent, major:minor, root, mount point, options, optional fields, "-", type, source, options.
    private static Entry entry(String line) {
        String[] fields = line.split(" ", -1);
        int dash = List.of(fields).indexOf("-");
        return new Entry(Path.of(unescape(fields[4])), Path.of(unescape(fields[dash + 2])), fields[dash + 1]);
    }

    // The kernel writes blank, tab, newline and backslash as three octal digits.
    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
