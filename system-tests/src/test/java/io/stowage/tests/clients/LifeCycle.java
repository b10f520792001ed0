package io.stowage.tests.clients;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the programs beside these classes are given: where to live, and a pool that they may make. */
final class LifeCycle {
    private LifeCycle() {}

    /** The text of a program. */
    static String program(String name) {
        try (var in = Objects.requireNonNull(LifeCycle.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> environment(Arena arena, Combination combination) {
        var config = new TreeMap<String, String>();
        for (String setting : combination.poolSettings(arena.array())) {
            String[] sides = setting.split("=", 2);
            config.put(sides[0], sides[1]);
        }
        return Map.of(
                "LXD_DIR",
                arena.server().state().toString(),
                "DRIVER",
                combination.driver(),
                "POOL",
                "life-" + combination.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "POOL_CONFIG",
                Json.of(config).compact());
    }
}
