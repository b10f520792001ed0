package io.stowage.engine.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.Database;
import io.stowage.driver.ArrayDriver;
import io.stowage.driver.RecoveryRecord;
import io.stowage.engine.Attachment;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.AttachmentRequest;
import io.stowage.engine.Backup;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineOptions;
import io.stowage.engine.Pool;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeCreation;
import io.stowage.engine.VolumeName;
import io.stowage.model.ArrayName;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeKeys;
import io.stowage.model.VolumeType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An array, a host, and the servers that come and go on it. Every server is closed in the end. */
public final class World implements AutoCloseable {
    public static final Map<String, String> POOL =
            Map.of("fake.gateway", "https://array", "fake.token", "s3cr3t", "fake.mode", "iscsi");

    private final Path state;
    private final FakeStore store = new FakeStore();
    private final FakeHost host = new FakeHost();
    private final Faults faults = new Faults();
    private final TestClock clock = new TestClock();
    private final Deque<Engine> engines = new ArrayDeque<>();

    public World(Path state) {
        this.state = state;
    }

    public Faults faults() {
        return faults;
    }

    public FakeStore store() {
        return store;
    }

    private final List<String> moves = new CopyOnWriteArrayList<>();

    public TestClock clock() {
        return clock;
    }

    /** What an engine in this world is made of; nothing happens unasked. */
    public EngineOptions options() {
        return EngineOptions.of(
                        state,
                        "host01",
                        drivers(),
                        server -> List.of(new FakeConnector(store, host, faults, "iqn.test:" + server)))
                .withDatabase(null, url -> Database.open(url).with(faults::commit))
                .withFiles(new FakeFiles(host, faults))
                .withClock(clock)
                .withBlocks(new FakeBlocks(host, faults))
                .withPace(Duration.ZERO)
                .withMoves((_, from, to) ->
                        moves.add(from.pool() + "/" + from.name() + " to " + to.pool() + "/" + to.name()));
    }

    /** What was told of volumes that moved, as {@code p/v to q/w}. */
    public List<String> moves() {
        return moves;
    }

    /** A server, after it came home and settled what was left. */
    public Engine open() {
        Engine engine = Engine.open(options());
        engines.push(engine);
        engine.settle();
        return engine;
    }

    /** Another member of the same installation, on a machine of its own. It is closed with the world. */
    public Engine openMember(Path otherState) {
        FakeHost machine = new FakeHost();
        Engine engine = Engine.open(new EngineOptions(
                otherState,
                "sqlite:" + state.resolve("stowage.db"),
                Database::open,
                "host02",
                state.resolve("secret.key"),
                drivers(),
                server -> List.of(new FakeConnector(store, machine, faults, "iqn.test:" + server)),
                new FakeFiles(machine, faults),
                new FakeBlocks(machine, faults),
                clock,
                Duration.ZERO,
                (_, _, _) -> {}));
        engines.push(engine);
        engine.settle();
        return engine;
    }

    /** Another server in the place of the one that is there. */
    public Engine reopen() {
        close();
        faults.heal();
        return open();
    }

    /** What would be left if the server were killed now. */
    public Moment now() {
        return Moment.of(store, host, state);
    }

    /** Makes array, host and state folder what they were then. The servers are closed. */
    public void returnTo(Moment moment) {
        close();
        faults.heal();
        moment.restore(store, host, state);
    }

    @Override
    public void close() {
        while (!engines.isEmpty()) {
            engines.pop().close();
        }
    }

    private List<ArrayDriver> drivers() {
        return List.of(
                new FakeDriver(FakeDriver.FAKE, store, faults), new FakeDriver(FakeDriver.GROWING, store, faults));
    }

    public static void makePool(Engine engine) {
        engine.pools().create("p", "fake", "", POOL).await();
    }

    /** A pool on another array. */
    public static void makeDistantPool(Engine engine, String name) {
        makePool(engine, name, "https://elsewhere");
    }

    /** Another pool on the same array. */
    public static void makeNearPool(Engine engine, String name) {
        makePool(engine, name, "https://array");
    }

    /** A pool whose volumes can't be made smaller, and have sizes that are multiples of 256 MiB. */
    public static void makePoolThatOnlyGrows(Engine engine, String name) {
        engine.pools().create(name, FakeDriver.GROWING, "", POOL).await();
    }

    private static void makePool(Engine engine, String name, String gateway) {
        Map<String, String> config = new TreeMap<>(POOL);
        config.put("fake.gateway", gateway);
        engine.pools().create(name, "fake", "", config).await();
    }

    /** From now on the arrays can't tell where their objects differ. */
    public void keepDifferencesSecret() {
        store.tellsDifferences = false;
    }

    public static Volume makeVolume(Engine engine, String name, ContentType content, String size) {
        return engine.volumes()
                .create(new VolumeCreation(VolumeName.of("p", name), content, "", Map.of("size", size)))
                .await();
    }

    public static Attachment mount(Engine engine, String name) {
        return engine.attachments()
                .attach(new AttachmentRequest(VolumeName.of("p", name), null, AttachmentKind.MOUNT, null, false))
                .await();
    }

    /** Writes to a volume, as a program on the host would. */
    public void write(Volume volume, String text) {
        FakeStore.Unit unit = unit(volume);
        unit.content = unit.content.with(text);
    }

    public Content content(Volume volume) {
        return unit(volume).content;
    }

    /** Bytes on the array. */
    public long size(Volume volume) {
        return unit(volume).size.bytes();
    }

    private FakeStore.Unit unit(Volume volume) {
        return Objects.requireNonNull(store.find(name(volume)), "volume on the array");
    }

    private static ArrayName name(Volume volume) {
        return ArrayName.volume(VolumeType.CUSTOM, volume.content(), volume.uuid());
    }

    private static ArrayName name(ContentType content, UUID snapshot) {
        return ArrayName.snapshot(VolumeType.CUSTOM, content, snapshot);
    }

    /** What is on a device of the host. */
    public Content contentAt(String device) {
        return Objects.requireNonNull(host.at(Path.of(device)), "device on the host")
                .unit()
                .content;
    }

    /** Options with which something is mounted there. */
    public Optional<String> mountedAt(String path) {
        return Optional.ofNullable(host.mounts.get(Path.of(path))).map(FakeHost.Mounted::options);
    }

    /** Whether nobody on the host may write to this device. */
    public boolean isReadOnly(String device) {
        return host.closed.contains(Path.of(device));
    }

    /** The machine was restarted: devices and mounts are gone. */
    public void restartMachine() {
        host.forget();
    }

    public List<String> hosts() {
        return List.copyOf(store.mappings.keySet());
    }

    public List<String> pods() {
        return List.copyOf(store.pods.keySet());
    }

    public Optional<String> quota(String pool) {
        return Objects.requireNonNull(store.pods.get(pool)).quota.map(Object::toString);
    }

    public Optional<RecoveryRecord> poolRecord(String pool) {
        return Objects.requireNonNull(store.pods.get(pool)).record;
    }

    /** Recovery records on the array, by name of volume or snapshot. */
    public Map<String, RecoveryRecord> records() {
        Map<String, RecoveryRecord> found = new TreeMap<>();
        store.pods.values().forEach(pod -> pod.records.values().forEach(each -> found.put(each.name(), each)));
        return found;
    }

    public RecoveryRecord record(String name) {
        return Objects.requireNonNull(records().get(name), "recovery record of " + name);
    }

    /** Connects a volume behind the engine's back. */
    public void strayConnection(Engine engine, Volume volume) {
        store.mappings
                .computeIfAbsent("iqn.test:" + engine.serverId(), key -> new TreeMap<>(FakeStore.BY_TEXT))
                .put(name(volume), unit(volume).number);
    }

    /** Makes the temporary volume of a snapshot behind the engine's back. */
    public void strayTemporary(Volume volume, Snapshot snapshot) {
        FakeStore.Unit unit = unit(volume);
        Objects.requireNonNull(store.pods.get(volume.name().pool()))
                .volumes
                .put(name(volume.content(), snapshot.uuid()), store.newUnit(unit.size));
    }

    /**
     * What users see, a line each, without what is new with each run (UUIDs, times): pools, volumes, snapshots, backups and
     * attachments with their keys and content.
     */
    public List<String> view(Engine engine) {
        List<String> lines = new ArrayList<>();
        for (Pool pool : engine.pools().list()) {
            lines.add("pool %s %s %s quota %s"
                    .formatted(pool.name(), pool.description(), new TreeMap<>(pool.config()), quota(pool.name())));
        }
        for (Volume volume : engine.volumes().list()) {
            FakeStore.Unit unit = unit(volume);
            boolean files = volume.content() == ContentType.FILESYSTEM;
            assertThat(unit.content.fileSystemBytes()).as("file system").isLessThanOrEqualTo(unit.size.bytes());
            // A growth that failed may leave more on the array than there should be, never less.
            lines.add("volume %s %s %s %s of %d bytes with %s"
                    .formatted(
                            volume.name(),
                            volume.content(),
                            volume.description(),
                            lasting(volume.config()),
                            files ? unit.content.fileSystemBytes() : unit.size.bytes(),
                            text(unit.content)));
            for (Snapshot snapshot : engine.snapshots().list(volume.name())) {
                FakeStore.Picture picture = Objects.requireNonNull(
                        unit.snapshots.get(name(volume.content(), snapshot.uuid())), "snapshot on the array");
                lines.add("snapshot %s %s %s of %d bytes with %s"
                        .formatted(
                                snapshot.name(),
                                snapshot.description(),
                                lasting(snapshot.config()),
                                files
                                        ? picture.content().fileSystemBytes()
                                        : picture.size().bytes(),
                                text(picture.content())));
            }
            engine.backups().list(volume.name()).forEach(backup -> lines.add("backup " + backup.name()));
        }
        for (Attachment attachment : engine.attachments().list()) {
            lines.add("attachment of %s %s as %s at %s"
                    .formatted(attachment.volume(), attachment.snapshot(), attachment.kind(), attachment.path()));
        }
        return lines;
    }

    private static Map<String, String> lasting(Map<String, String> config) {
        Map<String, String> kept = new TreeMap<>(config);
        kept.remove(VolumeKeys.UUID_KEY);
        return kept;
    }

    private static String text(Content content) {
        return "\"%s\" on %s".formatted(content.text().replace("\0", ""), content.type());
    }

    /** Attaches each volume that isn't, and lets it go again. */
    public void useEach(Engine engine) {
        for (Volume volume : engine.volumes().list()) {
            if (volume.attachments().isEmpty()) {
                boolean files = volume.content() == ContentType.FILESYSTEM;
                AttachmentKind kind = files ? AttachmentKind.MOUNT : AttachmentKind.DEVICE;
                Attachment attachment = engine.attachments()
                        .attach(new AttachmentRequest(volume.name(), null, kind, null, false))
                        .await();
                engine.attachments().detach(attachment.id()).await();
            }
        }
    }

    /** Holds array and host to what the engine says: nothing is missing, nothing was leaked. */
    public void check(Engine engine) {
        assertThat(engine.operations().list())
                .allMatch(operation -> operation.state().settled(), "settled");
        assertThat(store.pods.keySet())
                .isEqualTo(new TreeSet<>(
                        engine.pools().list().stream().map(Pool::name).toList()));
        Map<String, List<String>> snapshots = new TreeMap<>();
        TreeSet<String> volumes = new TreeSet<>();
        for (Volume volume : engine.volumes().list()) {
            volumes.add(name(volume).toString());
            snapshots.put(
                    name(volume).toString(),
                    Stream.concat(
                                    engine.snapshots().list(volume.name()).stream()
                                            .map(Snapshot::uuid),
                                    engine.backups().list(volume.name()).stream()
                                            .map(Backup::uuid))
                            .map(uuid -> name(volume.content(), uuid).toString())
                            .sorted()
                            .toList());
        }
        TreeSet<String> connected = new TreeSet<>();
        TreeSet<Path> mounted = new TreeSet<>();
        for (Attachment attachment : engine.attachments().list()) {
            assertThat(attachment.device()).as("device of %s", attachment).startsWith("/dev/fake/");
            connected.add(attachment.device().substring("/dev/fake/".length()));
            if (attachment.path() != null) {
                mounted.add(Path.of(attachment.path()));
            }
        }
        TreeSet<String> onArray = new TreeSet<>();
        Map<String, List<String>> snapshotsOnArray = new TreeMap<>();
        for (FakeStore.Pod pod : store.pods.values()) {
            pod.volumes.forEach((name, unit) -> {
                if (!(name.snapshot() && connected.contains(name.toString()))) {
                    onArray.add(name.toString());
                    snapshotsOnArray.put(
                            name.toString(),
                            unit.snapshots.keySet().stream()
                                    .map(ArrayName::toString)
                                    .toList());
                }
            });
        }
        assertThat(onArray).as("volumes on the array").isEqualTo(volumes);
        assertThat(snapshotsOnArray).as("snapshots on the array").isEqualTo(snapshots);
        TreeSet<String> seen = new TreeSet<>();
        store.mappings.values().forEach(names -> names.keySet().forEach(name -> seen.add(name.toString())));
        assertThat(seen).as("connections on the array").isEqualTo(connected);
        assertThat(store.mappings.values()).as("empty host objects").noneMatch(Map::isEmpty);
        assertThat(host.devices.keySet()).as("devices").isEqualTo(connected);
        assertThat(host.mounts.keySet()).as("mounts").isEqualTo(mounted);
        assertThat(host.frozen).as("frozen").isEmpty();
    }
}
