package io.stowage.array;

import io.stowage.array.core.Aborters;
import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.ControlSocket;
import io.stowage.array.fault.Controls;
import io.stowage.array.fault.Faults;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.flasharray.FlashArray;
import io.stowage.array.flasharray.Support;
import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.array.iscsi.Served;
import io.stowage.array.management.Personality;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.nvme.NvmeTarget;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreException;
import io.stowage.array.wsapi.Alletra;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A running array with all its parts. */
public final class ArrayInABox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ArrayInABox.class.getName());

    /** Closed in the opposite order of their start. */
    private final Deque<AutoCloseable> parts;

    private final ArrayEndpoints endpoints;
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Optional<FlashArray> flasharray;

    private ArrayInABox(Deque<AutoCloseable> parts, Running running) {
        this.parts = parts;
        this.endpoints = running.endpoints();
        this.flasharray = running.flasharray();
    }

    private record Running(ArrayEndpoints endpoints, Optional<FlashArray> flasharray) {}

    /**
     * Starts an array; when this returns it serves, and {@code endpoints.json} stands in its state folder.
     *
     * @throws BadOption the state folder is in use or unusable
     * @throws IOException an address can't be bound, or a file can't be written
     */
    public static ArrayInABox start(ArrayOptions options) throws BadOption, IOException {
        return start(options, InstantSource.system());
    }

    /** @param time drives eradication and the end of sessions */
    public static ArrayInABox start(ArrayOptions options, InstantSource time) throws BadOption, IOException {
        var parts = new ArrayDeque<AutoCloseable>();
        try {
            return new ArrayInABox(parts, assemble(options, time, parts));
        } catch (BadOption | IOException | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    private static Running assemble(ArrayOptions options, InstantSource time, Deque<AutoCloseable> parts)
            throws BadOption, IOException {
        var state = started(parts, StateFolder.take(options.state()));
        Files.deleteIfExists(state.endpoints()); // who finds it may rely on it
        var store = started(parts, open(options, state));
        var flasharray = options.flasharray().isPresent()
                ? Optional.of(FlashArray.open(store, time, options.restVersion()))
                : Optional.<FlashArray>empty();
        var alletra =
                options.alletra().isPresent() ? Optional.of(Alletra.open(store, time)) : Optional.<Alletra>empty();
        var personalities = Stream.of(flasharray, alletra)
                .<Personality>flatMap(Optional::stream)
                .toList();
        for (var personality : personalities) {
            started(parts, Chores.start("chores", Duration.ofMinutes(1), personality::doWhatIsDue));
            started(parts, Chores.start("measuring", Duration.ofSeconds(1), personality::measure));
        }
        var faults = new Faults();
        var served = personalities.stream()
                .map(personality -> new Served(personality.iqn(), personality.units()))
                .toList();
        var aborters = new Aborters();
        var target = started(parts, IscsiTarget.start(served, portals(options), faults, aborters));
        var nvme = started(parts, NvmeTarget.start(subsystems(personalities), doors(options), faults, aborters));
        var endpoints = ArrayEndpoints.none();
        var testing = new ArrayList<Surroundings>();
        for (var personality : personalities) {
            var address = personality instanceof FlashArray ? options.flasharray() : options.alletra();
            var certificate = ServerCertificate.ensure(
                    state.certificates(),
                    personality.name(),
                    List.of(address.orElseThrow().getAddress()),
                    List.of());
            var service = started(
                    parts,
                    personality.serve(
                            new Personality.Management(address.orElseThrow(), certificate, options.latency()),
                            portals(personality, target, nvme),
                            faults));
            testing.add(service.testing());
            endpoints = endpoints.with(
                    personality,
                    new InetSocketAddress(
                            address.orElseThrow().getAddress(),
                            service.server().addresses().getFirst().getPort()),
                    certificate,
                    target.addresses(),
                    nvme.addresses());
        }
        if (ControlSocket.canHave(state.control())) {
            started(
                    parts,
                    ControlSocket.open(state.control(), new Controls(faults, testing, List.of(new AccessKnob(nvme)))));
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No fault switches: the path {0} is too long for a socket",
                    state.control());
        }
        endpoints.write(state.endpoints());
        return new Running(endpoints, flasharray);
    }

    private static DiskStore open(ArrayOptions options, StateFolder state) throws BadOption {
        try {
            return DiskStore.open(state.store(), options.capacity().bytes());
        } catch (StoreException e) {
            throw new BadOption("The store in %s can't be opened: %s".formatted(state.store(), e.getMessage()));
        }
    }

    private static List<InetSocketAddress> portals(ArrayOptions options) {
        return options.portals().stream()
                .map(address -> new InetSocketAddress(address, options.ports().iscsi()))
                .toList();
    }

    private static List<Subsystems> subsystems(List<Personality> personalities) {
        return personalities.stream().map(Personality::subsystems).toList();
    }

    private static NvmeTarget.Doors doors(ArrayOptions options) {
        return new NvmeTarget.Doors(
                options.portals(), options.ports().nvme(), options.ports().discovery());
    }

    /** Where hosts reach what this personality serves. */
    private static DataPortals portals(Personality personality, IscsiTarget iscsi, NvmeTarget nvme) {
        var ports = DataPorts.of(Map.of(
                iscsi.addresses(),
                iscsi.portsOf(personality.iqn()),
                nvme.addresses(),
                nvme.portsOf(personality.subsystems())));
        return new DataPortals(iscsi.addresses(), nvme.addresses(), ports);
    }

    private static <T extends AutoCloseable> T started(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    /** How it is reached. */
    public ArrayEndpoints endpoints() {
        return endpoints;
    }

    /** What the data front ends of the FlashArray serve. */
    public LogicalUnits units() {
        return flasharray.orElseThrow().units();
    }

    /** What users of the FlashArray's API can't do. */
    public Support support() {
        return flasharray.orElseThrow().support();
    }

    /** Waits until it is closed. */
    void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all sessions, makes everything durable and lets go of the state folder. */
    @Override
    public void close() {
        close(parts);
        closed.countDown();
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) { // the other parts have to be closed all the same
                LOG.log(System.Logger.Level.WARNING, "A part of the array could not be closed", e);
            }
        }
    }
}
