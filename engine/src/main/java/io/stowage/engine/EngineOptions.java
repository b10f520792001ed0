package io.stowage.engine;

import io.stowage.database.Database;
import io.stowage.driver.ArrayDriver;
import io.stowage.engine.host.LocalBlocks;
import io.stowage.engine.host.VolumeBlocks;
import io.stowage.engine.host.VolumeFiles;
import io.stowage.host.connector.Connector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made of.
 *
 * @param state folder of this installation; made when absent
 * @param databaseUrl null: SQLite in the state folder
 * @param databases opens the database of a URL
 * @param serverName name of this member, which host objects on arrays are named after
 * @param secretKey file that secret values in the database are sealed with; null: {@code secret.key} in the state folder
 * @param connectors one for each protocol this host can speak
 * @param files null: those of this machine
 * @param blocks how content is moved between block devices
 * @param clock its zone is that of schedules
 * @param pace how often what was left for later is tried again; zero: only by {@link Engine#settle}
 * @param moves hears of each in the transaction that notes it
 */
public record EngineOptions(
        Path state,
        @Nullable String databaseUrl,
        Function<String, Database> databases,
        String serverName,
        @Nullable Path secretKey,
        List<ArrayDriver> drivers,
        Connectors connectors,
        @Nullable VolumeFiles files,
        VolumeBlocks blocks,
        Clock clock,
        Duration pace,
        MoveListener moves) {
    private static final Duration PACE = Duration.ofSeconds(10);

    public EngineOptions {
        drivers = List.copyOf(drivers);
    }

    /** Makes this host's connectors, once the installation's UUID is known from which their names are made. */
    @FunctionalInterface
    public interface Connectors {
        /** The engine closes what it is given. */
        List<Connector> open(UUID server);
    }

    /** Everything else as usual. */
    public static EngineOptions of(Path state, String serverName, List<ArrayDriver> drivers, Connectors connectors) {
        return new EngineOptions(
                state,
                null,
                Database::open,
                serverName,
                null,
                drivers,
                connectors,
                null,
                new LocalBlocks(),
                Clock.systemDefaultZone(),
                PACE,
                (_, _, _) -> {});
    }

    public EngineOptions withDatabase(@Nullable String url) {
        return withDatabase(url, databases);
    }

    public EngineOptions withDatabase(@Nullable String url, Function<String, Database> opener) {
        return new EngineOptions(
                state, url, opener, serverName, secretKey, drivers, connectors, files, blocks, clock, pace, moves);
    }

    public EngineOptions withSecretKey(@Nullable Path file) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                file,
                drivers,
                connectors,
                files,
                blocks,
                clock,
                pace,
                moves);
    }

    public EngineOptions withFiles(VolumeFiles other) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                secretKey,
                drivers,
                connectors,
                other,
                blocks,
                clock,
                pace,
                moves);
    }

    public EngineOptions withBlocks(VolumeBlocks other) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                secretKey,
                drivers,
                connectors,
                files,
                other,
                clock,
                pace,
                moves);
    }

    public EngineOptions withClock(Clock other) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                secretKey,
                drivers,
                connectors,
                files,
                blocks,
                other,
                pace,
                moves);
    }

    public EngineOptions withPace(Duration other) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                secretKey,
                drivers,
                connectors,
                files,
                blocks,
                clock,
                other,
                moves);
    }

    public EngineOptions withMoves(MoveListener other) {
        return new EngineOptions(
                state,
                databaseUrl,
                databases,
                serverName,
                secretKey,
                drivers,
                connectors,
                files,
                blocks,
                clock,
                pace,
                other);
    }
}
