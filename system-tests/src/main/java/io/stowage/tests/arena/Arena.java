package io.stowage.tests.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One array and one server in a temporary folder. Closing it leaves nothing behind, whatever has failed before. */
public final class Arena implements AutoCloseable {
    private final Path folder;
    private final ArrayInABox array;
    private final Server server;

    private Arena(Path folder, ArrayInABox array, Server server) {
        this.folder = folder;
        this.array = array;
        this.server = server;
    }

    public static Arena open(String capacity, String... serverOptions) {
        return open(Map.of(), capacity, serverOptions);
    }

    /** @param environment of the server, besides ours */
    public static Arena open(Map<String, String> environment, String capacity, String... serverOptions) {
        Path folder = temporaryFolder();
        ArrayInABox array = ArrayInABox.start(folder.resolve("array"), capacity);
        try {
            return new Arena(folder, array, Server.start(environment, folder.resolve("server"), serverOptions));
        } catch (RuntimeException | Error e) {
            array.kill();
            throw e;
        }
    }

    public static Arena open() {
        return open("64GiB");
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("stowage-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ArrayInABox array() {
        return array;
    }

    public Server server() {
        return server;
    }

    /** A path in the arena's folder. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Creates a pool on the array with our own command. */
    public void createPool(Combination combination, String pool, String... settings) {
        createPool(combination, pool, List.of(settings));
    }

    public void createPool(Combination combination, String pool, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("pool", "create", pool, combination.driver()));
        arguments.addAll(combination.poolSettings(array));
        arguments.addAll(settings);
        server.stowage(arguments.toArray(String[]::new)).orFail();
    }

    /** @throws AssertionError if the array has volumes or snapshots of the pool, or a host or connection is left */
    public void mustHoldNothingOf(Combination combination, String pool) {
        try (ArrayApi api = array.administrator(combination.vendor())) {
            List<String> left = new ArrayList<>(api.contents(pool));
            left.addAll(api.connections());
            if (!left.isEmpty()) {
                throw new AssertionError("left on the array: " + left);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.powerOff();
        } catch (AssertionError e) {
            // It hangs. It may also wait for its own device, and ends only when the sweep has ended its holder.
            server.killUnheard();
        }
        Leftovers.below(folder).sweep();
        array.kill();
        deleteFolder();
    }

    private void deleteFolder() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
