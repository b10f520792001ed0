package io.stowage.engine.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.driver.ArrayVolume;
import io.stowage.driver.Initiator;
import io.stowage.driver.Mapping;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.engine.Attachment;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineOptions;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Volume;
import io.stowage.host.connector.Connector;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Protocol;
import io.stowage.model.VolumeKeys;
import io.stowage.model.VolumeType;
import io.stowage.web.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An engine with a pool on an array of its own, whose management fails on request. */
final class Installation implements AutoCloseable {
    private static final String POOL = "p";
    /** A pool that is made by some deeds. */
    static final String ANOTHER = "q";

    private final Vendor vendor;
    private final ArrayInABox array;
    private final Path control;
    private final Engine engine;
    /** Other sessions, for what is on the array. */
    private final StorageArray observer;

    private final StorageArray observerOfAnother;
    private Protocol protocol = Protocol.ISCSI;

    private Installation(Vendor vendor, ArrayInABox array, Path control, Engine engine) throws IOException {
        this.vendor = vendor;
        this.array = array;
        this.control = control;
        this.engine = engine;
        this.observer = observer(POOL);
        this.observerOfAnother = observer(ANOTHER);
    }

    private StorageArray observer(String pool) throws IOException {
        Map<String, String> config = vendor.config(array.endpoints(), protocol);
        return vendor.driver().open(new PoolSettings(pool, config, Path.of("/none")));
    }

    private static String initiator(Protocol protocol) {
        return switch (protocol) {
            case ISCSI -> "iqn.2026-11.test:host";
            case NVME_TCP -> "nqn.2026-11.test:host";
        };
    }

    /** With everything in the folder. */
    static Installation open(Vendor vendor, Path folder) throws Exception {
        ArrayOptions options = ArrayOptions.loopback(folder.resolve("array"));
        ArrayInABox array = ArrayInABox.start(vendor == Vendor.ALLETRA ? options.asAlletra() : options);
        try {
            Engine engine = Engine.open(EngineOptions.of(
                            folder.resolve("server"),
                            "host01",
                            List.of(vendor.driver()),
                            _ -> Stream.of(Protocol.values())
                                    .map(protocol -> new PaperConnector(protocol, initiator(protocol)))
                                    .map(Connector.class::cast)
                                    .toList())
                    .withFiles(PaperFiles.make())
                    .withPace(Duration.ZERO));
            try {
                engine.settle();
                return new Installation(vendor, array, folder.resolve("array/control.socket"), engine);
            } catch (RuntimeException e) {
                engine.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            array.close();
            throw e;
        }
    }

    /** Makes the pool anew unless it speaks this already. */
    void speak(Protocol wanted) throws IOException {
        boolean there =
                engine.pools().list().stream().anyMatch(pool -> pool.name().equals(POOL));
        if (there && protocol == wanted) {
            return;
        }
        Deed.clear(engine);
        if (there) {
            engine.pools().delete(POOL).await();
        }
        protocol = wanted;
        engine.pools()
                .create(POOL, vendor.driver().kind(), "", vendor.config(array.endpoints(), wanted))
                .await();
        // The first time the array is asked for its portals too.
        Deed.ATTACH.prepare(engine);
        Deed.ATTACH.act(engine);
    }

    Engine engine() {
        return engine;
    }

    /** A line to the array's control socket. */
    JsonNode control(String line) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(control));
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            String answer = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            JsonNode tree = Json.tree(answer.getBytes(StandardCharsets.UTF_8));
            assertThat(tree.path("ok").asBoolean()).as("%s: %s", line, answer).isTrue();
            return tree;
        } catch (Exception e) {
            throw new AssertionError("control socket: " + e, e);
        }
    }

    /** Requests to the array's management since it was asked last. */
    int takeRequests() {
        int count = 0;
        for (JsonNode kind : control("{\"calls\": \"reset\"}").path("calls")) {
            count += kind.path("count").asInt();
        }
        return count;
    }

    /** Whether what was asked for still waits for its request: what has hit as often as it should is taken off the list. */
    boolean isTroubleAhead() {
        for (JsonNode fault : control("{\"list\": true}").path("faults")) {
            if (fault.path("hits").asInt() == 0) {
                return true;
            }
        }
        return false;
    }

    /** What users see, and the array has of it, without what is new with each run. */
    List<String> view() {
        Map<ArrayName, ArrayVolume> onArray =
                observer.volumes().stream().collect(Collectors.toMap(ArrayVolume::name, volume -> volume));
        List<String> lines = new ArrayList<>();
        engine.pools()
                .list()
                .forEach(pool -> lines.add("pool %s %s %s".formatted(pool.name(), pool.description(), pool.status())));
        for (Volume volume : engine.volumes().list()) {
            Map<String, String> config = new TreeMap<>(volume.config());
            config.remove(VolumeKeys.UUID_KEY);
            ArrayVolume there = onArray.get(name(volume));
            lines.add("volume %s %s of %s".formatted(volume.name(), config, size(volume, there)));
            for (Snapshot snapshot : engine.snapshots().list(volume.name())) {
                lines.add("snapshot " + snapshot.name());
            }
        }
        for (Attachment attachment : engine.attachments().list()) {
            lines.add("attachment of %s %s as %s"
                    .formatted(attachment.volume(), attachment.snapshot(), attachment.kind()));
        }
        return lines;
    }

    /** A file system's growth that failed may leave more on the array than there should be, never less. */
    private static String size(Volume volume, @Nullable ArrayVolume there) {
        if (there == null) {
            return "nothing";
        }
        long wanted = ByteSize.parse(String.valueOf(volume.config().get(VolumeKeys.SIZE)))
                .bytes();
        boolean more =
                volume.content() == ContentType.FILESYSTEM && there.size().bytes() > wanted;
        return "%d bytes".formatted(more ? wanted : there.size().bytes());
    }

    /** Holds the array to what the engine says: nothing is missing, nothing was left behind. */
    void check() {
        assertThat(engine.operations().list())
                .allMatch(operation -> operation.state().settled(), "settled");
        assertThat(observerOfAnother.poolExists())
                .as("pool on the array")
                .isEqualTo(engine.pools().list().stream()
                        .anyMatch(pool -> pool.name().equals(ANOTHER)));
        TreeSet<String> expected = new TreeSet<>();
        for (Volume volume : engine.volumes().list()) {
            expected.add(name(volume).toString());
            engine.snapshots()
                    .list(volume.name())
                    .forEach(snapshot -> expected.add(name(volume) + " has " + name(volume, snapshot.uuid())));
        }
        TreeSet<String> connected = new TreeSet<>();
        for (Attachment attachment : engine.attachments().list()) {
            String key = Path.of(attachment.device()).getFileName().toString();
            connected.add(key);
            expected.add(key); // a snapshot is shown as a temporary volume
        }
        TreeSet<String> found = new TreeSet<>();
        for (ArrayVolume volume : observer.volumes()) {
            found.add(volume.name().toString());
            observer.snapshots(volume.name())
                    .forEach(snapshot ->
                            found.add(volume.name() + " has " + snapshot.ref().name()));
        }
        assertThat(found).as("what the array has").isEqualTo(expected);
        assertThat(observer.mappings(new Initiator(protocol, initiator(protocol), "host01")).stream()
                        .map(Mapping::volume)
                        .map(ArrayName::toString))
                .as("connections on the array")
                .containsExactlyInAnyOrderElementsOf(connected);
    }

    private static ArrayName name(Volume volume) {
        return ArrayName.volume(VolumeType.CUSTOM, volume.content(), volume.uuid());
    }

    private static ArrayName name(Volume volume, UUID snapshot) {
        return ArrayName.snapshot(VolumeType.CUSTOM, volume.content(), snapshot);
    }

    @Override
    public void close() {
        try (array;
                engine;
                observer;
                observerOfAnother) {
            // in reverse order, each even if one before it fails
        }
    }
}
