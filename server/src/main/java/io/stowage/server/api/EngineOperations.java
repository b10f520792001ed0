package io.stowage.server.api;

import io.stowage.engine.Operation;
import io.stowage.engine.Operations;
import io.stowage.server.migration.Peers;
import io.stowage.server.view.OperationView;
import io.stowage.web.WebSocketSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The work of the engine. */
record EngineOperations(Operations operations, Peers peers) implements OperationSource {
    static Entry entry(Operation operation) {
        var volume = operation.volume();
        return new Entry(OperationView.of(operation), volume == null ? null : volume.project());
    }

    @Override
    public List<Entry> list() {
        return operations.list().stream().map(EngineOperations::entry).toList();
    }

    @Override
    public Optional<Entry> find(UUID id) {
        return Gone.orElse(Optional.<Operation>empty(), () -> Optional.of(operations.get(id)))
                .map(EngineOperations::entry);
    }

    @Override
    public Entry await(UUID id, Duration limit) {
        return entry(operations.await(id, limit));
    }

    @Override
    public void cancel(UUID id) {
        operations.cancel(id);
    }

    @Override
    public WebSocketSession connect(UUID id, String secret) {
        if (!peers.has(id)) {
            return OperationSource.super.connect(id, secret);
        }
        return peers.join(id, secret).orElseThrow(() -> new ApiError(403, "Invalid migration secret"));
    }
}
