package io.stowage.array.iscsi;

import io.stowage.array.core.Logins.Login;
import io.stowage.array.core.Meter;
import io.stowage.array.scsi.Nexus;
import io.stowage.iscsi.login.InitiatorIdentity;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An initiator that is logged in, through its one connection.
 *
 * <p>A session is <em>quiet</em> when none of its commands can touch a unit any more. Only then may a session that
 * replaces it begin: an initiator relies on this to fence commands that still sat in a dead connection.
 */
final class Session {

    /**
     * What makes two sessions the same to RFC 7143, section 6.3.5.
     *
     * @param initiator name in lower case
     * @param isid the initiator's part of the session identifier
     * @param tag target portal group tag
     */
    record Key(String initiator, long isid, int tag) {
        static Key of(InitiatorIdentity identity, int tag) {
            return new Key(
                    identity.initiator().toLowerCase(Locale.ROOT),
                    identity.isid().value(),
                    tag);
        }
    }

    private final Key key;
    private final InitiatorIdentity identity;
    private final int tsih;
    private final Connection connection;
    private final Target target;
    private final Nexus nexus;
    private final Meter meter;
    private final Tasks tasks = new Tasks();
    private final CountDownLatch quiet = new CountDownLatch(1);

    Session(
            Key key,
            InitiatorIdentity identity,
            int tsih,
            Connection connection,
            Target target,
            Nexus nexus,
            Meter meter) {
        this.key = key;
        this.identity = identity;
        this.tsih = tsih;
        this.connection = connection;
        this.target = target;
        this.nexus = nexus;
        this.meter = meter;
    }

    Key key() {
        return key;
    }

    InitiatorIdentity identity() {
        return identity;
    }

    /** As management APIs show it. */
    Login login() {
        return new Login(
                identity.initiator(), connection.peer(), connection.portal().address());
    }

    int tsih() {
        return tsih;
    }

    Connection connection() {
        return connection;
    }

    /** Whose units it is for. */
    Target target() {
        return target;
    }

    Nexus nexus() {
        return nexus;
    }

    /** Counts what the session reads and writes. */
    Meter meter() {
        return meter;
    }

    /** The commands under way. */
    Tasks tasks() {
        return tasks;
    }

    /** Where responses go; nothing until the first command can come. */
    Optional<Outbox> outbox() {
        return connection.outbox();
    }

    /** Begins to end the session. */
    void end() {
        connection.close();
    }

    /** Says that no command of the session can touch a unit any more. */
    void markQuiet() {
        quiet.countDown();
    }

    /** Waits until the session is quiet; false if the time is over. */
    boolean awaitQuiet(Duration time) {
        try {
            return quiet.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
