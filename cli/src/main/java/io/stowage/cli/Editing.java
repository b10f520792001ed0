package io.stowage.cli;

import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Description and config of an object, edited as YAML: with {@code $EDITOR}, or replaced by standard input. */
final class Editing {
    private Editing() {}

    /** @throws Wrong what comes back isn't YAML, or the editor fails */
    static void of(StowageClient client, String path) {
        StowageClient.Tagged present = client.tagged(path);
        Json edited = isTerminal() ? Yaml.read(withEditor(Yaml.write(editable(present.value())))) : Yaml.read(input());
        if (edited.get("config").isNull()) {
            throw new Wrong("There must be a key \"config\" with the settings below it");
        }
        // Standard input was written before: it replaces whatever is there, as with lxc.
        client.put(path, editable(edited), isTerminal() ? present.etag() : "");
    }

    private static Json editable(Json object) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("description", Json.of(object.get("description").text()));
        body.put("config", object.get("config"));
        return Json.of(body);
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static String input() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Wrong("Standard input can't be read: " + e.getMessage());
        }
    }

    private static String withEditor(String text) {
        String editor = Optional.ofNullable(System.getenv("VISUAL"))
                .or(() -> Optional.ofNullable(System.getenv("EDITOR")))
                .orElse("vi");
        try {
            // Readable by its owner alone, as temporary files are.
            Path file = Files.createTempFile("stowage", ".yaml");
            try {
                Files.writeString(file, text);
                int status = new ProcessBuilder(List.of("sh", "-c", editor + " \"$1\"", "sh", file.toString()))
                        .inheritIO()
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new Wrong(
                            "The editor \"" + editor + "\" ended with status " + status + "; nothing is changed");
                }
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new Wrong("The editor \"" + editor + "\" can't be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Wrong("interrupted");
        }
    }
}
