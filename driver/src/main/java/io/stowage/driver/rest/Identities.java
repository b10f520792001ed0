package io.stowage.driver.rest;

import io.stowage.driver.DeviceIdentity;
import io.stowage.model.ArrayName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities of volumes that the array has told of: a volume keeps its own for life, and its name has a UUID in it.
 * Temporary volumes of snapshots come and go under one name, so theirs are forgotten when they go.
 */
public final class Identities {
    private static final int MOST = 10_000;

    private final Map<ArrayName, DeviceIdentity> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ArrayName, DeviceIdentity> eldest) {
            return size() > MOST;
        }
    };

    public synchronized Optional<DeviceIdentity> find(ArrayName volume) {
        return Optional.ofNullable(known.get(volume));
    }

    public synchronized DeviceIdentity put(ArrayName volume, DeviceIdentity identity) {
        known.put(volume, identity);
        return identity;
    }

    public synchronized void forget(ArrayName volume) {
        known.remove(volume);
    }
}
