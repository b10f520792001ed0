package io.stowage.array.core;

import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The units of an estate. What initiators see is kept ready, so that looking it up takes no lock. */
final class Units implements LogicalUnits {
    private final Estate estate;
    private final DiskStore store;
    private final Map<UUID, VolumeUnit> units = new HashMap<>(); // guarded by the estate's lock
    private final Map<String, NavigableMap<Integer, LogicalUnit>> visible = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Meters meters = new Meters();
    private final ReservationHome reservations;
    private volatile Map<String, NavigableMap<Integer, LogicalUnit>> visibleAtStart = Map.of();
    private volatile Set<UUID> full = Set.of();
    private volatile Room room = new Room(0, 0);

    Units(Estate estate, DiskStore store) {
        this.estate = estate;
        this.store = store;
        this.reservations = new ReservationHome(estate, watchers);
    }

    /** Makes visible what hosts could use before the array was started. */
    void open(Objects objects) {
        objects.hosts().forEach(host -> refresh(objects, host.initiators()));
        visibleAtStart = Map.copyOf(visible);
    }

    @Override
    public boolean wasVisibleBeforeStart(String initiator, LogicalUnit unit) {
        return visibleAtStart
                .getOrDefault(Host.folded(initiator), Collections.emptyNavigableMap())
                .containsValue(unit);
    }

    @Override
    public boolean knows(String initiator) {
        return estate.read(objects -> objects.hostOf(initiator)).isPresent();
    }

    @Override
    public NavigableMap<Integer, LogicalUnit> visibleTo(String initiator) {
        return visible.getOrDefault(Host.folded(initiator), Collections.emptyNavigableMap());
    }

    @Override
    public Optional<ChapCredentials> credentialsOf(String initiator) {
        return estate.read(objects -> objects.hostOf(initiator).flatMap(Host::chap));
    }

    @Override
    public Room room() {
        return room;
    }

    void keepFromGrowing(Set<UUID> volumes) {
        full = Set.copyOf(volumes);
    }

    void look(Room now) {
        var before = room;
        room = now;
        if (now.isLow() && !before.isLow()) {
            watchers.forEach(Watcher::roomLow);
        }
    }

    @Override
    public Meters meters() {
        return meters;
    }

    /** What was counted since the array's start; under the estate's lock. */
    LoadHistory.Totals totals() {
        var volumes = new HashMap<UUID, Load>();
        units.forEach((volume, unit) -> volumes.put(volume, unit.traffic().total()));
        return new LoadHistory.Totals(volumes, meters.loads());
    }

    @Override
    public Registration watch(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Makes a committed change visible; under the estate's write lock. */
    Changes publish(Objects objects, Draft draft) {
        var changed = refresh(objects, draft.initiators());
        var sizes = new ArrayList<Sized>();
        for (var volume : draft.resized()) {
            for (var connection : objects.connectionsOfVolume(volume)) {
                objects.hostsOf(connection).stream()
                        .flatMap(host -> host.initiators().stream())
                        .forEach(initiator -> sizes.add(new Sized(initiator, connection.lun())));
            }
        }
        units.keySet().removeIf(volume -> objects.volume(volume).isEmpty());
        return new Changes(watchers, changed, sizes);
    }

    /** Looks again at what these initiators see, and tells those for whom it is something else than before. */
    List<String> refresh(Objects objects, Collection<String> initiators) {
        var changed = new ArrayList<String>();
        for (var initiator : initiators) {
            var before = visibleTo(initiator);
            var after = unitsOf(objects, initiator);
            if (after.isEmpty()) {
                visible.remove(Host.folded(initiator));
            } else {
                visible.put(Host.folded(initiator), after);
            }
            if (!before.equals(after)) {
                changed.add(initiator);
            }
        }
        return changed;
    }

    private NavigableMap<Integer, LogicalUnit> unitsOf(Objects objects, String initiator) {
        var byLun = new TreeMap<Integer, LogicalUnit>();
        objects.hostOf(initiator)
                .map(Host::id)
                .map(objects::connectionsOfHost)
                .orElse(List.of())
                .forEach(connection -> objects.volume(connection.volume())
                        .ifPresent(volume -> byLun.put(connection.lun(), unit(objects, volume))));
        return Collections.unmodifiableNavigableMap(byLun);
    }

    private VolumeUnit unit(Objects objects, Volume volume) {
        return units.computeIfAbsent(volume.id(), id -> {
            var kept = objects.reservation(id).orElseGet(() -> Reservation.none(id));
            return new VolumeUnit(
                    volume.identity(),
                    store.require(volume.stored()),
                    kept,
                    reservations,
                    Condition.of(volume, protect -> keep(id, protect)),
                    () -> full.contains(id));
        });
    }

    private void keep(UUID volume, boolean writeProtected) throws IOException {
        try {
            estate.change(draft -> {
                draft.objects().volume(volume).ifPresent(there -> draft.put(there.withWriteProtected(writeProtected)));
                return writeProtected;
            });
        } catch (StoreException e) {
            throw new IOException("The write protection of a volume can't be kept: " + e.getMessage(), e);
        }
    }

    private record Sized(String initiator, int lun) {}

    /** What watchers have to be told, outside of the estate's lock. */
    record Changes(List<Watcher> watchers, List<String> units, List<Sized> sizes) {
        static final Changes NONE = new Changes(List.of(), List.of(), List.of());

        void tell() {
            for (var watcher : watchers) {
                Set.copyOf(units).forEach(watcher::unitsChanged);
                sizes.forEach(size -> watcher.sizeChanged(size.initiator(), size.lun()));
            }
        }
    }
}
