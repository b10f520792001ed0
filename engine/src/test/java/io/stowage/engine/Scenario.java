package io.stowage.engine;

import io.stowage.engine.fake.World;
import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarWriter;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is there before, and what is asked for. */
enum Scenario {
    CREATE_POOL((world, engine) -> {}, World::makePool),
    UPDATE_POOL(
            Scenario::pool,
            engine -> engine.pools().update("p", "d", withQuota("10GiB")).await()),
    DELETE_POOL(Scenario::pool, engine -> engine.pools().delete("p").await()),
    CREATE_VOLUME(Scenario::pool, engine -> World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB")),
    CREATE_BLOCK_VOLUME(Scenario::pool, engine -> World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB")),
    UPLOAD_IMAGE(
            Scenario::pool,
            engine -> engine.volumes()
                    .upload(new IsoUpload(
                            Names.V,
                            OptionalLong.of(1),
                            new ByteArrayInputStream(
                                    new byte[(int) ByteSize.ofMiB(2).bytes()])))
                    .await()),
    UPLOAD_FILES(
            Scenario::pool,
            engine -> engine.volumes()
                    .upload(new TarUpload(Names.V, new ByteArrayInputStream(archive())))
                    .await()),
    DESCRIBE(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .update(Names.V, "described", Map.of("size", "10MiB", "user.a", "b"))
                    .await()),
    GROW(Scenario::volumeWithSnapshots, engine -> resize(engine, "20MiB")),
    GROW_MOUNTED(
            (world, engine) -> {
                World.makePool(engine);
                engine.volumes()
                        .create(new VolumeCreation(
                                Names.V,
                                ContentType.FILESYSTEM,
                                "",
                                Map.of("size", "10MiB", "block.filesystem", "btrfs")))
                        .await();
                World.mount(engine, "v");
            },
            engine -> resize(engine, "20MiB")),
    SHRINK(Scenario::volumeWithSnapshots, engine -> resize(engine, "5MiB")),
    RENAME(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().rename(Names.V, "w").await()),
    RESTORE(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().restore(Names.V.snapshot("b")).await()),
    RESTORE_AND_GROW_BACK(
            (world, engine) -> {
                volumeWithSnapshots(world, engine);
                resize(engine, "20MiB");
            },
            engine -> engine.volumes().restore(Names.V.snapshot("b")).await()),
    DELETE_VOLUME(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().delete(Names.V).await()),
    SNAPSHOT(Scenario::volumeWithSnapshots, engine -> snapshot(engine, Names.V, "c")),
    SNAPSHOT_MOUNTED(Scenario::mountedVolume, engine -> snapshot(engine, Names.V, "c")),
    CHANGE_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.snapshots()
                    .update(Names.V.snapshot("a"), "described", null)
                    .await()),
    RENAME_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.snapshots().rename(Names.V.snapshot("a"), "c").await()),
    DELETE_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.snapshots().delete(Names.V.snapshot("a")).await()),
    COPY_WITH_SNAPSHOTS(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, null, Names.W, true, null, null, Map.of("size", "20MiB")))
                    .await()),
    COPY_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, "a", Names.W, false, null, null, null))
                    .await()),
    COPY_TO_ANOTHER_ARRAY(
            Scenario::volumeAndDistantPool,
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, null, Names.Q, true, null, null, Map.of("size", "20MiB")))
                    .await()),
    COPY_TO_ANOTHER_FILE_SYSTEM(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, null, Names.W, true, null, null, Names.OTHER_FILES))
                    .await()),
    MOVE_TO_ANOTHER_ARRAY(
            Scenario::volumeAndDistantPool,
            engine -> engine.volumes().move(Names.V, Names.Q).await()),
    MOVE_TO_ANOTHER_POOL(
            (world, engine) -> {
                volumeWithBackup(world, engine);
                World.makeNearPool(engine, "q");
            },
            engine -> engine.volumes().move(Names.V, Names.Q).await()),
    REFRESH(
            (world, engine) -> {
                World.makePool(engine);
                outdatedCopy(world, engine, Names.W);
            },
            engine -> refresh(engine, Names.W)),
    REFRESH_FROM_ANOTHER_ARRAY(
            (world, engine) -> {
                World.makePool(engine);
                World.makeDistantPool(engine, "q");
                outdatedCopy(world, engine, Names.Q);
            },
            engine -> refresh(engine, Names.Q)),
    REFRESH_ANOTHER_FILE_SYSTEM(
            (world, engine) -> {
                World.makePool(engine);
                outdatedCopy(world, engine, Names.W, Names.OTHER_FILES);
            },
            engine -> refresh(engine, Names.W)),
    BACK_UP_MOUNTED(Scenario::mountedVolume, Scenario::backUp),
    RENAME_BACKUP(
            Scenario::volumeWithBackup,
            engine -> engine.backups().rename(Names.BACKUP, "l").await()),
    DELETE_BACKUP(
            Scenario::volumeWithBackup,
            engine -> engine.backups().delete(Names.BACKUP).await()),
    EXPORT_AND_IMPORT(Scenario::volumeWithBackup, engine -> {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Failures.ioAction(() -> engine.backups().open(Names.BACKUP).writeTo(file));
        engine.backups()
                .receive(new BackupUpload("default", "p", "w", new ByteArrayInputStream(file.toByteArray())))
                .await();
    }),
    ATTACH(
            (world, engine) -> {
                World.makePool(engine);
                World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB");
            },
            engine -> attach(engine, null, AttachmentKind.DEVICE)),
    MOUNT(Scenario::volumeWithSnapshots, engine -> attach(engine, null, AttachmentKind.MOUNT)),
    MOUNT_SNAPSHOT(Scenario::volumeWithSnapshots, engine -> attach(engine, "a", AttachmentKind.MOUNT)),
    DETACH(
            (world, engine) -> {
                World.makePool(engine);
                World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB");
                attach(engine, null, AttachmentKind.DEVICE);
            },
            Scenario::detach),
    UNMOUNT(Scenario::mountedVolume, Scenario::detach),
    UNMOUNT_SNAPSHOT(
            (world, engine) -> {
                volumeWithSnapshots(world, engine);
                attach(engine, "a", AttachmentKind.MOUNT);
            },
            Scenario::detach);

    private final BiConsumer<World, Engine> prepare;
    private final Consumer<Engine> act;

    Scenario(BiConsumer<World, Engine> prepare, Consumer<Engine> act) {
        this.prepare = prepare;
        this.act = act;
    }

    private static byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Failures.ioAction(() -> {
            TarWriter archive = new TarWriter(bytes);
            archive.put(TarEntry.file("file", 1, 0), content -> content.write('x'));
            archive.end();
        });
        return bytes.toByteArray();
    }

    private static void pool(World world, Engine engine) {
        World.makePool(engine);
    }

    private static void volumeWithSnapshots(World world, Engine engine) {
        World.makePool(engine);
        Volume volume = World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        world.write(volume, "one");
        snapshot(engine, Names.V, "a");
        world.write(volume, "two");
        snapshot(engine, Names.V, "b");
        world.write(volume, "three");
    }

    private static void volumeAndDistantPool(World world, Engine engine) {
        volumeWithSnapshots(world, engine);
        World.makeDistantPool(engine, "q");
    }

    private static void volumeWithBackup(World world, Engine engine) {
        volumeWithSnapshots(world, engine);
        backUp(engine);
        world.write(engine.volumes().get(Names.V), "four");
    }

    /** A copy that has a snapshot too many and lacks another. */
    private static void outdatedCopy(World world, Engine engine, VolumeName copy) {
        outdatedCopy(world, engine, copy, null);
    }

    private static void outdatedCopy(
            World world, Engine engine, VolumeName copy, @Nullable Map<String, String> config) {
        Volume volume = World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        world.write(volume, "one");
        snapshot(engine, Names.V, "a");
        engine.volumes()
                .copy(new VolumeCopy(Names.V, null, copy, true, null, null, config))
                .await();
        snapshot(engine, copy, "extra");
        world.write(volume, "two");
        snapshot(engine, Names.V, "b");
        world.write(volume, "three");
    }

    private static void mountedVolume(World world, Engine engine) {
        World.makePool(engine);
        world.write(World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB"), "one");
        World.mount(engine, "v");
    }

    private static void snapshot(Engine engine, VolumeName volume, String name) {
        engine.snapshots()
                .create(new SnapshotCreation(volume, name, null, new Expiry.Never()))
                .await();
    }

    private static void resize(Engine engine, String size) {
        engine.volumes().update(Names.V, "", Map.of("size", size)).await();
    }

    private static void refresh(Engine engine, VolumeName copy) {
        engine.volumes()
                .copy(new VolumeCopy(Names.V, null, copy, true, null, null, null, true))
                .await();
    }

    private static void backUp(Engine engine) {
        engine.backups()
                .create(new BackupCreation(Names.V, "k", null, false, "none", 0))
                .await();
    }

    private static void attach(Engine engine, @Nullable String snapshot, AttachmentKind kind) {
        engine.attachments()
                .attach(new AttachmentRequest(Names.V, snapshot, kind, null, false))
                .await();
    }

    private static void detach(Engine engine) {
        engine.attachments().detach(engine.attachments().list().getFirst().id()).await();
    }

    void prepare(World world, Engine engine) {
        prepare.accept(world, engine);
    }

    void act(Engine engine) {
        act.accept(engine);
    }

    private static Map<String, String> withQuota(String quota) {
        Map<String, String> config = new HashMap<>(World.POOL);
        config.put("size", quota);
        return config;
    }

    private interface Names {
        Map<String, String> OTHER_FILES = Map.of("size", "5MiB", "block.filesystem", "btrfs");
        VolumeName V = VolumeName.of("p", "v");
        VolumeName W = VolumeName.of("p", "w");
        VolumeName Q = VolumeName.of("q", "v");
        BackupName BACKUP = new BackupName(V, "k");
    }
}
