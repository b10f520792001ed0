package io.stowage.server.stub;

import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.OperationState;
import io.stowage.engine.Operations;
import io.stowage.engine.Refused;
import io.stowage.engine.Requestor;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that is over as soon as it is asked for, and work that a test moves on by hand. */
public final class StubOperations implements Operations {
    private final Map<UUID, Operation> all = new LinkedHashMap<>();
    private final List<Consumer<Operation>> listeners = new CopyOnWriteArrayList<>();

    /** Does the work at once. */
    <T extends @Nullable Object> Started<T> run(Operation planned, Supplier<T> work) {
        show(planned);
        T result;
        try {
            result = work.get();
            show(with(planned, OperationState.DONE, "", null, ""));
        } catch (Refused e) {
            show(with(planned, OperationState.FAILED, "", e.kind(), String.valueOf(e.getMessage())));
            throw e;
        }
        return new Started<>() {
            @Override
            public UUID id() {
                return planned.id();
            }

            @Override
            public T await() {
                return result;
            }
        };
    }

    static Operation planned(OperationKind kind, String pool) {
        return planned(kind, pool, null, null, Map.of());
    }

    static Operation planned(OperationKind kind, VolumeName volume) {
        return planned(kind, volume.pool(), volume, null, Map.of());
    }

    static Operation planned(OperationKind kind, SnapshotName snapshot) {
        return planned(kind, snapshot.volume().pool(), snapshot.volume(), snapshot, Map.of());
    }

    /** The metadata of a renaming. */
    static Map<String, String> renaming(String oldName, String newName) {
        return Map.of(Operation.OLD_NAME, oldName, Operation.NEW_NAME, newName);
    }

    @SuppressWarnings("NullAway") // it does not see the annotation of a nested type in a class file
    static Operation planned(
            OperationKind kind,
            String pool,
            @Nullable VolumeName volume,
            @Nullable SnapshotName snapshot,
            Map<String, String> metadata) {
        var now = Instant.now();
        return new Operation(
                UUID.randomUUID(),
                kind,
                OperationState.RUNNING,
                now,
                now,
                pool,
                volume,
                snapshot,
                metadata,
                "",
                true,
                null,
                "",
                "host01",
                Requestor.current().orElse(null));
    }

    /** Begins an operation that stays running. */
    public synchronized UUID begin(VolumeName volume) {
        var operation = planned(OperationKind.VOLUME_COPY, volume);
        show(operation);
        return operation.id();
    }

    /** Begins an operation that somebody is to connect to. */
    public synchronized UUID beginConnected(VolumeName volume) {
        var metadata = Map.of(Operation.CONNECTED_TO, "true");
        var operation = planned(OperationKind.VOLUME_SEND, volume.pool(), volume, null, metadata);
        show(operation);
        return operation.id();
    }

    public synchronized void progress(UUID id, String text) {
        show(with(get(id), OperationState.RUNNING, text, null, ""));
    }

    public synchronized void end(UUID id) {
        show(with(get(id), OperationState.DONE, "", null, ""));
    }

    @SuppressWarnings("NullAway") // as above
    private static Operation with(
            Operation operation,
            OperationState state,
            String progress,
            Refused.@Nullable Kind errorKind,
            String error) {
        return new Operation(
                operation.id(),
                operation.kind(),
                state,
                operation.createdAt(),
                Instant.now(),
                operation.pool(),
                operation.volume(),
                operation.snapshot(),
                operation.metadata(),
                progress,
                !state.settled(),
                errorKind,
                error,
                operation.member(),
                operation.requestor());
    }

    private synchronized void show(Operation operation) {
        all.put(operation.id(), operation);
        listeners.forEach(listener -> listener.accept(operation));
        notifyAll();
    }

    @Override
    public synchronized List<Operation> list() {
        return List.copyOf(all.values());
    }

    @Override
    public synchronized Operation get(UUID id) {
        var operation = all.get(id);
        if (operation == null) {
            throw Refused.notFound("Operation not found");
        }
        return operation;
    }

    @Override
    public synchronized Operation await(UUID id, Duration limit) {
        long end = System.nanoTime() + Math.min(limit.toSeconds(), 3600) * 1_000_000_000L;
        while (!get(id).state().settled() && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return get(id);
            }
        }
        return get(id);
    }

    @Override
    public synchronized void cancel(UUID id) {
        var operation = get(id);
        if (operation.state().settled()) {
            throw Refused.badInput("Only running operations can be cancelled");
        }
        show(with(operation, OperationState.CANCELLED, "", Refused.Kind.CANCELLED, "The operation was cancelled"));
    }

    @Override
    public AutoCloseable listen(Consumer<Operation> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
