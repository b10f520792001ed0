package io.stowage.engine.host;

import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayTarget;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.Initiator;
import io.stowage.driver.Mapping;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.pool.OpenPool;
import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.AttachRequest.Sharing;
import io.stowage.host.connector.AttachedDevice;
import io.stowage.host.connector.Connector;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.model.ArrayName;
import io.stowage.model.Protocol;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The array's volumes that are block devices on this host: each connected once, and kept as long as somebody holds it. A
 * user's attachment holds its volume under its own id, work that needs the device for a moment under one made for it. Who
 * calls has the volume's lease, so that one volume is never connected and disconnected at once.
 */
public final class Links {
    private static final System.Logger LOG = System.getLogger(Links.class.getName());

    private final Map<Protocol, Connector> connectors;
    private final String server;
    private final Map<ArrayName, Link> links = new HashMap<>();
    /** Volumes that are being connected or disconnected now. */
    private final Set<ArrayName> changing = new HashSet<>();
    /** Temporary volumes that work on this host makes, uses and deletes. */
    private final Set<ArrayName> claimed = new HashSet<>();

    /** Pools in which something may be connected that should not be, as it could not be disconnected. */
    private final Set<UUID> untidy = new HashSet<>();

    private record Link(UUID pool, AttachedDevice device, Set<UUID> holders) {}

    /** @param server the name that host objects on arrays are named after */
    public Links(List<Connector> connectors, String server) {
        this.connectors = connectors.stream().collect(Collectors.toMap(Connector::protocol, Function.identity()));
        this.server = server;
    }

    /**
     * The connector that a pool of this protocol needs.
     *
     * @throws Refused UNSUPPORTED with what is missing on this host
     */
    public Connector require(Protocol protocol) {
        @Nullable Connector connector = connectors.get(protocol);
        if (connector == null) {
            throw Refused.unsupported("This server has no connector for mode \"" + protocol + "\" (it has "
                    + connectors.keySet().stream().map(Protocol::word).sorted().toList() + ")");
        }
        List<String> missing = connector.missing();
        if (!missing.isEmpty()) {
            throw Refused.unsupported(
                    "Mode \"" + protocol + "\" can't be used on this host: " + String.join("; ", missing));
        }
        return connector;
    }

    /** Whether this host can speak it. */
    public boolean speaks(Protocol protocol) {
        @Nullable Connector connector = connectors.get(protocol);
        return connector != null && connector.missing().isEmpty();
    }

    /**
     * The device of a volume that stays until it is released; one left by an earlier life of this server is carried on. It
     * goes with this life unless it is kept ({@link #keep}).
     */
    public Path attach(OpenPool pool, ArrayName name, boolean shared, UUID holder) {
        return acquire(pool, name, shared, holder, true);
    }

    private Path acquire(OpenPool pool, ArrayName name, boolean shared, UUID holder, boolean carryOn) {
        beginChange(name);
        try {
            @Nullable Link known = link(name);
            if (known != null) {
                synchronized (links) {
                    known.holders().add(holder);
                }
                return known.device().path();
            }
            Connector connector = require(pool.protocol());
            if (!carryOn) {
                // What an interrupted piece of work still does with an old device must not meet what is done now.
                Failures.ioAction(() -> connector.abandon(key(name)));
            }
            AttachedDevice device = connect(pool, connector, name, shared);
            synchronized (links) {
                links.put(name, new Link(pool.row().id(), device, new HashSet<>(Set.of(holder))));
            }
            return device.path();
        } finally {
            endChange(name);
        }
    }

    private @Nullable Link link(ArrayName name) {
        synchronized (links) {
            return links.get(name);
        }
    }

    private void beginChange(ArrayName name) {
        boolean interrupted = false;
        synchronized (links) {
            while (!changing.add(name)) {
                try {
                    links.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endChange(ArrayName name) {
        synchronized (links) {
            changing.remove(name);
            links.notifyAll();
        }
    }

    private AttachedDevice connect(OpenPool pool, Connector connector, ArrayName name, boolean shared) {
        ArrayTarget target = pool.target();
        try {
            return connect(pool, connector, name, shared, target);
        } catch (RuntimeException e) {
            // What was known of the target may be out of date.
            if (pool.askTarget().equals(target)) {
                throw e;
            }
            LOG.log(Level.INFO, "The target of pool {0} has changed: {1}", pool.name(), e.getMessage());
        }
        return connect(pool, connector, name, shared, pool.target());
    }

    private AttachedDevice connect(
            OpenPool pool, Connector connector, ArrayName name, boolean shared, ArrayTarget target) {
        Mapping mapping = map(pool, connector, name);
        try {
            AttachRequest request = new AttachRequest(
                    key(name),
                    new RemoteTarget(qualifiedName(pool, connector, target, mapping), target.portals()),
                    mapping.unit(),
                    identity(pool, mapping),
                    shared ? Sharing.SHARED : Sharing.EXCLUSIVE);
            return Failures.io(() -> connector.attach(request));
        } catch (RuntimeException e) {
            try {
                unmap(pool, connector, name);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private Mapping map(OpenPool pool, Connector connector, ArrayName name) {
        try {
            return pool.array().map(initiator(pool, connector), name);
        } catch (ArrayUnreachable e) {
            // Only its answer may be lost.
            noteUntidy(pool.row().id());
            throw e;
        }
    }

    /** As the array has told it; else as its portals list it, which costs the array's management nothing; else asked. */
    private String qualifiedName(OpenPool pool, Connector connector, ArrayTarget target, Mapping mapping) {
        return mapping.target()
                .or(target::qualifiedName)
                .or(() -> pool.driver().targetAmong(connector.listed(target.portals())))
                .or(() -> pool.array().mappings(initiator(pool, connector)).stream()
                        .filter(seen -> seen.volume().equals(mapping.volume()))
                        .flatMap(seen -> seen.target().stream())
                        .findFirst())
                .orElseThrow(() -> new Refused(
                        Refused.Kind.UNAVAILABLE,
                        "The array of pool \"" + pool.name() + "\" does not tell the name of its target"));
    }

    private static ExpectedIdentity identity(OpenPool pool, Mapping mapping) {
        return new ExpectedIdentity(
                pool.protocol() == Protocol.ISCSI
                        ? mapping.identity().naa()
                        : mapping.identity().nguid());
    }

    /** Lets go of a volume; with the last holder the device goes and the array hides the volume from this host. */
    public void release(OpenPool pool, ArrayName name, UUID holder) {
        synchronized (links) {
            @Nullable Link link = links.get(name);
            if (link != null) {
                link.holders().remove(holder);
                if (!link.holders().isEmpty()) {
                    return;
                }
            }
        }
        drop(pool, name);
    }

    /** Disconnects a volume however it is connected, also by an earlier life of this server; repeatable. */
    public void drop(OpenPool pool, ArrayName name) {
        beginChange(name);
        try {
            disconnect(pool, name);
        } finally {
            endChange(name);
        }
    }

    /** The same for a volume of which nobody knows that it is connected; the array is not asked. */
    public void dropIfConnected(OpenPool pool, ArrayName name) {
        if (device(name).isPresent() || isLeftBehind(pool, name) || isUntidy(pool)) {
            drop(pool, name);
        }
    }

    private void disconnect(OpenPool pool, ArrayName name) {
        Connector connector = require(pool.protocol());
        // The device goes before the array hides the volume: taken away underneath, its users would hang.
        Failures.ioAction(() -> {
            for (AttachedDevice device : connector.attached()) {
                if (device.key().equals(key(name))) {
                    device.detach();
                }
            }
            connector.abandon(key(name));
        });
        synchronized (links) {
            links.remove(name);
        }
        unmap(pool, connector, name);
    }

    private void unmap(OpenPool pool, Connector connector, ArrayName name) {
        try {
            pool.array().unmap(initiator(pool, connector), name);
        } catch (RuntimeException e) {
            synchronized (links) {
                untidy.add(pool.row().id());
            }
            throw e;
        }
    }

    /** Says that something may be left in a pool that nobody wants. */
    public void noteUntidy(UUID pool) {
        synchronized (links) {
            untidy.add(pool);
        }
    }

    private boolean isUntidy(OpenPool pool) {
        synchronized (links) {
            return untidy.contains(pool.row().id());
        }
    }

    /** Pools that are worth a {@link #tidy}, since the last time it was asked; what is just being done is no reason. */
    public Set<UUID> takeUntidy() {
        synchronized (links) {
            Set<UUID> taken = new HashSet<>(untidy);
            untidy.clear();
            links.forEach((name, link) -> {
                if (link.holders().isEmpty() && !changing.contains(name)) {
                    taken.add(link.pool());
                }
            });
            return taken;
        }
    }

    /** Does something with the device of a volume that may be unconnected before and after. */
    public void use(OpenPool pool, ArrayName name, boolean shared, Consumer<Path> work) {
        UUID holder = UUID.randomUUID();
        Path device = acquire(pool, name, shared, holder, false);
        try {
            work.accept(device);
        } catch (RuntimeException e) {
            try {
                release(pool, name, holder);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        try {
            release(pool, name, holder);
        } catch (ArrayException e) {
            // The device is gone, and the work is done; the pool is noted as untidy.
            LOG.log(Level.WARNING, "{0} is hidden from this host later: {1}", name, e.getMessage());
        }
    }

    /** Lets the device of a connected volume outlive this server: what users do with it waits for the next one. */
    public void keep(ArrayName name) {
        @Nullable Link link = link(name);
        if (link != null) {
            link.device().keep();
        }
    }

    /** The device of a volume that is connected here. */
    public Optional<Path> device(ArrayName name) {
        synchronized (links) {
            return Optional.ofNullable(links.get(name))
                    .map(link -> link.device().path());
        }
    }

    /** Where a volume that is connected here may have something else than zeroes, as far as its target tells. */
    public Optional<ExtentMap> data(ArrayName name) {
        @Nullable Link link = link(name);
        return link == null ? Optional.empty() : link.device().data();
    }

    /** Keeps a volume from being taken for a stray one until {@link #giveUp}, also while it isn't connected. */
    public void claim(ArrayName name) {
        synchronized (links) {
            claimed.add(name);
        }
    }

    public void giveUp(ArrayName name) {
        synchronized (links) {
            claimed.remove(name);
        }
    }

    public boolean isClaimed(ArrayName name) {
        synchronized (links) {
            return claimed.contains(name);
        }
    }

    /** Whether a volume is connected here for this holder. */
    public boolean holds(ArrayName name, UUID holder) {
        synchronized (links) {
            @Nullable Link link = links.get(name);
            return link != null && link.holders().contains(holder);
        }
    }

    /** Lets the device of a connected volume become as large as the volume is on the array. */
    public void grow(ArrayName name, long bytes) {
        AttachedDevice device;
        synchronized (links) {
            @Nullable Link link = links.get(name);
            if (link == null) {
                return;
            }
            device = link.device();
        }
        Failures.ioAction(() -> device.grow(bytes));
    }

    /** Whether an earlier life of this server left a device of this volume. */
    public boolean isLeftBehind(OpenPool pool, ArrayName name) {
        return Failures.io(() -> require(pool.protocol()).leftBehind().contains(key(name)));
    }

    /** Ends devices of an earlier life that nobody wants any more. */
    public void abandonAllBut(Set<ArrayName> wanted) {
        Set<String> keys = wanted.stream().map(Links::key).collect(Collectors.toSet());
        for (Connector connector : connectors.values()) {
            Failures.ioAction(() -> {
                for (String key : connector.leftBehind()) {
                    if (!keys.contains(key)) {
                        connector.abandon(key);
                    }
                }
            });
        }
    }

    /** Removes connections of our host object, and devices, that nobody wants. */
    public void tidy(OpenPool pool, Set<ArrayName> wanted) {
        Connector connector = require(pool.protocol());
        Set<ArrayName> found = new HashSet<>();
        pool.array().mappings(initiator(pool, connector)).forEach(mapping -> found.add(mapping.volume()));
        synchronized (links) {
            links.forEach((name, link) -> {
                if (link.pool().equals(pool.row().id())) {
                    found.add(name);
                }
            });
        }
        found.removeAll(wanted);
        found.forEach(name -> dropUnused(pool, name));
    }

    /** Disconnects a volume if nobody uses it now. */
    public void dropUnused(OpenPool pool, ArrayName name) {
        synchronized (links) {
            @Nullable Link link = links.get(name);
            if ((link != null && !link.holders().isEmpty()) || !changing.add(name)) {
                return;
            }
        }
        try {
            LOG.log(Level.INFO, "Removing the stray connection of {0} in pool {1}", name, pool.name());
            disconnect(pool, name);
        } finally {
            endChange(name);
        }
    }

    /** Takes every device of this host away, as at its shutdown; the array keeps what it shows us. */
    public void takeDown() {
        for (Connector connector : connectors.values()) {
            Failures.ioAction(connector::detachAll);
        }
        synchronized (links) {
            links.clear();
        }
    }

    /** The name of a device over restarts: the array's name of the volume has a UUID in it. */
    private static String key(ArrayName name) {
        return name.toString();
    }

    private Initiator initiator(OpenPool pool, Connector connector) {
        return new Initiator(pool.protocol(), connector.initiatorName(), server);
    }
}
