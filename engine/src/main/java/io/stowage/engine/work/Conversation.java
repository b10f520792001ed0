package io.stowage.engine.work;

import io.stowage.engine.Operation;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.migration.Peer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What work and a server at the other end have with each other; after a restart there is nobody any more. */
final class Conversation<P extends Peer> {
    private final @Nullable P peer;

    private Conversation(@Nullable P peer) {
        this.peer = peer;
    }

    static <P extends Peer> Conversation<P> with(P peer) {
        return new Conversation<>(peer);
    }

    static <P extends Peer> Conversation<P> over() {
        return new Conversation<>(null);
    }

    /** What belongs into the input of the work's entry, for {@link #announcement}. */
    Map<String, String> input() {
        return peer != null && peer.comes() ? Map.of(Operation.CONNECTED_TO, "true") : Map.of();
    }

    /** As {@link io.stowage.engine.journal.Work#announcement}. */
    static Map<String, String> announcement(Entry entry) {
        return entry.input().containsKey(Operation.CONNECTED_TO) ? Map.of(Operation.CONNECTED_TO, "true") : Map.of();
    }

    /** Talks with the peer, which hears what goes wrong here; what goes wrong there is thrown as the peer says it. */
    void hold(Steps steps, Consumer<P> talk) {
        P there = peer;
        if (there == null) {
            throw new IllegalStateException("A connection doesn't survive a restart");
        }
        try {
            there.heed(steps::heed);
            talk.accept(there);
        } catch (RuntimeException e) {
            RuntimeException known = there.explain(e);
            there.fail(String.valueOf(Failures.of(known).getMessage()));
            throw known;
        } catch (Error e) {
            there.close();
            throw e;
        }
    }

    /** Says a last thing, if there is somebody to hear it. */
    void end(Consumer<P> farewell) {
        P there = peer;
        if (there != null) {
            try (there) {
                farewell.accept(there);
            }
        }
    }

    void close() {
        end(_ -> {});
    }
}
