package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Pool;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.engine.pool.OpenPool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives a pool another description and config. New addresses and credentials are tried first; the record comes last. */
final class PoolUpdate implements Work<Pool> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    PoolUpdate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    static PoolUpdate of(Site site, PoolRow row, String description, ConfigChange change) {
        Map<String, String> input = new HashMap<>(site.poolConfigs()
                .pack(row.id(), site.pools().driver(row.driver()).poolKeys(), change.set()));
        new ConfigChange(Map.of(), change.unset()).write(input);
        input.put("id", row.id().toString());
        if (!description.equals(row.description())) {
            input.put("description", description);
        }
        return new PoolUpdate(site, Entry.ofPool(OperationKind.POOL_UPDATE, row.name(), input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.poolLock(id));
    }

    private Map<String, String> changed(Map<String, String> present) {
        Map<String, String> set = site.poolConfigs().unpack(id, entry.input());
        return new ConfigChange(set, ConfigChange.read(entry.input()).unset()).of(present);
    }

    @Override
    public void run(Steps steps) {
        OpenPool now = site.pools().get(id);
        Map<String, String> config = changed(now.config());
        if (config.equals(now.config())) {
            return;
        }
        // What was accepted before may have changed it since this was.
        PoolRequests.check(site.pools().driver(now.row().driver()), now.name(), now.config(), config);
        OpenPool then = site.pools().trial(now.row(), config);
        try {
            if (!then.array().poolExists()) {
                throw Refused.badInput("The array of the new configuration has no pool \"" + now.name() + "\"");
            }
            if (!then.quota().equals(now.quota())) {
                steps.once("set the quota", () -> then.array().setQuota(then.quota()));
            }
        } finally {
            then.array().close();
        }
    }

    @Override
    public void undo() {
        OpenPool now = site.pools().get(id);
        if (!OpenPool.quota(changed(now.config())).equals(now.quota())) {
            now.array().setQuota(now.quota());
        }
    }

    @Override
    public Pool done(Transaction tx) {
        PoolRow row = tx.pools().find(id).orElseThrow();
        Map<String, String> config = changed(site.poolConfigs().get(tx, id));
        site.poolConfigs().put(tx, id, site.pools().driver(row.driver()).poolKeys(), config);
        String description = entry.input().get("description");
        if (description != null) {
            tx.pools().describe(id, description);
        }
        Recovery.touch(tx, row);
        return PoolRequests.show(site, tx, tx.pools().find(id).orElseThrow());
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }
}
