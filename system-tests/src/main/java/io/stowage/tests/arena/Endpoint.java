package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One personality of the array, as {@code endpoints.json} has it. */
public record Endpoint(Json json) {
    public String management() {
        return value("management");
    }

    public String value(String name) {
        return json.get(name).text();
    }

    /** Its certificate. */
    public String pem() {
        try {
            return Files.readString(Path.of(value("certificate")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String iqn() {
        return json.get("iscsi").get("iqn").text();
    }

    /** Empty where each host has a subsystem of its own. */
    public String nqn() {
        return json.get("nvme").get("nqn").text();
    }

    /** The data addresses for iSCSI, each as {@code ADDRESS:PORT}. */
    public List<String> portals() {
        return json.get("iscsi").get("portals").items().stream().map(Json::text).toList();
    }
}
