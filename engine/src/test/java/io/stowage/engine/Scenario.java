package io.stowage.engine;

import io.stowage.engine.fake.World;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarWriter;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is there before, what is asked for, and how to see that it was done. */
enum Scenario {
    CREATE_POOL(engine -> {}, World::makePool, engine -> !engine.pools().list().isEmpty()),
    UPDATE_POOL(
            World::makePool,
            engine -> engine.pools().update("p", "d", withQuota("10GiB")).await(),
            engine -> engine.pools().get("p").config().containsKey("size")),
    DELETE_POOL(
            World::makePool,
            engine -> engine.pools().delete("p").await(),
            engine -> engine.pools().list().isEmpty()),
    CREATE_VOLUME(
            World::makePool,
            engine -> World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB"),
            engine -> !engine.volumes().list().isEmpty()),
    CREATE_BLOCK_VOLUME(
            World::makePool,
            engine -> World.makeVolume(engine, "v", ContentType.BLOCK, "10MiB"),
            engine -> !engine.volumes().list().isEmpty()),
    UPLOAD_IMAGE(
            World::makePool,
            engine -> engine.volumes()
                    .upload(new IsoUpload(
                            Names.V,
                            OptionalLong.of(1),
                            new ByteArrayInputStream(
                                    new byte[(int) ByteSize.ofMiB(2).bytes()])))
                    .await(),
            engine -> exists(engine, Names.V)),
    UPLOAD_FILES(
            World::makePool,
            engine -> engine.volumes()
                    .upload(new TarUpload(Names.V, new ByteArrayInputStream(archive())))
                    .await(),
            engine -> exists(engine, Names.V)),
    GROW(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .update(Names.V, "", Map.of("size", "20MiB"))
                    .await(),
            engine -> "20MiB".equals(engine.volumes().get(Names.V).config().get("size"))),
    GROW_MOUNTED(
            engine -> {
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
            engine -> engine.volumes()
                    .update(Names.V, "", Map.of("size", "20MiB"))
                    .await(),
            engine -> "20MiB".equals(engine.volumes().get(Names.V).config().get("size"))),
    SHRINK(
            Scenario::volumeWithSnapshots,
            engine ->
                    engine.volumes().update(Names.V, "", Map.of("size", "5MiB")).await(),
            engine -> "5MiB".equals(engine.volumes().get(Names.V).config().get("size"))),
    RENAME(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().rename(Names.V, "w").await(),
            engine -> exists(engine, Names.W)),
    RESTORE(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().restore(Names.V.snapshot("b")).await(),
            engine -> true),
    DELETE_VOLUME(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes().delete(Names.V).await(),
            engine -> !exists(engine, Names.V)),
    SNAPSHOT_MOUNTED(
            Scenario::mountedVolume,
            engine -> engine.snapshots()
                    .create(new SnapshotCreation(Names.V, "c", null, new Expiry.Never()))
                    .await(),
            engine -> !engine.snapshots().list(Names.V).isEmpty()),
    DELETE_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.snapshots().delete(Names.V.snapshot("a")).await(),
            engine -> engine.snapshots().list(Names.V).size() == 1),
    COPY_WITH_SNAPSHOTS(
            Scenario::volumeWithSnapshots,
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, null, Names.W, true, null, null, Map.of("size", "20MiB")))
                    .await(),
            engine -> exists(engine, Names.W)),
    COPY_TO_ANOTHER_ARRAY(
            engine -> {
                volumeWithSnapshots(engine);
                World.makeDistantPool(engine, "q");
            },
            engine -> engine.volumes()
                    .copy(new VolumeCopy(Names.V, null, Names.Q, true, null, null, Map.of("size", "20MiB")))
                    .await(),
            engine -> exists(engine, Names.Q)),
    MOVE_TO_ANOTHER_ARRAY(
            engine -> {
                volumeWithSnapshots(engine);
                World.makeDistantPool(engine, "q");
            },
            engine -> engine.volumes().move(Names.V, Names.Q).await(),
            engine -> exists(engine, Names.Q)),
    MOVE_TO_ANOTHER_POOL(
            engine -> {
                volumeWithSnapshots(engine);
                World.makeNearPool(engine, "q");
            },
            engine -> engine.volumes().move(Names.V, Names.Q).await(),
            engine -> exists(engine, Names.Q)),
    REFRESH(
            engine -> {
                World.makePool(engine);
                outdatedCopy(engine, Names.W);
            },
            engine -> refresh(engine, Names.W),
            engine -> isFresh(engine, Names.W)),
    REFRESH_FROM_ANOTHER_ARRAY(
            engine -> {
                World.makePool(engine);
                World.makeDistantPool(engine, "q");
                outdatedCopy(engine, Names.Q);
            },
            engine -> refresh(engine, Names.Q),
            engine -> isFresh(engine, Names.Q)),
    MOUNT(
            Scenario::volumeWithSnapshots,
            engine -> World.mount(engine, "v"),
            engine -> !engine.attachments().list().isEmpty()),
    MOUNT_SNAPSHOT(
            Scenario::volumeWithSnapshots,
            engine -> engine.attachments()
                    .attach(new AttachmentRequest(Names.V, "a", AttachmentKind.MOUNT, null, false))
                    .await(),
            engine -> !engine.attachments().list().isEmpty()),
    DETACH(
            Scenario::mountedVolume,
            engine -> engine.attachments()
                    .detach(engine.attachments().list().getFirst().id())
                    .await(),
            engine -> engine.attachments().list().isEmpty()),
    DETACH_SNAPSHOT(
            engine -> {
                volumeWithSnapshots(engine);
                MOUNT_SNAPSHOT.act.accept(engine);
            },
            engine -> engine.attachments()
                    .detach(engine.attachments().list().getFirst().id())
                    .await(),
            engine -> engine.attachments().list().isEmpty());

    private final Consumer<Engine> prepare;
    private final Consumer<Engine> act;
    private final Predicate<Engine> done;

    Scenario(Consumer<Engine> prepare, Consumer<Engine> act, Predicate<Engine> done) {
        this.prepare = prepare;
        this.act = act;
        this.done = done;
    }

    private static byte[] archive() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TarWriter archive = new TarWriter(bytes);
            archive.put(TarEntry.file("file", 1, 0), content -> content.write('x'));
            archive.end();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void volumeWithSnapshots(Engine engine) {
        World.makePool(engine);
        World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        snapshot(engine, Names.V, "a");
        snapshot(engine, Names.V, "b");
    }

    /** A copy that has a snapshot too many and lacks another. */
    private static void outdatedCopy(Engine engine, VolumeName copy) {
        World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        snapshot(engine, Names.V, "a");
        engine.volumes()
                .copy(new VolumeCopy(Names.V, null, copy, true, null, null, null))
                .await();
        snapshot(engine, copy, "extra");
        snapshot(engine, Names.V, "b");
    }

    private static void snapshot(Engine engine, VolumeName volume, String name) {
        engine.snapshots()
                .create(new SnapshotCreation(volume, name, null, new Expiry.Never()))
                .await();
    }

    private static void refresh(Engine engine, VolumeName copy) {
        engine.volumes()
                .copy(new VolumeCopy(Names.V, null, copy, true, null, null, null, true))
                .await();
    }

    private static boolean isFresh(Engine engine, VolumeName copy) {
        return engine.snapshots().list(copy).stream()
                .map(snapshot -> snapshot.name().name())
                .toList()
                .equals(List.of("a", "b"));
    }

    private static void mountedVolume(Engine engine) {
        World.makePool(engine);
        World.makeVolume(engine, "v", ContentType.FILESYSTEM, "10MiB");
        World.mount(engine, "v");
    }

    void prepare(Engine engine) {
        prepare.accept(engine);
    }

    void act(Engine engine) {
        act.accept(engine);
    }

    boolean isDone(Engine engine) {
        return done.test(engine);
    }

    private static Map<String, String> withQuota(String quota) {
        Map<String, String> config = new HashMap<>(World.POOL);
        config.put("size", quota);
        return config;
    }

    private static boolean exists(Engine engine, VolumeName name) {
        return engine.volumes().list().stream().anyMatch(volume -> volume.name().equals(name));
    }

    /** Names of volumes. */
    private interface Names {
        VolumeName V = VolumeName.of("p", "v");
        VolumeName W = VolumeName.of("p", "w");
        VolumeName Q = VolumeName.of("q", "v");
    }
}
