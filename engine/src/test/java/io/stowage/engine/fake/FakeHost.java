package io.stowage.engine.fake;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The kernel of the host in memory: devices and mounts outlive the server that made them. Safe for many threads. */
public final class FakeHost {
    /** Key to device. */
    final Map<String, Device> devices = new ConcurrentSkipListMap<>();
    /** Folder to device and options. */
    final Map<Path, Mounted> mounts = new ConcurrentSkipListMap<>();

    /** Devices that nobody may write to. */
    final Set<Path> closed = new ConcurrentSkipListSet<>();

    final Set<Path> frozen = new ConcurrentSkipListSet<>();
    final Set<String> attachedNow = new ConcurrentSkipListSet<>();
    int identities;

    record Device(String key, FakeStore.Unit unit) {
        Path path() {
            return Path.of("/dev/fake", key);
        }
    }

    record Mounted(Path device, String options) {}

    /** Becomes what another is, after the process there was killed that had its devices. */
    void become(FakeHost other, FakeStore.Units copies) {
        forget();
        other.devices.forEach((key, device) -> devices.put(key, new Device(key, copies.of(device.unit()))));
        mounts.putAll(other.mounts);
        closed.addAll(other.closed);
        frozen.addAll(other.frozen);
        identities = other.identities;
    }

    /** As after a restart of the machine. */
    void forget() {
        devices.clear();
        mounts.clear();
        closed.clear();
        frozen.clear();
        attachedNow.clear();
    }

    @Nullable
    Device at(Path path) {
        return devices.values().stream()
                .filter(device -> device.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    boolean isMounted(Path device) {
        return mounts.values().stream().anyMatch(mounted -> mounted.device().equals(device));
    }
}
