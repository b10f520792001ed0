package io.stowage.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server says about itself and its machine; it doesn't change while it runs.
 *
 * @param name as {@code --name} has it
 * @param kernelVersion such as {@code 6.1.0-30-amd64}
 */
public record ServerInfo(String name, String kernelVersion, String architecture, String osName, String osVersion) {
    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    /** This machine; what can't be found out is empty. */
    public static ServerInfo of(String name) {
        var os = osRelease();
        return new ServerInfo(
                name,
                System.getProperty("os.version", ""),
                architecture(System.getProperty("os.arch", "")),
                os.getOrDefault("NAME", ""),
                os.getOrDefault("VERSION_ID", ""));
    }

    /** In LXD's words. */
    private static String architecture(String java) {
        return switch (java) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> java;
        };
    }

    private static Map<String, String> osRelease() {
        var values = new HashMap<String, String>();
        for (var line : lines(OS_RELEASE)) {
            var equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
            }
        }
        return values;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
