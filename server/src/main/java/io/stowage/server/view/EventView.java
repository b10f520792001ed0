package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code GET /1.0/events}.
 *
 * @param type {@code operation}, {@code lifecycle} or {@code logging}
 * @param project null: it is of no project, and administrators hear it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        String type,
        String timestamp,
        Object metadata,
        String location,
        @Nullable String project) {
    public static final String OPERATION = "operation";
    public static final String LIFECYCLE = "lifecycle";
    public static final String LOGGING = "logging";

    public static EventView of(String type, Instant time, Object metadata, @Nullable String project) {
        return new EventView(type, GoTime.write(time), metadata, "none", project);
    }
}
