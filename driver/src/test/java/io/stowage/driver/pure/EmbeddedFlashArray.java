package io.stowage.driver.pure;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Faults;
import io.stowage.array.flasharray.ApiVersion;
import io.stowage.array.flasharray.FlashArray;
import io.stowage.array.management.Personality;
import io.stowage.array.store.DiskStore;
import io.stowage.driver.ArrayUnderTest;
import io.stowage.driver.Initiator;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.Relay;
import io.stowage.driver.StorageArray;
import io.stowage.driver.rest.HostLocks;
import io.stowage.driver.rest.KnownHosts;
import io.stowage.model.Protocol;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own FlashArray with its management on loopback behind a relay; its data is looked at without a network. */
final class EmbeddedFlashArray implements ArrayUnderTest {
    static final InetSocketAddress PORTAL = new InetSocketAddress("127.0.0.1", 3299);
    /** Makes room for a few volumes: capacity is thin. */
    private static final long CAPACITY = 1L << 40;

    private final PureDriver driver = new PureDriver(ScriptedArray.QUICK);
    private final DiskStore store;
    private final FlashArray array;
    private final Personality.Service management;
    private final ServerCertificate certificate;
    private final Relay relay;

    EmbeddedFlashArray(Path folder, ApiVersion newest) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        certificate = ServerCertificate.ensure(folder, "management", List.of(loopback), List.of());
        store = DiskStore.open(folder.resolve("store"), CAPACITY);
        array = FlashArray.open(store, InstantSource.system(), newest);
        management = array.serve(
                new Personality.Management(new InetSocketAddress(loopback, 0), certificate, Duration.ZERO),
                new DataPortals(List.of(PORTAL), List.of(), DataPorts.NONE),
                new Faults());
        var port = management.server().addresses().getFirst().getPort();
        relay = new Relay(URI.create("https://127.0.0.1:" + port), certificate);
    }

    @Override
    public StorageArray open(String pool, Map<String, String> config) {
        return driver.open(new PoolSettings(pool, settings(config), Path.of("/nonexistent")));
    }

    private Map<String, String> settings(Map<String, String> config) {
        var all = new HashMap<>(Map.of(
                PureKeys.ARRAY.gateway(),
                relay.address().toString(),
                PureKeys.TOKEN,
                array.apiToken(),
                PureKeys.ARRAY.certificates(),
                certificate.pem()));
        all.putAll(config);
        return all;
    }

    /** The REST API itself, for what only an administrator does. */
    Rest administrator() {
        return driver.rest(new PoolSettings("p", settings(Map.of()), Path.of("/nonexistent")));
    }

    @Override
    public Relay relay() {
        return relay;
    }

    @Override
    public void write(String initiator, int unit, long offset, byte[] bytes) throws IOException {
        unit(initiator, unit).write(offset, ByteBuffer.wrap(bytes));
    }

    @Override
    public byte[] read(String initiator, int unit, long offset, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        unit(initiator, unit).read(offset, bytes);
        return bytes.array();
    }

    @Override
    public int visibleUnits(String initiator) {
        return array.units().visibleTo(initiator).size();
    }

    @Override
    public boolean hasHost(String initiator) {
        try (var rest = administrator()) {
            return new Hosts(rest, new KnownHosts<>(new HostLocks()))
                    .find(new Initiator(Protocol.ISCSI, initiator, ""))
                    .isPresent();
        }
    }

    @Override
    public String naa(String initiator, int unit) {
        return unit(initiator, unit).identity().naa();
    }

    private LogicalUnit unit(String initiator, int number) {
        @Nullable LogicalUnit unit = array.units().visibleTo(initiator).get(number);
        if (unit == null) throw new AssertionError(initiator + " sees no unit " + number);
        return unit;
    }

    @Override
    public void close() {
        try (store;
                management;
                relay) {
            // in reverse order, each even if one before it fails
        }
    }
}
