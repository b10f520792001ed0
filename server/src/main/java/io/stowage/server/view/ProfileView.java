package io.stowage.server.view;

import io.stowage.server.settings.Profile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A profile, as {@code GET /1.0/profiles/NAME} shows it. There are no instances to use it. */
@JsonNaming(SnakeCaseStrategy.class)
public record ProfileView(
        Map<String, String> config,
        String description,
        Map<String, Map<String, String>> devices,
        String name,
        List<String> usedBy) {
    public static ProfileView of(Profile profile) {
        return new ProfileView(
                new TreeMap<>(profile.config()),
                profile.description(),
                new TreeMap<>(profile.devices()),
                profile.name(),
                List.of());
    }
}
