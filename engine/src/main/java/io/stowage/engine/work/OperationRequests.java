package io.stowage.engine.work;

import io.stowage.engine.Operation;
import io.stowage.engine.Operations;
import io.stowage.engine.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What can be asked of operations. */
public final class OperationRequests implements Operations {
    private final Journal journal;

    public OperationRequests(Journal journal) {
        this.journal = journal;
    }

    @Override
    public List<Operation> list() {
        return journal.list();
    }

    @Override
    public Operation get(UUID id) {
        return journal.get(id);
    }

    @Override
    public Operation await(UUID id, Duration limit) {
        return journal.await(id, limit);
    }

    @Override
    public void cancel(UUID id) {
        journal.cancel(id);
    }

    @Override
    public AutoCloseable listen(Consumer<Operation> listener) {
        return journal.feed().listen(listener);
    }
}
