package io.stowage.driver.alletra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.BadControl;
import io.stowage.array.fault.Faults;
import io.stowage.array.management.Personality;
import io.stowage.array.store.DiskStore;
import io.stowage.array.wsapi.Alletra;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.driver.ArrayUnderTest;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.Relay;
import io.stowage.driver.StorageArray;
import io.stowage.driver.rest.Call;
import io.stowage.web.json.Json;
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

/** Our own Alletra with its management on loopback behind a relay; its data is looked at without a network. */
final class EmbeddedAlletra implements ArrayUnderTest {
    static final InetSocketAddress PORTAL = new InetSocketAddress("127.0.0.1", 3299);
    /** Makes room for a few volumes: capacity is thin. */
    private static final long CAPACITY = 1L << 40;

    private final AlletraDriver driver = new AlletraDriver(ScriptedWsapi.QUICK);
    private final DiskStore store;
    private final Alletra array;
    private final Personality.Service management;
    private final ServerCertificate certificate;
    private final Relay relay;

    EmbeddedAlletra(Path folder) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        certificate = ServerCertificate.ensure(folder, "management", List.of(loopback), List.of());
        store = DiskStore.open(folder.resolve("store"), CAPACITY);
        array = Alletra.open(store, InstantSource.system());
        management = array.serve(
                new Personality.Management(new InetSocketAddress(loopback, 0), certificate, Duration.ZERO),
                new DataPortals(List.of(PORTAL), List.of(), DataPorts.NONE),
                new Faults());
        var port = management.server().addresses().getFirst().getPort();
        relay = new Relay(URI.create("https://127.0.0.1:" + port), certificate);
    }

    @Override
    public StorageArray open(String pool, Map<String, String> config) {
        return driver.open(settings(pool, config));
    }

    private PoolSettings settings(String pool, Map<String, String> config) {
        var all = new HashMap<>(Map.of(
                AlletraKeys.ARRAY.gateway(),
                relay.address().toString(),
                AlletraKeys.ARRAY.certificates(),
                certificate.pem(),
                AlletraKeys.USER,
                array.credentials().get("user"),
                AlletraKeys.PASSWORD,
                array.credentials().get("password"),
                AlletraKeys.CPG,
                Cpgs.DEFAULT));
        all.putAll(config);
        return new PoolSettings(pool, all, Path.of("/nonexistent"));
    }

    /** The API itself, for what only an administrator does. */
    Wsapi administrator() {
        return driver.wsapi(settings("p", Map.of()));
    }

    /** How long tasks take from now on. */
    void tasksTake(Duration time) {
        try {
            for (var knob : management.testing().knobs())
                if (knob.name().equals("task-duration"))
                    knob.set(Json.tree(String.valueOf(time.toMillis()).getBytes(UTF_8)));
        } catch (BadControl e) {
            throw new AssertionError(e);
        }
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
        try (var wsapi = administrator()) {
            return wsapi.members(Call.get("list the hosts", "hosts"), Items.Host.class).stream()
                    .anyMatch(host -> host.has(initiator));
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
