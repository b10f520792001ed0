package io.stowage.array.wsapi.rest;

import io.stowage.array.management.Behaviour;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Who is logged in (section 2). Sessions don't outlive the process, as they don't outlive a node. Thread-safe. */
public final class Sessions {
    /** After so much silence a session ends. */
    static final Duration IDLE = Duration.ofMinutes(15);

    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstantSource time;
    private final Behaviour.Current behaviour;
    private final Map<String, Session> byKey = new HashMap<>();

    /** A session: the array carries its requests out one after the other. */
    private static final class Session {
        private final Account account;
        private final Instant begun;
        private final ReentrantLock turn = new ReentrantLock(true);
        private Instant lastUse;

        private Session(Account account, Instant begun) {
            this.account = account;
            this.begun = begun;
            this.lastUse = begun;
        }
    }

    public Sessions(InstantSource time, Behaviour.Current behaviour) {
        this.time = time;
        this.behaviour = behaviour;
    }

    /**
     * A new session of this account; returns its key.
     *
     * @throws Refusal there are as many as there may be
     */
    synchronized String begin(Account account) {
        var now = time.instant();
        byKey.values().removeIf(session -> isOver(session, now));
        if (byKey.size() >= behaviour.get().sessionLimit()) {
            throw Problem.SVC_UNAVAIL.refusal();
        }
        var random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        var key = "0-" + HexFormat.of().formatHex(random);
        byKey.put(key, new Session(account, now));
        return key;
    }

    /** Held while a request of the session is carried out. */
    synchronized Optional<Lock> turn(String key) {
        return Optional.ofNullable(byKey.get(key)).map(session -> session.turn);
    }

    /**
     * Keeps a session from ending through silence; returns whose it is.
     *
     * @throws Refusal there is no session with this key, or it is over
     */
    synchronized Account use(String key) {
        var now = time.instant();
        var session = byKey.get(key);
        if (session == null || isOver(session, now)) {
            byKey.remove(key);
            throw Problem.INV_SESS_KEY.refusal();
        }
        session.lastUse = now;
        return session.account;
    }

    private boolean isOver(Session session, Instant now) {
        return session.lastUse.plus(IDLE).isBefore(now)
                || behaviour
                        .get()
                        .sessionLifetime()
                        .filter(longest -> session.begun.plus(longest).isBefore(now))
                        .isPresent();
    }

    synchronized void end(String key) {
        byKey.remove(key);
    }

    /** Ends all, as when another node takes over. */
    public synchronized void endAll() {
        byKey.clear();
    }

    /** How many there may be. */
    public int limit() {
        return behaviour.get().sessionLimit();
    }

    /** How many there are. */
    public synchronized int count() {
        return byKey.size();
    }
}
