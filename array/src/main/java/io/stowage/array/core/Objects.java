package io.stowage.array.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All objects of one personality, for reading. Valid only within the {@link Estate#read} or {@link Estate#change} that
 * handed it out; what it returns is immutable and may be kept. Names are compared without regard to case.
 */
public class Objects {
    private record Place(Optional<UUID> container, String name) {}

    private final Index<String, Container> containersByName = Index.by(c -> List.of(Host.folded(c.name())));
    private final Index<Place, Volume> volumesByPlace =
            Index.by(v -> List.of(new Place(v.container(), Host.folded(v.name()))));
    private final Index<Optional<UUID>, Volume> volumesByContainer = Index.by(v -> List.of(v.container()));
    private final Index<UUID, Snapshot> snapshotsByVolume = Index.by(s -> List.of(s.volume()));
    private final Index<String, Host> hostsByName = Index.by(h -> List.of(Host.folded(h.name())));
    private final Index<String, Host> hostsByInitiator =
            Index.by(h -> h.initiators().stream().map(Host::folded).toList());
    private final Index<UUID, Connection> connectionsByHost = Index.by(c -> List.of(c.host()));
    private final Index<UUID, Connection> connectionsByVolume = Index.by(c -> List.of(c.volume()));
    private final Index<UUID, Tag> tagsByResource = Index.by(t -> List.of(t.resource()));

    private final Index<Instant, Container> containersByEnd =
            Index.sortedBy(c -> c.eradicateAt().stream().toList());
    private final Index<Instant, Volume> volumesByEnd =
            Index.sortedBy(v -> v.eradicateAt().stream().toList());
    private final Index<Instant, Snapshot> snapshotsByEnd =
            Index.sortedBy(s -> s.eradicateAt().stream().toList());

    final Table<Container> containers = new Table<>(containersByName, containersByEnd);
    final Table<Volume> volumes = new Table<>(volumesByPlace, volumesByContainer, volumesByEnd);
    final Table<Snapshot> snapshots = new Table<>(snapshotsByVolume, snapshotsByEnd);
    final Table<Host> hosts = new Table<>(hostsByName, hostsByInitiator);
    final Table<Connection> connections = new Table<>(connectionsByHost, connectionsByVolume);
    final Table<Tag> tags = new Table<>(tagsByResource);
    final Table<Setting> settings = new Table<>();
    final Table<Reservation> reservations = new Table<>();

    Objects() {}

    public Collection<Container> containers() {
        return containers.all();
    }

    public Optional<Container> container(UUID id) {
        return containers.get(id);
    }

    public Optional<Container> container(String name) {
        return containersByName.get(Host.folded(name)).stream().findFirst();
    }

    public Collection<Volume> volumes() {
        return volumes.all();
    }

    public Optional<Volume> volume(UUID id) {
        return volumes.get(id);
    }

    public Optional<Volume> volume(Optional<UUID> container, String name) {
        return volumesByPlace.get(new Place(container, Host.folded(name))).stream()
                .findFirst();
    }

    /** The volumes in a container, destroyed ones included. */
    public List<Volume> volumesIn(UUID container) {
        return volumesByContainer.get(Optional.of(container));
    }

    public Collection<Snapshot> snapshots() {
        return snapshots.all();
    }

    public Optional<Snapshot> snapshot(UUID id) {
        return snapshots.get(id);
    }

    public Optional<Snapshot> snapshot(UUID volume, String name) {
        return snapshotsOf(volume).stream()
                .filter(snapshot -> snapshot.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The snapshots of a volume, destroyed ones included, in the order of their creation. */
    public List<Snapshot> snapshotsOf(UUID volume) {
        return snapshotsByVolume.get(volume).stream()
                .sorted(Comparator.comparing(Snapshot::created))
                .toList();
    }

    public Collection<Host> hosts() {
        return hosts.all();
    }

    public Optional<Host> host(UUID id) {
        return hosts.get(id);
    }

    public Optional<Host> host(String name) {
        return hostsByName.get(Host.folded(name)).stream().findFirst();
    }

    /** The host that owns this IQN or NQN. */
    public Optional<Host> hostOf(String initiator) {
        return hostsByInitiator.get(Host.folded(initiator)).stream().findFirst();
    }

    public Collection<Connection> connections() {
        return connections.all();
    }

    public List<Connection> connectionsOfHost(UUID host) {
        return connectionsByHost.get(host);
    }

    public List<Connection> connectionsOfVolume(UUID volume) {
        return connectionsByVolume.get(volume);
    }

    public Optional<Connection> connection(UUID host, UUID volume) {
        return connectionsOfVolume(volume).stream()
                .filter(connection -> connection.host().equals(host))
                .findFirst();
    }

    /** The lowest LUN that is free on this host; empty when all are taken. */
    public Optional<Integer> freeLun(UUID host) {
        var taken = new BitSet();
        connectionsOfHost(host).forEach(connection -> taken.set(connection.lun()));
        var free = taken.nextClearBit(1);
        return free <= Connection.HIGHEST_LUN ? Optional.of(free) : Optional.empty();
    }

    public Collection<Tag> tags() {
        return tags.all();
    }

    public List<Tag> tagsOf(UUID resource) {
        return tagsByResource.get(resource);
    }

    public Optional<String> setting(String name) {
        return settings.get(Setting.idOf(name)).map(Setting::value);
    }

    /** The reservation of a volume that outlives restarts. */
    public Optional<Reservation> reservation(UUID volume) {
        return reservations.get(volume);
    }

    /** Everything whose time to be eradicated has come. */
    List<Destructible> expired(Instant now) {
        var expired = new ArrayList<Destructible>();
        collect(snapshotsByEnd, now, expired);
        collect(volumesByEnd, now, expired);
        collect(containersByEnd, now, expired);
        return expired;
    }

    private static <T extends Entity & Destructible> void collect(
            Index<Instant, T> index, Instant now, List<Destructible> expired) {
        for (var end : index.keys()) {
            if (end.isAfter(now)) {
                return;
            }
            expired.addAll(index.get(end));
        }
    }
}
