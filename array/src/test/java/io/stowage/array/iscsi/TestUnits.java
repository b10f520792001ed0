package io.stowage.array.iscsi;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Meters;
import io.stowage.array.core.Room;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Connections of units to initiators, made by the test. */
final class TestUnits implements LogicalUnits {
    private final Map<String, NavigableMap<Integer, LogicalUnit>> visible = new ConcurrentHashMap<>();
    private final Map<String, ChapCredentials> credentials = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Meters meters = new Meters();

    void connect(String initiator, int lun, FileUnit unit) {
        unit.tell(watchers);
        visible.merge(key(initiator), new TreeMap<>(Map.of(lun, unit)), (old, added) -> {
            NavigableMap<Integer, LogicalUnit> all = new TreeMap<>(old);
            all.putAll(added);
            return all;
        });
        watchers.forEach(watcher -> watcher.unitsChanged(initiator));
    }

    void require(String initiator, ChapCredentials proof) {
        credentials.put(key(initiator), proof);
    }

    void disconnect(String initiator, int lun) {
        visible.computeIfPresent(key(initiator), (name, old) -> {
            NavigableMap<Integer, LogicalUnit> left = new TreeMap<>(old);
            left.remove(lun);
            return left;
        });
        watchers.forEach(watcher -> watcher.unitsChanged(initiator));
    }

    void sizeChanged(String initiator, int lun) {
        watchers.forEach(watcher -> watcher.sizeChanged(initiator, lun));
    }

    int watchers() {
        return watchers.size();
    }

    @Override
    public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
        return Collections.unmodifiableNavigableMap(visible.getOrDefault(key(initiator), new TreeMap<>()));
    }

    @Override
    public Optional<ChapCredentials> credentialsOf(String initiator) {
        return Optional.ofNullable(credentials.get(key(initiator)));
    }

    @Override
    public Room room() {
        return new Room(512 << 20, 512 << 20);
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

    private static String key(String initiator) {
        return initiator.toLowerCase(Locale.ROOT);
    }
}
