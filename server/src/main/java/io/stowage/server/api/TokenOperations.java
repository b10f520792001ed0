package io.stowage.server.api;

import io.stowage.engine.Refused;
import io.stowage.server.remote.RemoteDoor;
import io.stowage.server.trust.TrustStore;
import io.stowage.server.trust.TrustToken;
import io.stowage.server.view.OperationView;
import io.stowage.server.view.TokenView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tokens as LXD shows them: operations that run until they are spent, revoked or expired. */
record TokenOperations(TrustStore trust, RemoteDoor remote) implements OperationSource {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    OperationView view(TrustToken token) {
        return TokenView.of(token, remote.addresses(), remote.certificate().fingerprint());
    }

    @Override
    public List<Entry> list() {
        return trust.tokens().stream()
                .map(token -> new Entry(view(token), null))
                .toList();
    }

    @Override
    public Optional<Entry> find(UUID id) {
        return list().stream()
                .filter(entry -> entry.view().id().equals(id.toString()))
                .findFirst();
    }

    /** Asks again and again: a token may be spent through another member. */
    @Override
    public Entry await(UUID id, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var entry = find(id).orElseThrow(() -> Refused.notFound("Operation not found"));
            if (System.nanoTime() - deadline >= 0) {
                return entry;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return entry;
            }
        }
    }

    @Override
    public void cancel(UUID id) {
        trust.revoke(id);
    }
}
