package io.stowage.host.remote;

import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.UnitMissing;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A live association with a target through one portal, over as many connections as its protocol needs. It dies once;
 * commands under way are lost then. Methods are the keeper's unless they say otherwise.
 */
public interface Link {
    /** Stands for every unit. */
    int ALL_UNITS = -1;

    /** Whether commands may be sent. By any thread. */
    boolean alive();

    /** Why it died. By any thread. */
    String epitaph();

    /**
     * Proves that a unit is the expected one.
     *
     * @throws UnitMissing there is none
     * @throws IdentityMismatch it is another one; nothing else was done with it
     * @throws IOException it could not be asked
     */
    ProvenUnit examine(int unit, ExpectedIdentity expected) throws IOException;

    /**
     * Does what is due: pings, answers. To be called often.
     *
     * @param changed takes the numbers of units of which the target says that they have changed, or {@link #ALL_UNITS}
     */
    void tend(IntConsumer changed);

    /** Whether the target, or what it says of this portal, asks us to leave. */
    boolean isDismissed();

    /**
     * Ends it in agreement with the target.
     *
     * @return whether the target vouches that nothing of this link will be carried out any more
     */
    boolean farewell(Duration patience);

    /**
     * Tells the target that we live, if the protocol has it that way and it is due. The watch's, about twice a second.
     *
     * @return why the link must be given up, if it must: it has been silent, or owes an answer, for too long
     */
    Optional<String> heartbeat();

    /** Ends it at once and for ever, and wakes who sends, receives or waits. By any thread. */
    void fail(IOException why);

    /**
     * After {@link #fail}: waits until the buffers of the commands are given back.
     *
     * @return whether the target vouches that nothing of this link will be carried out any more
     */
    boolean bury();

    /**
     * Receives until the link has died. Called once by each of the session's readers.
     *
     * @param reader from 0 to one less than {@link Dialer#readers}
     */
    void receive(int reader);
}
