package io.stowage.cli;

import io.stowage.client.Json;
import io.stowage.client.RemoteServer;
import io.stowage.client.StowageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers elsewhere that this user has names for: a file {@code remotes/NAME.json} each in {@code $STOWAGE_CONFIG}, or
 * {@code stowage} in {@code $XDG_CONFIG_HOME} or {@code ~/.config}.
 */
final class Remotes {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final String END = ".json";

    private final Path folder;

    Remotes() {
        this(configuration());
    }

    Remotes(Path folder) {
        this.folder = folder;
    }

    private static Path configuration() {
        return set("STOWAGE_CONFIG")
                .map(Path::of)
                .or(() -> set("XDG_CONFIG_HOME").map(home -> Path.of(home, "stowage")))
                .orElseGet(() -> Path.of(set("HOME").orElse(System.getProperty("user.home")), ".config", "stowage"));
    }

    private static Optional<String> set(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isEmpty());
    }

    private Path file(String name) {
        if (!name.matches(NAME)) {
            throw new Wrong(
                    "\"" + name + "\" is no name for a remote: letters, digits, dots, dashes and underscores are"
                            + " allowed, at most 63");
        }
        return folder.resolve("remotes").resolve(name + END);
    }

    /** By name. */
    Map<String, RemoteServer> list() {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("remotes"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(END))
                    .sorted()
                    .forEach(name -> names.add(name.substring(0, name.length() - END.length())));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new Wrong("The remotes in " + folder + " can't be read: " + e.getMessage());
        }
        Map<String, RemoteServer> all = new LinkedHashMap<>();
        names.forEach(name -> all.put(name, get(name)));
        return all;
    }

    /** @throws Wrong there is none of this name */
    RemoteServer get(String name) {
        Path file = file(name);
        try {
            Json kept = Json.parse(Files.readString(file));
            return new RemoteServer(
                    kept.get("address").text(), kept.get("fingerprint").text());
        } catch (NoSuchFileException e) {
            throw new Wrong("There is no remote \"" + name + "\"; stowage remote list shows those there are");
        } catch (IOException | IllegalArgumentException e) {
            throw new Wrong("The remote \"" + name + "\" in " + file + " can't be read: " + e.getMessage());
        }
    }

    /** @throws Wrong the name is taken */
    void requireFree(String name) {
        if (Files.exists(file(name))) {
            throw new Wrong("There is a remote \"" + name + "\" already");
        }
    }

    void add(String name, RemoteServer server) {
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    Json.of(Map.of("address", server.address(), "fingerprint", server.fingerprint()))
                                    .compact() + "\n");
        } catch (IOException e) {
            throw new Wrong("The remote can't be written to " + file + ": " + e.getMessage());
        }
    }

    /** @throws Wrong there is none of this name */
    void remove(String name) {
        get(name);
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw new Wrong("The remote \"" + name + "\" can't be removed: " + e.getMessage());
        }
    }

    /** A client of a server, with this user's certificate. */
    StowageClient client(RemoteServer server, String project) {
        return new StowageClient(server, Identity.in(folder), Identity.PASSWORD.toCharArray(), project);
    }
}
