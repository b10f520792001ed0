package io.stowage.server.view;

import io.stowage.engine.Warning;
import io.stowage.engine.Warnings;
import java.util.Locale;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A warning, as {@code GET /1.0/warnings/UUID} shows it.
 *
 * @param severity {@code low}, {@code moderate} or {@code high}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record WarningView(
        String uuid,
        String location,
        String project,
        String type,
        String status,
        String severity,
        long count,
        String firstSeenAt,
        String lastSeenAt,
        String lastMessage,
        String entityUrl) {
    public static WarningView of(Warning warning) {
        var ofPool = warning.type().equals(Warnings.POOL_UNAVAILABLE);
        return new WarningView(
                warning.id().toString(),
                "none",
                "",
                warning.type(),
                warning.status().name().toLowerCase(Locale.ROOT),
                ofPool ? "high" : "moderate",
                warning.count(),
                GoTime.write(warning.firstSeenAt()),
                GoTime.write(warning.lastSeenAt()),
                warning.message(),
                ofPool ? Urls.pool(warning.entity()) : "");
    }
}
