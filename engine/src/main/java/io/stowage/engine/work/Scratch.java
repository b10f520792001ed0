package io.stowage.engine.work;

import io.stowage.database.Transaction;
import java.nio.file.Path;
import java.util.UUID;

/** Mounts of the server's own that last a moment. */
final class Scratch {
    private Scratch() {}

    /** Ends one of them; repeatable. */
    static void leave(Site site, UUID id) {
        site.files().unmount(site.layout().scratch(id));
        site.layout().removeScratch(id);
    }

    /** Whether somebody reads a snapshot, or fills a volume, of this id. */
    static boolean isWanted(Transaction tx, UUID id) {
        return tx.volumes().find(id).isPresent()
                || tx.readings().list().stream().anyMatch(row -> row.id().equals(id));
    }

    /** Ends one that an earlier life of this server has left, whatever it was for. */
    static void leave(Site site, Path left) {
        site.files().unmount(site.layout().mountIn(left));
        site.files().unmount(left);
        site.layout().removeScratch(left);
    }
}
