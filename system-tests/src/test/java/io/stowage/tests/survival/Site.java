package io.stowage.tests.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A server, its array and one pool, where nothing is attached for longer than a look. */
final class Site implements AutoCloseable {
    static final String POOL = "p";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Arena arena;
    private final Agreement agreement;

    private Site(Arena arena, Agreement agreement) {
        this.arena = arena;
        this.agreement = agreement;
    }

    static Site open(Combination combination, Map<String, String> environment, String... settings) {
        Arena arena = Arena.open(environment, "32GiB");
        try {
            List<String> all = new ArrayList<>(combination.vendor().quota("20GiB"));
            all.addAll(List.of(settings));
            arena.createPool(combination, POOL, all);
            return new Site(arena, new Agreement(arena, combination, List.of(POOL)));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    Server server() {
        return arena.server();
    }

    StowageClient client() {
        return server().client();
    }

    static String path(String... more) {
        List<String> all = new ArrayList<>(List.of("storage-pools", POOL, "volumes", "custom"));
        all.addAll(List.of(more));
        return StowageClient.path(all.toArray(String[]::new));
    }

    /** Names of volumes, and of snapshots with a slash. */
    List<String> names() {
        return client().get(path() + "?recursion=1").items().stream()
                .map(entry -> entry.get("name").text())
                .sorted()
                .toList();
    }

    boolean isWorking() {
        return !client().get("/1.0/operations?recursion=1")
                .get("running")
                .items()
                .isEmpty();
    }

    /** Lets something be done with the files of a volume. */
    <T> T withFiles(String path, Function<Path, T> work) {
        return attached("mount", "path", path, work);
    }

    /** Lets something be done with the device of a volume. */
    <T> T withDevice(String path, Function<Path, T> work) {
        return attached("device", "device", path, work);
    }

    private <T> T attached(String kind, String where, String path, Function<Path, T> work) {
        String attachments = path + "/attachments";
        String id = client().run("POST", attachments, Json.of(Map.of("kind", kind)))
                .get("id")
                .text();
        try {
            return work.apply(
                    Path.of(client().get(attachments + "/" + id).get(where).text()));
        } finally {
            client().run("DELETE", attachments + "/" + id, null);
        }
    }

    /** Deletes backups of a volume: whoever exports makes one, and takes it away if he lives. */
    void forgetBackups(String volume) {
        client().get(path(volume, "backups")).items().forEach(url -> client().run("DELETE", url.text(), null));
    }

    /** Waits until no operation runs. */
    void awaitQuiet() throws InterruptedException {
        agreement.awaitQuiet();
    }

    /**
     * Waits until nothing runs, and API, database and array agree.
     *
     * @throws AssertionError if they don't in the end, or mounts or loop devices stay
     */
    void awaitPeace() throws InterruptedException {
        agreement.await();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!leftovers().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(leftovers()).as("mounts and loop devices").isEmpty();
    }

    /** Mounts but FUSE's own, and files that are loop devices. */
    private Set<String> leftovers() {
        Set<String> found = new TreeSet<>();
        String state = server().state().toString();
        lines(Path.of("/proc/mounts"))
                .filter(line -> line.contains(" " + state + "/") && !line.contains(" fuse"))
                .forEach(found::add);
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            devices.map(device -> device.resolve("loop/backing_file"))
                    .flatMap(Site::lines)
                    .filter(file -> file.startsWith(state + "/"))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            return Stream.empty(); // no loop device, or none any more
        }
    }

    /** Also after a hang. */
    @Override
    public void close() {
        arena.close();
    }
}
