package io.stowage.engine.journal;

/** The steps of a piece of work, counted in the journal. */
public interface Steps {
    /** Does a step, unless the journal says that it was done before a restart. It may be done twice all the same. */
    void once(String name, Runnable step);

    /** Says how far it is, for people. */
    void progress(String text);

    /**
     * Says how far a step is that takes time. Where the work may be cancelled this is where it hears of that, by an exception
     * that ends the step; so it does when the server stops.
     */
    void progress(String text, int percent);
}
