package io.stowage.server.api;

import io.stowage.server.view.OperationView;
import io.stowage.web.WebSocketSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Operations of one kind: the engine's work, tokens, WebSockets of migrations. Who keeps them decides what they are;
 * {@link OperationResource} decides who may see them.
 */
interface OperationSource {
    /**
     * An operation as it stands.
     *
     * @param project whose work it is; null: of none, which only administrators see
     */
    record Entry(OperationView view, @Nullable String project) {
        /** What strangers may show instead of trust: {@code secret} in the metadata; empty when there is none. */
        Optional<String> secret() {
            var metadata = view.metadata();
            return metadata != null && metadata.get("secret") instanceof String secret
                    ? Optional.of(secret)
                    : Optional.empty();
        }
    }

    List<Entry> list();

    Optional<Entry> find(UUID id);

    /** Waits for its end or the end of the time. @throws RuntimeException it isn't there any more */
    Entry await(UUID id, Duration limit);

    /** @throws io.stowage.engine.Refused BAD_INPUT it can't be cancelled */
    void cancel(UUID id);

    /**
     * Connects a WebSocket of the operation. Whoever has the secret may be a stranger: the secret is all that counts, it
     * must be compared in constant time, and opens one connection.
     *
     * @throws ApiError 400 the operation has none; 403 the secret is wrong
     */
    default WebSocketSession connect(UUID id, String secret) {
        throw ApiError.badRequest("Only websocket operations can be connected");
    }
}
