package io.stowage.server.remote;

import io.stowage.engine.Refused;
import io.stowage.server.settings.ListenAddress;
import io.stowage.server.settings.ServerSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How clients elsewhere come in, by the server's config.
 *
 * @param main to everything
 * @param metrics to metrics alone
 */
public record Doors(RemoteDoor main, RemoteDoor metrics) implements AutoCloseable {
    /** Where everything is listened for. */
    public static Optional<ListenAddress> address(Map<String, String> config) {
        return address(config, ServerSettings.HTTPS_ADDRESS, ListenAddress::parse);
    }

    /** Where metrics are asked for. */
    public static Optional<ListenAddress> metricsAddress(Map<String, String> config) {
        return address(config, ServerSettings.METRICS_ADDRESS, ListenAddress::parseForMetrics);
    }

    private static Optional<ListenAddress> address(
            Map<String, String> config, String key, Function<String, ListenAddress> parse) {
        return Optional.ofNullable(config.get(key))
                .filter(text -> !text.isEmpty())
                .map(parse);
    }

    /**
     * Listens where another config says so; what stays the same is left alone.
     *
     * @throws Refused BAD_INPUT it can't be listened to there; then all is as before
     */
    public void change(Map<String, String> present, Map<String, String> wanted) {
        var moves = !address(present).equals(address(wanted));
        if (moves) {
            main.listen(address(wanted));
        }
        if (metricsAddress(present).equals(metricsAddress(wanted))) {
            return;
        }
        try {
            metrics.listen(metricsAddress(wanted));
        } catch (Refused e) {
            if (moves) {
                main.listen(address(present));
            }
            throw e;
        }
    }

    @Override
    public void close() {
        main.close();
        metrics.close();
    }
}
