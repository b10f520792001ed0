package io.stowage.engine;

import io.stowage.database.Transaction;

/** Hears of volumes that got another name or went to another pool or project, within the transaction that notes it. */
@FunctionalInterface
public interface MoveListener {
    void moved(Transaction tx, VolumeName from, VolumeName to);
}
