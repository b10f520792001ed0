package io.stowage.array.core;

import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreTransaction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that belongs to one personality. Its objects are visible only here; the store below and its capacity are shared.
 * Objects live in memory under one lock and, as records, in the store, where each change is one transaction together
 * with the data it is about. Objects whose time has come are eradicated before anybody can see them again.
 */
public final class Estate {
    private final DiskStore store;
    private final InstantSource time;
    private final Records records;
    private final Objects objects = new Objects();
    private final Units units;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final LoadHistory loads;
    private final ReentrantLock measuring = new ReentrantLock();

    private Estate(String name, DiskStore store, InstantSource time) {
        this.store = store;
        this.time = time;
        this.records = new Records(name);
        records.load(store, objects);
        this.units = new Units(this, store);
        this.loads = new LoadHistory(time.instant());
        units.open(objects);
    }

    /**
     * Opens what the store holds for this personality, or nothing.
     *
     * @param name of the personality, for example {@code flasharray}; never changes
     * @param time drives eradication
     */
    public static Estate open(String name, DiskStore store, InstantSource time) {
        return new Estate(name, store, time);
    }

    /** What data front ends see of it. */
    public LogicalUnits units() {
        return units;
    }

    /** Figures of space. */
    public Usage usage() {
        return new Usage(store);
    }

    /** What was read and written lately, as far as {@link #measure} has been called. */
    public LoadHistory loads() {
        return loads;
    }

    /** Looks how full the array is, and tells front ends when that has become a cause for concern. */
    public void lookAtRoom() {
        var space = store.space();
        units.look(new Room(space.used(), space.free()));
    }

    /** From now on these volumes, and no others, take nothing where they hold nothing yet: writing there is out of space. */
    public void keepFromGrowing(Set<UUID> volumes) {
        units.keepFromGrowing(volumes);
    }

    /** Adds what was read and written since the last time to {@link #loads}, unless that was within a second. */
    public void measure() {
        measuring.lock();
        try {
            var now = time.instant();
            if (loads.isDue(now)) {
                read(objects -> {
                    loads.add(
                            now,
                            units.totals(),
                            initiator -> objects.hostOf(initiator).map(Host::id));
                    return now;
                });
            }
        } finally {
            measuring.unlock();
        }
    }

    public InstantSource time() {
        return time;
    }

    /** Looks at the objects; all of what is seen belongs to one moment. */
    public <T> T read(Function<Objects, T> reading) {
        eradicateExpired();
        lock.readLock().lock();
        try {
            return reading.apply(objects);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Changes objects and data. When {@code change} throws, nothing has changed and the exception is passed on; when
     * this returns, everything is durable and front ends have been told.
     *
     * @throws io.stowage.array.store.StoreException the store is full or can't be written. If that came out only when
     *     the change was to be made durable (the host has no space), it stays made, for objects and data alike
     */
    public <T> T change(Function<Draft, T> change) {
        return change(change, (_, result) -> result);
    }

    /**
     * As {@link #change(Function)}, and looks at what the change has made before anybody else can change it again. What
     * takes time belongs here: during {@code change} itself all reads and writes of data wait.
     */
    public <C, T> T change(Function<Draft, C> change, BiFunction<Objects, C, T> then) {
        eradicateExpired();
        return apply(change, then);
    }

    private <C, T> T apply(Function<Draft, C> change, BiFunction<Objects, C, T> then) {
        Units.Changes changes;
        Supplier<C> result;
        lock.writeLock().lock();
        try {
            var draft = new Work();
            try {
                C made = store.transaction(transaction -> change.apply(draft.begin(transaction)));
                result = () -> made;
            } catch (RuntimeException e) {
                if (!draft.made) {
                    draft.undo();
                    throw e;
                }
                result = () -> {
                    throw e;
                };
            } catch (Error e) {
                draft.undo();
                throw e;
            }
            changes = draft.publish();
            lock.readLock().lock(); // before the write lock goes, so that nobody comes in between
        } finally {
            lock.writeLock().unlock();
        }
        try {
            changes.tell();
            return then.apply(objects, result.get());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Eradicates now what has expired, so that its space comes back although nobody looks. */
    public void eradicateExpired() {
        if (hasExpired()) {
            apply(this::eradicateExpired, (_, count) -> count);
        }
    }

    private int eradicateExpired(Draft draft) {
        var expired = objects.expired(draft.now());
        for (var object : expired) {
            if (isThere(object)) { // not eradicated with its volume or container before
                draft.eradicate(object);
            }
        }
        return expired.size();
    }

    private boolean hasExpired() {
        lock.readLock().lock();
        try {
            return !objects.expired(time.instant()).isEmpty();
        } finally {
            lock.readLock().unlock();
        }
    }

    private boolean isThere(Destructible object) {
        return switch (object) {
            case Container container -> objects.container(container.id()).isPresent();
            case VolumeGroup group -> objects.volumeGroup(group.id()).isPresent();
            case Volume volume -> objects.volume(volume.id()).isPresent();
            case Snapshot snapshot -> objects.snapshot(snapshot.id()).isPresent();
            case ProtectionGroup group -> objects.protectionGroup(group.id()).isPresent();
            case GroupSnapshot snapshot -> objects.groupSnapshot(snapshot.id()).isPresent();
        };
    }

    /** The one draft of a change, which exists as soon as the store's transaction has begun. */
    private final class Work {
        private Optional<Draft> draft = Optional.empty();
        private boolean made;

        Draft begin(StoreTransaction transaction) {
            transaction.whenMade(() -> made = true);
            var begun = new Draft(objects, transaction, records, time.instant());
            draft = Optional.of(begun);
            return begun;
        }

        void undo() {
            draft.ifPresent(Draft::undo);
        }

        Units.Changes publish() {
            return draft.map(done -> units.publish(objects, done)).orElse(Units.Changes.NONE);
        }
    }
}
