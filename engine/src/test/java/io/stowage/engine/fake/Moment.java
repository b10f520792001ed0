package io.stowage.engine.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is left when a server is killed: the array, the host's kernel, and the files of the state folder. */
public final class Moment {
    private final FakeStore store = new FakeStore();
    private final FakeHost host = new FakeHost();
    /** Path to content; nothing for a folder. */
    private final Map<Path, Optional<byte[]>> files = new TreeMap<>();

    private Moment() {}

    static Moment of(FakeStore store, FakeHost host, Path state) {
        Moment moment = new Moment();
        FakeStore.Units copies = new FakeStore.Units();
        moment.store.become(store, copies);
        moment.host.become(host, copies);
        for (Path path : walk(state)) {
            moment.files.put(path, read(path));
        }
        return moment;
    }

    /** Makes the world so again. */
    void restore(FakeStore ofStore, FakeHost ofHost, Path state) {
        FakeStore.Units copies = new FakeStore.Units();
        ofStore.become(store, copies);
        ofHost.become(host, copies);
        try {
            for (Path path : walk(state).reversed()) {
                Files.delete(path);
            }
            for (Map.Entry<Path, Optional<byte[]>> entry : files.entrySet()) {
                if (entry.getValue().isPresent()) {
                    Files.write(entry.getKey(), entry.getValue().get());
                } else {
                    Files.createDirectory(entry.getKey());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is below a folder, folders before what is in them. */
    private static List<Path> walk(Path state) {
        try (Stream<Path> all = Files.walk(state)) {
            return all.filter(path -> !path.equals(state))
                    .sorted(Comparator.comparing(Path::getNameCount))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> read(Path path) {
        try {
            return Files.isDirectory(path) ? Optional.empty() : Optional.of(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
