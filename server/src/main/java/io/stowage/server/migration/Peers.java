package io.stowage.server.migration;

import io.stowage.engine.migration.SourcePeer;
import io.stowage.engine.migration.TargetPeer;
import io.stowage.web.WebSocketSession;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The peers of migrations, and the operations of this server that wait for peers to connect. */
public final class Peers {
    private final Map<UUID, Rendezvous> waiting = new ConcurrentHashMap<>();

    /** A target that waits, and is connected to. */
    public TargetPeer target(RemoteOperation operation) {
        return new ToTarget(new Dial(operation));
    }

    /** A target that will connect. */
    public TargetPeer target(Rendezvous here) {
        return new ToTarget(here);
    }

    /** A source that waits, and is connected to. */
    public SourcePeer source(RemoteOperation operation) {
        return new ToSource(new Dial(operation));
    }

    /** A source that will connect. */
    public SourcePeer source(Rendezvous here) {
        return new ToSource(here);
    }

    /** From now on until its end, connections for the operation come together there. */
    public void expect(UUID operation, Rendezvous here) {
        waiting.put(operation, here);
        here.whenClosed(() -> waiting.remove(operation, here));
    }

    /** Whether an operation has connections. */
    public boolean has(UUID operation) {
        return waiting.containsKey(operation);
    }

    /** One of an operation's connections, for who has its secret, once. */
    public Optional<WebSocketSession> join(UUID operation, String secret) {
        return Optional.ofNullable(waiting.get(operation)).flatMap(here -> here.join(secret));
    }
}
