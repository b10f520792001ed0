package io.stowage.server.view;

import io.stowage.engine.Pool;
import io.stowage.engine.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A storage pool, as {@code GET /1.0/storage-pools/NAME} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record PoolView(
        String name,
        String description,
        String driver,
        String status,
        Map<String, String> config,
        List<String> usedBy,
        List<String> locations) {

    /**
     * @param withConfig false for who may not see it: then it is empty, as lxc can't do without
     * @param usedBy URLs of its volumes, their snapshots, and the profiles that name it
     */
    public static PoolView of(Pool pool, boolean withConfig, List<String> usedBy) {
        return new PoolView(
                pool.name(),
                pool.description(),
                pool.driver(),
                pool.status() == PoolStatus.CREATED ? "Created" : "Pending",
                withConfig ? new TreeMap<>(pool.config()) : Map.of(),
                usedBy,
                List.of("none"));
    }
}
