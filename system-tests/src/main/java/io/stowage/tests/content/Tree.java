package io.stowage.tests.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Real files below a folder, and what they should be: for each path its SHA-256 digest.
 *
 * @param digests by path relative to the folder
 */
public record Tree(Map<String, String> digests) {
    private static final String LOST_AND_FOUND = "lost+found";
    private static final int SMALL_FILES = 60;
    private static final int SMALL = 24 << 10;
    private static final int LARGE = 6 << 20;

    public Tree {
        digests = Map.copyOf(digests);
    }

    /** Writes many small files and a large one from a seed, forces them to the device and reads them back. */
    public static Tree plant(Path folder, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SMALL_FILES; i++) {
            write(folder.resolve("d" + i % 7 + "/f" + i), random, random.nextInt(SMALL));
        }
        write(folder.resolve("large"), random, LARGE);
        sync(folder);
        return read(folder);
    }

    /** Overwrites a third of the files in other sizes, deletes a third, and adds some. */
    public static Tree overwrite(Path folder, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SMALL_FILES; i++) {
            Path file = folder.resolve("d" + i % 7 + "/f" + i);
            switch (i % 3) {
                case 0 -> write(file, random, random.nextInt(SMALL));
                case 1 -> delete(file);
                default -> write(folder.resolve("new/g" + i), random, random.nextInt(SMALL));
            }
        }
        write(folder.resolve("large"), random, LARGE / 2);
        sync(folder);
        return read(folder);
    }

    /** The files that are there now. */
    public static Tree read(Path folder) {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString();
                if (!name.startsWith(LOST_AND_FOUND)) {
                    digests.put(name, digest(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tree(digests);
    }

    /** @throws AssertionError that names files which are not as they should be */
    public void verify(Path folder) {
        Map<String, String> present = read(folder).digests();
        if (!present.equals(digests)) {
            throw new AssertionError("below " + folder + " stand other files than expected: " + difference(present));
        }
    }

    private String difference(Map<String, String> present) {
        return Stream.concat(present.keySet().stream(), digests.keySet().stream())
                .distinct()
                .filter(name -> !java.util.Objects.equals(present.get(name), digests.get(name)))
                .sorted(Comparator.naturalOrder())
                .limit(5)
                .map(name -> name
                        + (present.containsKey(name)
                                ? digests.containsKey(name) ? " differs" : " is new"
                                : " is missing"))
                .toList()
                .toString();
    }

    private static void write(Path file, Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code syncfs} of this file system alone; the machine's others are none of our business. */
    private static void sync(Path folder) {
        io.stowage.tests.arena.Ran.run("sync", "-f", folder.toString()).orFail();
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
