package io.stowage.array;

import io.stowage.array.ArrayEndpoints.FlashArrayEndpoint;
import io.stowage.array.ArrayEndpoints.IscsiEndpoint;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.ControlSocket;
import io.stowage.array.fault.Controls;
import io.stowage.array.fault.Faults;
import io.stowage.array.flasharray.FlashArray;
import io.stowage.array.flasharray.Support;
import io.stowage.array.iscsi.IscsiTarget;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreException;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A running array with all its parts. */
public final class ArrayInABox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ArrayInABox.class.getName());

    /** The name of the certificate of the FlashArray's management API. */
    static final String CERTIFICATE = "flasharray";

    /** Closed in the opposite order of their start. */
    private final Deque<AutoCloseable> parts;

    private final ArrayEndpoints endpoints;
    private final CountDownLatch closed = new CountDownLatch(1);

    private final LogicalUnits units;
    private final Support support;

    private ArrayInABox(Deque<AutoCloseable> parts, Running running) {
        this.parts = parts;
        this.endpoints = running.endpoints();
        this.units = running.units();
        this.support = running.support();
    }

    private record Running(ArrayEndpoints endpoints, LogicalUnits units, Support support) {}

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
        var flasharray = FlashArray.open(store, time);
        started(parts, Chores.start("chores", Duration.ofMinutes(1), flasharray::doWhatIsDue));
        started(parts, Chores.start("measuring", Duration.ofSeconds(1), flasharray::measure));
        var faults = new Faults();
        var target = started(parts, IscsiTarget.start(flasharray.iqn(), portals(options), flasharray.units(), faults));
        var portals = target.addresses();
        var certificate = ServerCertificate.ensure(
                state.certificates(), CERTIFICATE, List.of(options.flasharray().getAddress()), List.of());
        var management =
                new FlashArray.Management(options.flasharray(), certificate, options.restVersion(), options.latency());
        var service = started(parts, flasharray.serve(management, portals, target, faults));
        if (ControlSocket.canHave(state.control())) {
            started(parts, ControlSocket.open(state.control(), new Controls(faults, service.testing())));
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No fault switches: the path {0} is too long for a socket",
                    state.control());
        }
        var endpoints =
                endpoints(flasharray, options.flasharray().getAddress(), service.server(), certificate, portals);
        endpoints.write(state.endpoints());
        return new Running(endpoints, flasharray.units(), flasharray.support());
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
                .map(address -> new InetSocketAddress(address, options.iscsiPort()))
                .toList();
    }

    private static ArrayEndpoints endpoints(
            FlashArray flasharray,
            InetAddress address,
            WebServer server,
            ServerCertificate certificate,
            List<InetSocketAddress> portals) {
        var bound = new InetSocketAddress(address, server.addresses().getFirst().getPort());
        return new ArrayEndpoints(new FlashArrayEndpoint(
                "https://" + ArrayEndpoints.text(bound),
                certificate.path().toString(),
                flasharray.apiToken(),
                new IscsiEndpoint(
                        flasharray.iqn(),
                        portals.stream().map(ArrayEndpoints::text).toList())));
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
        return units;
    }

    /** What users of the FlashArray's API can't do. */
    public Support support() {
        return support;
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
