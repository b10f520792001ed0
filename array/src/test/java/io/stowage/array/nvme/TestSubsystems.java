package io.stowage.array.nvme;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Meters;
import io.stowage.array.core.Room;
import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Subsystems and what hosts see in them, made by the test: a host may connect to all of them once it has a unit. */
final class TestSubsystems implements Subsystems, LogicalUnits {
    static final String NQN = "nqn.2010-06.com.purestorage:flasharray.test";

    private final TreeMap<Integer, LogicalUnit> none = new TreeMap<>();
    private final ConcurrentHashMap<String, NavigableMap<Integer, LogicalUnit>> visible = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();
    private final Map<String, ChapCredentials> credentials = new ConcurrentHashMap<>();
    private final Meters meters = new Meters();
    private final Subsystem subsystem =
            new Subsystem(NQN, "A1B2C3D4E5F60718", "Pure Storage FlashArray", "6.4.10", 0x24A937, this);

    void connect(String host, int namespace, LogicalUnit unit) {
        visible.compute(host, (_, old) -> {
            var all = new TreeMap<>(old == null ? none : old);
            all.put(namespace, unit);
            return all;
        });
        watchers.forEach(watcher -> watcher.unitsChanged(host));
    }

    void disconnect(String host, int namespace) {
        visible.computeIfPresent(host, (_, old) -> {
            var left = new TreeMap<>(old);
            left.remove(namespace);
            return left;
        });
        watchers.forEach(watcher -> watcher.unitsChanged(host));
    }

    /** Has a host not find the subsystem any more, though it may connect to it. */
    void hide(String host) {
        hidden.add(host);
        watchers.forEach(watcher -> watcher.unitsChanged(host));
    }

    /** Has a host prove who it is from now on. */
    void require(String host, ChapCredentials proof) {
        credentials.put(host, proof);
    }

    int watchers() {
        return watchers.size();
    }

    @Override
    public boolean exists(String nqn) {
        return NQN.equals(nqn);
    }

    @Override
    public Optional<Subsystem> find(String nqn, String host) {
        return exists(nqn) && visible.containsKey(host) ? Optional.of(subsystem) : Optional.empty();
    }

    @Override
    public List<Subsystem> listedTo(String host) {
        return new ArrayList<>(hidden.contains(host) ? List.of() : List.of(subsystem));
    }

    @Override
    public LogicalUnits units() {
        return this;
    }

    @Override
    public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
        return Collections.unmodifiableNavigableMap(visible.getOrDefault(initiator, none));
    }

    @Override
    public Optional<ChapCredentials> credentialsOf(String initiator) {
        return Optional.ofNullable(credentials.get(initiator));
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Room room() {
        return new Room(512 << 20, 512 << 20);
    }

    @Override
    public Registration watch(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
