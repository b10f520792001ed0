package io.stowage.host.loop;

import io.stowage.host.fuse.Geometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is remembered of one device between servers: a file named by the key. The same file is the
 * place where the image is mounted while the loop device is set up, and stays for as long as the
 * device does, because others look at the path.
 */
record DeviceRecord(Path file) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}");

    static DeviceRecord of(Path folder, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Invalid device key \"" + key
                    + "\": must be 1 to 100 letters, digits, hyphens, underscores and dots");
        }
        return new DeviceRecord(folder.resolve(key));
    }

    String key() {
        return file.getFileName().toString();
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Before there is a loop device. */
    void write(Geometry geometry) throws IOException {
        write(text(geometry));
    }

    void write(Geometry geometry, LoopDevice loop) throws IOException {
        write(text(geometry) + "loop=" + loop.path() + "\n");
    }

    private static String text(Geometry geometry) {
        return "inode=" + Long.toUnsignedString(geometry.inode()) + "\nresends=" + geometry.resends() + "\n";
    }

    private void write(String text) throws IOException {
        Path whole = file.resolveSibling("." + key());
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The loop device that was given to the image, and may carry something else by now. It is written down because
     * looking for it would ask every loop device of the machine, and one that nobody serves just now doesn't answer.
     */
    Optional<LoopDevice> loop() throws IOException {
        return Optional.ofNullable(values().get("loop")).map(path -> new LoopDevice(Path.of(path)));
    }

    private Map<String, String> values() throws IOException {
        if (!exists()) {
            return Map.of();
        }
        return Files.readString(file)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
    }

    /** Empty when there is none. */
    Optional<Geometry> read() throws IOException {
        Map<String, String> values = values();
        return Optional.ofNullable(values.get("inode"))
                .flatMap(inode -> Optional.ofNullable(values.get("resends"))
                        .map(resends -> new Geometry(Long.parseUnsignedLong(inode), Boolean.parseBoolean(resends))));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The keys of all records in the folder. */
    static Set<String> keys(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> KEY.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
