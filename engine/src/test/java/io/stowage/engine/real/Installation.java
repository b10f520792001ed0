package io.stowage.engine.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.driver.ArrayDriver;
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
import io.stowage.engine.host.VolumeFiles;
import io.stowage.model.ArrayName;
import io.stowage.model.Protocol;
import io.stowage.model.VolumeKeys;
import io.stowage.model.VolumeType;
import io.stowage.web.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
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
import tools.jackson.databind.JsonNode;

/** An engine with one pool on an array of its own, whose management fails on request. */
final class Installation implements AutoCloseable {
    private static final String POOL = "p";
    private static final String INITIATOR = "iqn.2026-11.test:host";

    private final ArrayInABox array;
    private final Path control;
    private final Engine engine;
    /** Another session, for what is on the array. */
    private final StorageArray observer;

    private Installation(ArrayInABox array, Path control, Engine engine, StorageArray observer) {
        this.array = array;
        this.control = control;
        this.engine = engine;
        this.observer = observer;
    }

    /** With everything in the folder. */
    static Installation open(Vendor vendor, Path folder) throws Exception {
        ArrayOptions options = ArrayOptions.loopback(folder.resolve("array"));
        ArrayInABox array = ArrayInABox.start(vendor == Vendor.ALLETRA ? options.asAlletra() : options);
        try {
            Map<String, String> config = vendor.config(array.endpoints());
            ArrayDriver driver = vendor.driver();
            Engine engine = Engine.open(EngineOptions.of(
                            folder.resolve("server"),
                            "host01",
                            List.of(driver),
                            _ -> List.of(new PaperConnector(INITIATOR)))
                    .withFiles(paper())
                    .withPace(Duration.ZERO));
            try {
                engine.settle();
                engine.pools().create(POOL, driver.kind(), "", config).await();
                StorageArray observer = vendor.driver().open(new PoolSettings(POOL, config, folder.resolve("none")));
                return new Installation(array, folder.resolve("array/control.socket"), engine, observer);
            } catch (RuntimeException e) {
                engine.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            array.close();
            throw e;
        }
    }

    /** There are no file systems here; a device that should be read-only is. */
    private static VolumeFiles paper() {
        return (VolumeFiles) Proxy.newProxyInstance(
                VolumeFiles.class.getClassLoader(), new Class<?>[] {VolumeFiles.class}, (_, method, _) -> {
                    if (!method.getName().equals("protect")) {
                        throw new AssertionError("Nothing here has files: " + method.getName());
                    }
                    return null;
                });
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
        return !control("{\"list\": true}").path("faults").isEmpty();
    }

    /** What users see, and the array has of it, without what is new with each run. */
    List<String> view() {
        Map<ArrayName, ArrayVolume> onArray =
                observer.volumes().stream().collect(Collectors.toMap(ArrayVolume::name, volume -> volume));
        List<String> lines = new ArrayList<>();
        for (Volume volume : engine.volumes().list()) {
            Map<String, String> config = new TreeMap<>(volume.config());
            config.remove(VolumeKeys.UUID_KEY);
            ArrayVolume there = onArray.get(name(volume));
            lines.add("volume %s %s of %s"
                    .formatted(
                            volume.name(),
                            config,
                            there == null ? "nothing" : there.size().bytes()));
            for (Snapshot snapshot : engine.snapshots().list(volume.name())) {
                lines.add("snapshot " + snapshot.name());
            }
        }
        for (Attachment attachment : engine.attachments().list()) {
            lines.add("attachment of %s %s".formatted(attachment.volume(), attachment.snapshot()));
        }
        return lines;
    }

    /** Holds the array to what the engine says: nothing is missing, nothing was left behind. */
    void check() {
        assertThat(engine.operations().list())
                .allMatch(operation -> operation.state().settled(), "settled");
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
        assertThat(observer.mappings(new Initiator(Protocol.ISCSI, INITIATOR, "host01")).stream()
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
                observer) {
            // in reverse order, each even if one before it fails
        }
    }
}
