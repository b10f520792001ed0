package io.stowage.host.holder;

import io.stowage.system.ForeignDescriptor;
import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.util.LinkedHashMap;
import java.util.Map;

/** The descriptors that a holder keeps open, by key. Owned by the holder's only thread. */
final class Held {
    private final Map<String, Integer> descriptors = new LinkedHashMap<>();

    /** Opens the server's descriptor a second time; an older one under the key is let go. */
    void hold(String key, long pid, int descriptor) throws SystemError {
        int own = ForeignDescriptor.fetch(pid, descriptor);
        Integer older = descriptors.put(key, own);
        if (older != null) {
            Libc.close(older);
        }
    }

    void release(String key) {
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
