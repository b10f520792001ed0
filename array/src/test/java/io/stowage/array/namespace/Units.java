package io.stowage.array.namespace;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Meters;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import io.stowage.array.core.Room;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What hosts see, as a test wants it; changes are told as an array tells them. */
final class Units implements LogicalUnits, LogicalUnits.Watcher {
    private final Map<String, NavigableMap<Integer, LogicalUnit>> visible = new ConcurrentHashMap<>();
    private final Meters meters = new Meters();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    void connect(String host, int id, LogicalUnit unit) {
        NavigableMap<Integer, LogicalUnit> now = new TreeMap<>(visibleTo(host));
        now.put(id, unit);
        visible.put(host, now);
        unitsChanged(host);
    }

    void disconnect(String host, int id) {
        NavigableMap<Integer, LogicalUnit> now = new TreeMap<>(visibleTo(host));
        now.remove(id);
        visible.put(host, now);
        unitsChanged(host);
    }

    @Override
    public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
        return visible.getOrDefault(initiator, new TreeMap<>());
    }

    @Override
    public Optional<ChapCredentials> credentialsOf(String initiator) {
        return Optional.empty();
    }

    @Override
    public Room room() {
        return new Room(1L << 40, 1L << 40);
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Registration watch(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void unitsChanged(String initiator) {
        watchers.forEach(watcher -> watcher.unitsChanged(initiator));
    }

    @Override
    public void sizeChanged(String initiator, int lun) {
        watchers.forEach(watcher -> watcher.sizeChanged(initiator, lun));
    }

    @Override
    public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
        watchers.forEach(watcher -> watcher.reservationChanged(unit, registrant, event));
    }
}
