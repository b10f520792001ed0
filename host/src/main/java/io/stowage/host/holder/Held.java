package io.stowage.host.holder;

import io.stowage.system.ForeignDescriptor;
import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.util.LinkedHashMap;
import java.util.Map;

/** The descriptors that a holder keeps open, by key. Owned by the holder's only thread. */
final class Held {
    private final Map<String, Integer> descriptors = new LinkedHashMap<>();
    private final Map<String, Guard> guards = new LinkedHashMap<>();

    /** Opens the server's descriptor a second time; an older one under the key is let go. */
    void hold(String key, long pid, int descriptor) throws SystemError {
        int own = ForeignDescriptor.fetch(pid, descriptor);
        guards.remove(key);
        Integer older = descriptors.put(key, own);
        if (older != null) {
            Libc.close(older);
        }
    }

    void guard(String key, long pid, int connection) {
        guards.put(key, new Guard(pid, connection));
    }

    boolean guards() {
        return !guards.isEmpty();
    }

    /** Ends the file systems of servers that have died, or can't finish dying as they wait for just these. */
    void abortOfTheDead() {
        guards.values().removeIf(guard -> {
            boolean dead = guard.isOfTheDead();
            if (dead) {
                guard.abort();
            }
            return dead;
        });
    }

    void release(String key) {
        guards.remove(key);
        Integer own = descriptors.remove(key);
        if (own != null) {
            Libc.close(own);
        }
    }

    void releaseAll() {
        descriptors.values().forEach(Libc::close);
        descriptors.clear();
    }

    Map<String, Integer> all() {
        return descriptors;
    }

    boolean isEmpty() {
        return descriptors.isEmpty();
    }
}
