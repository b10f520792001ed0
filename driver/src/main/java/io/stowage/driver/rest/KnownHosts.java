package io.stowage.driver.rest;

import io.stowage.driver.Initiator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host objects of one array that we have made or found, by their initiators: so that they needn't be looked for each
 * time. Shared by the pools on it. What is known may be out of date: then the array says that there is no such host.
 *
 * @param <T> what is known of a host object
 */
public final class KnownHosts<T> {
    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final HostLocks locks;

    public KnownHosts(HostLocks locks) {
        this.locks = locks;
    }

    /** Held by who may delete the host object, and by who must be sure that nobody does. */
    public HostLocks.Held hold(Initiator initiator) {
        return locks.hold(initiator);
    }

    public Optional<T> find(Initiator initiator) {
        return Optional.ofNullable(known.get(key(initiator)));
    }

    public T put(Initiator initiator, T host) {
        known.put(key(initiator), host);
        return host;
    }

    public void forget(Initiator initiator) {
        known.remove(key(initiator));
    }

    private static String key(Initiator initiator) {
        return initiator.qualifiedName().toLowerCase(Locale.ROOT);
    }
}
