package io.stowage.engine.journal;

import io.stowage.database.Transaction;
import io.stowage.engine.OperationProgress;
import java.util.Map;
import java.util.function.Consumer;

/** The steps of a piece of work, counted in the journal. */
public interface Steps {
    /** Does a step, unless the journal says that it was done before a restart. It may be done twice all the same. */
    void once(String name, Runnable step);

    /**
     * Adds values to the work's input, which a restart reads: what is only known while it runs.
     *
     * @param together rows that belong to them, in the same transaction; it may run more than once
     */
    void remember(Map<String, String> values, Consumer<Transaction> together);

    /**
     * The last step, from whose beginning on there is no way back: it is not cancelled, and what fails in it is tried again
     * until it succeeds, also after restarts.
     */
    void finish(String name, Runnable step);

    /** Where long work that may be cancelled hears of that, or of the server's stop, by an exception. */
    void heed();

    /** Says how far it is, for people. */
    void progress(String text);

    /**
     * Says how far a step is that takes time, and does as {@link #heed}.
     */
    void progress(String text, int percent);

    /**
     * Says how many bytes of a part of the work have passed, with their pace, and does as {@link #heed}.
     */
    void progress(OperationProgress.Stage stage, String part, long done, long total);

    /** The same where nobody knows how many bytes there will be. */
    void progress(OperationProgress.Stage stage, String part, long done);
}
