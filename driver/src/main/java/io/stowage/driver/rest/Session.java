package io.stowage.driver.rest;

import io.stowage.driver.ArrayException;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.Json;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session with an array: logs in when one is first wanted, and anew when the array has forgotten it. Safe for many
 * threads; only one of them logs in.
 *
 * @param <T> what the array knows the session by
 */
public final class Session<T> implements AutoCloseable {
    /** How one comes in and out. */
    public interface Door<T> {
        /** @throws ArrayException if the array doesn't let us in */
        T enter();

        /** The request for a call, in the name of a session. */
        WebRequest request(Call call, T ticket);

        /** Whether the array no longer knows the session. */
        boolean isForgotten(WebResponse answer);

        /** Says goodbye, whatever comes of it: open sessions burden the array. */
        void leave(T ticket);
    }

    private final Wire wire;
    private final Door<T> door;
    private final ReentrantLock loggingIn = new ReentrantLock();
    private volatile @Nullable T ticket;

    public Session(Wire wire, Door<T> door) {
        this.wire = wire;
        this.door = door;
    }

    /** A ticket; logs in if there is none. */
    public T ticket() {
        var known = ticket;
        return known != null ? known : renew(null);
    }

    /** A ticket other than this one, which the array no longer knows. */
    private T renew(@Nullable T stale) {
        loggingIn.lock();
        try {
            var known = ticket;
            if (known != null && known != stale) return known;
            ticket = null;
            var fresh = door.enter();
            ticket = fresh;
            return fresh;
        } finally {
            loggingIn.unlock();
        }
    }

    /** Does a call; the answer may be any but one that asks to come again later. */
    public WebResponse send(Call call) {
        var first = ticket();
        var answer = exchange(call, first);
        // Once: a session that is refused right after login will not get better by logging in again.
        return door.isForgotten(answer) ? exchange(call, renew(first)) : answer;
    }

    /** Logs in unless that was done. */
    public void enter() {
        ticket();
    }

    /** @throws ArrayException if nothing answers at the array's address; it is asked nothing */
    public void reach() {
        wire.reach();
    }

    private WebResponse exchange(Call call, T ticket) {
        var request = door.request(call, ticket);
        var body = call.body();
        return wire.send(call, body == null ? request : request.json(Json.write(body)));
    }

    /** Ends the session; a call after it begins another. */
    @Override
    public void close() {
        var known = ticket;
        ticket = null;
        if (known != null) door.leave(known);
        wire.close();
    }
}
