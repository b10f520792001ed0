package io.stowage.engine.real;

import io.stowage.engine.AttachmentKind;
import io.stowage.engine.AttachmentRequest;
import io.stowage.engine.Engine;
import io.stowage.engine.Expiry;
import io.stowage.engine.Pool;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.VolumeCopy;
import io.stowage.engine.VolumeCreation;
import io.stowage.engine.VolumeName;
import io.stowage.model.ContentType;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a user asks for in pool p, and what is there before: requests to an array's management and nothing else. */
enum Deed {
    CREATE(engine -> {}, engine -> create(engine, Names.V, ContentType.BLOCK)),
    GROW(Deed::volume, Deed::grow),
    SNAPSHOT(Deed::volume, engine -> snapshot(engine, Names.V, "t")),
    RESTORE(
            Deed::volume,
            engine -> engine.volumes().restore(Names.V.snapshot("s")).await()),
    DELETE_SNAPSHOT(
            Deed::volume,
            engine -> engine.snapshots().delete(Names.V.snapshot("s")).await()),
    COPY(Deed::volume, engine -> copy(engine, null, true, false)),
    COPY_OF_SNAPSHOT(Deed::volume, engine -> copy(engine, "s", false, false)),
    REFRESH(
            engine -> {
                volume(engine);
                copy(engine, null, true, false);
                snapshot(engine, Names.W, "extra");
                snapshot(engine, Names.V, "t");
            },
            engine -> copy(engine, null, true, true)),
    RENAME(Deed::volume, engine -> engine.volumes().rename(Names.V, "w").await()),
    DELETE(Deed::volume, engine -> engine.volumes().delete(Names.V).await()),
    ATTACH(Deed::volume, engine -> attach(engine, null)),
    ATTACH_SNAPSHOT(Deed::volume, engine -> attach(engine, "s")),
    DETACH(
            engine -> {
                volume(engine);
                attach(engine, null);
            },
            Deed::detachAll),
    DETACH_SNAPSHOT(
            engine -> {
                volume(engine);
                attach(engine, "s");
            },
            Deed::detachAll),
    CREATE_FILES(engine -> {}, engine -> create(engine, Names.V, ContentType.FILESYSTEM)),
    GROW_FILES(Deed::files, Deed::grow),
    COPY_FILES(Deed::files, engine -> copy(engine, null, true, false)),
    REFRESH_FILES(
            engine -> {
                files(engine);
                copy(engine, null, true, false);
                snapshot(engine, Names.V, "t");
            },
            engine -> copy(engine, null, true, true)),
    DELETE_FILES(Deed::files, engine -> engine.volumes().delete(Names.V).await()),
    MOUNT(Deed::files, engine -> mount(engine, null)),
    MOUNT_SNAPSHOT(Deed::files, engine -> mount(engine, "s")),
    SNAPSHOT_MOUNTED(
            engine -> {
                files(engine);
                mount(engine, null);
            },
            engine -> snapshot(engine, Names.V, "t")),
    GROW_MOUNTED(
            engine -> {
                files(engine);
                mount(engine, null);
            },
            Deed::grow),
    UNMOUNT(
            engine -> {
                files(engine);
                mount(engine, null);
            },
            Deed::detachAll),
    UNMOUNT_SNAPSHOT(
            engine -> {
                files(engine);
                mount(engine, "s");
            },
            Deed::detachAll),
    CREATE_POOL(engine -> {}, Deed::anotherPool),
    DESCRIBE_POOL(Deed::anotherPool, engine -> {
        Pool pool = engine.pools().get(Installation.ANOTHER);
        engine.pools().update(pool.name(), "described", pool.config()).await();
    }),
    DELETE_POOL(
            Deed::anotherPool,
            engine -> engine.pools().delete(Installation.ANOTHER).await());

    private final Consumer<Engine> prepare;
    private final Consumer<Engine> act;

    Deed(Consumer<Engine> prepare, Consumer<Engine> act) {
        this.prepare = prepare;
        this.act = act;
    }

    void prepare(Engine engine) {
        prepare.accept(engine);
    }

    void act(Engine engine) {
        act.accept(engine);
    }

    /** Takes away what any of them has left. */
    static void clear(Engine engine) {
        detachAll(engine);
        engine.volumes()
                .list()
                .forEach(volume -> engine.volumes().delete(volume.name()).await());
        engine.pools().list().stream()
                .map(Pool::name)
                .filter(Installation.ANOTHER::equals)
                .forEach(pool -> engine.pools().delete(pool).await());
    }

    private static void create(Engine engine, VolumeName name, ContentType content) {
        engine.volumes()
                .create(new VolumeCreation(name, content, "", Map.of("size", "256MiB")))
                .await();
    }

    private static void volume(Engine engine) {
        create(engine, Names.V, ContentType.BLOCK);
        snapshot(engine, Names.V, "s");
    }

    private static void files(Engine engine) {
        create(engine, Names.V, ContentType.FILESYSTEM);
        snapshot(engine, Names.V, "s");
    }

    private static void grow(Engine engine) {
        engine.volumes().update(Names.V, "", Map.of("size", "512MiB")).await();
    }

    /** In another place on the same array. */
    private static void anotherPool(Engine engine) {
        Pool pool = engine.pools().get(Names.V.pool());
        engine.pools()
                .create(Installation.ANOTHER, pool.driver(), "", pool.config())
                .await();
    }

    private static void snapshot(Engine engine, VolumeName volume, String name) {
        engine.snapshots()
                .create(new SnapshotCreation(volume, name, null, new Expiry.Never()))
                .await();
    }

    private static void copy(Engine engine, @Nullable String snapshot, boolean snapshots, boolean refresh) {
        engine.volumes()
                .copy(new VolumeCopy(Names.V, snapshot, Names.W, snapshots, null, null, null, refresh))
                .await();
    }

    private static void attach(Engine engine, @Nullable String snapshot) {
        attach(engine, snapshot, AttachmentKind.DEVICE);
    }

    private static void mount(Engine engine, @Nullable String snapshot) {
        attach(engine, snapshot, AttachmentKind.MOUNT);
    }

    private static void attach(Engine engine, @Nullable String snapshot, AttachmentKind kind) {
        engine.attachments()
                .attach(new AttachmentRequest(Names.V, snapshot, kind, null, false))
                .await();
    }

    private static void detachAll(Engine engine) {
        engine.attachments()
                .list()
                .forEach(attachment ->
                        engine.attachments().detach(attachment.id()).await());
    }

    private interface Names {
        VolumeName V = VolumeName.of("p", "v");
        VolumeName W = VolumeName.of("p", "w");
    }
}
