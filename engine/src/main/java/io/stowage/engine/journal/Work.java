package io.stowage.engine.journal;

import io.stowage.database.Transaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that was written down before it began. It is made from its {@link Entry} alone, by the request and again
 * after a restart; whatever it does may be done twice.
 *
 * @param <T> what it leads to
 */
public interface Work<T extends @Nullable Object> {
    Entry entry();

    /** Names of the leases it needs; taken in the order of their text. */
    List<String> locks();

    /** Does it, or what is left of it. */
    void run(Steps steps);

    /** Within the transaction that ends the operation well. */
    T done(Transaction tx);

    /** What is in the operation's metadata from its beginning. */
    default Map<String, String> announcement() {
        return Map.of();
    }

    /** What the caller is told in the operation's metadata beside that. */
    default Map<String, String> metadata(T result) {
        return Map.of();
    }

    /** After the operation ended well, for what may as well fail. */
    default void after() {}

    /** Within the transaction that notes the failure, before {@link #undo}: frees names. */
    default void failing(Transaction tx) {}

    /** Takes back what it did, on the array and on this host. */
    default void undo() {}

    /** Within the transaction that ends the operation badly. */
    default void undone(Transaction tx) {}

    /** Whether a caller may stop it: then it can be undone at each step. */
    default boolean mayCancel() {
        return false;
    }

    /** Whether it is gone on with, rather than undone, when the array is out of reach: there is no way back. */
    default boolean goesOn() {
        return false;
    }

    /** Whether it is finished after a restart of the server; else it is undone then. */
    default boolean survivesRestart() {
        return true;
    }
}
