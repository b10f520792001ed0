package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.pool.OpenPool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes a pool without volumes, whose row says {@code DELETING}. Once begun it is finished. */
final class PoolDelete implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    PoolDelete(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    /** @throws Refused IN_USE */
    static PoolDelete intend(Site site, Transaction tx, String name) {
        PoolRow row = Catalog.readyPool(tx, name);
        // Volumes whose deletion is not finished count too: they are still on the array.
        if (!tx.volumes().everything(row.id()).isEmpty()) {
            throw Refused.inUse("The storage pool is currently in use");
        }
        tx.pools().settle(row.id(), RowState.DELETING);
        Map<String, String> input = Map.of("id", row.id().toString());
        return new PoolDelete(site, Entry.ofPool(OperationKind.POOL_DELETE, name, input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.poolLock(id));
    }

    @Override
    public void run(Steps steps) {
        steps.once("delete the pool on the array", () -> {
            OpenPool pool = site.pools().get(id);
            pool.array().deletePool(pool.owner());
        });
        steps.once("remove its folders", () -> site.layout().removePool(entry.pool()));
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        forget(site, tx, id);
        return null;
    }

    static void forget(Site site, Transaction tx, UUID id) {
        tx.recovery().forget(id);
        tx.pools().delete(id);
        site.pools().forget(id);
    }

    @Override
    public void undone(Transaction tx) {
        tx.pools().settle(id, RowState.READY);
    }

    @Override
    public boolean goesOn() {
        return true;
    }
}
