package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Pool;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.pool.OpenPool;
import io.stowage.model.Protocol;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the pool of a row that says {@code CREATING}. */
final class PoolCreate implements Work<Pool> {
    private static final System.Logger LOG = System.getLogger(PoolCreate.class.getName());

    private final Site site;
    private final Entry entry;
    private final UUID id;
    /** Whether there is anything to take back: after a restart nobody knows. */
    private boolean touched;

    private PoolCreate(Site site, Entry entry, boolean touched) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.touched = touched;
    }

    static PoolCreate of(Site site, PoolRow row) {
        Map<String, String> input = Map.of("id", row.id().toString());
        return new PoolCreate(site, Entry.ofPool(OperationKind.POOL_CREATE, row.name(), input), false);
    }

    static PoolCreate again(Site site, Entry entry) {
        return new PoolCreate(site, entry, true);
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
        steps.once("find out how to reach it", this::settleProtocol);
        // Who mistypes an address finds nothing there that may ever have to be taken back.
        touched = false;
        steps.once("log in", () -> site.pools().get(id).array().enter());
        touched = true;
        steps.once("make the pool on the array", () -> {
            OpenPool pool = site.pools().get(id);
            site.recovery().make(id, record -> pool.array().createPool(pool.quota(), pool.owner(), record));
        });
        steps.once("make its folders", () -> site.layout().makePool(entry.pool()));
    }

    private void settleProtocol() {
        OpenPool pool = site.pools().get(id);
        Optional<Protocol> wished = pool.driver().protocol(pool.config());
        if (wished.isPresent()) {
            // Whether the array serves it, the first attachment shows, which has to ask for the portals anyway.
            site.links().require(wished.get());
            return;
        }
        Protocol found = pool.capabilities().protocols().stream()
                .filter(site.links()::speaks)
                .filter(protocol -> pool.array().target(protocol).isPresent())
                .findFirst()
                .orElseThrow(() -> Refused.unsupported("No mode is given for pool \"" + pool.name()
                        + "\", and none of " + pool.capabilities().protocols()
                        + " is served by the array and can be used on this host"));
        Map<String, String> config = pool.driver().withProtocol(pool.config(), found);
        site.database().write(tx -> {
            site.poolConfigs().put(tx, id, pool.driver().poolKeys(), config);
            return null;
        });
    }

    @Override
    public Pool done(Transaction tx) {
        tx.pools().settle(id, RowState.READY);
        return PoolRequests.show(site, tx, tx.pools().find(id).orElseThrow());
    }

    @Override
    public void failing(Transaction tx) {
        tx.pools().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        if (touched) {
            OpenPool pool = site.pools().get(id);
            try {
                pool.array().deletePool(pool.owner());
            } catch (ArrayUnreachable e) {
                throw e;
            } catch (ArrayException e) {
                // The pool of this name is somebody else's, or we are not allowed in at all: nothing of ours is there.
                LOG.log(Level.DEBUG, "Nothing to take back for pool {0}: {1}", entry.pool(), e.getMessage());
            }
        }
        site.layout().removePool(entry.pool());
    }

    @Override
    public void undone(Transaction tx) {
        PoolDelete.forget(site, tx, id);
    }
}
