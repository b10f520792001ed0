package io.stowage.server.view;

import io.stowage.engine.Project;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A project, as {@code GET /1.0/projects/NAME} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record ProjectView(String name, String description, Map<String, String> config, List<String> usedBy) {
    /** @param usedBy URLs of its volumes and its profile */
    public static ProjectView of(Project project, List<String> usedBy) {
        return new ProjectView(project.name(), project.description(), new TreeMap<>(project.config()), usedBy);
    }
}
