package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.calls.Operation;
import io.stowage.tests.content.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The life of a volume with one file system: each step proves what its text says. */
final class FileSystemChapter {
    private static final long SEED = 20261121;

    private final Arena arena;
    private final Steps steps;
    private final Combination combination;
    private final String pool;
    private final String fileSystem;
    private final String volume;
    private final List<Tree> trees = new ArrayList<>();

    FileSystemChapter(Arena arena, Steps steps, Combination combination, String pool, String fileSystem) {
        this.arena = arena;
        this.steps = steps;
        this.combination = combination;
        this.pool = pool;
        this.fileSystem = fileSystem;
        this.volume = "data-" + fileSystem;
    }

    void run() {
        steps.chapter("A volume with " + fileSystem);
        steps.step(
                "create a 512 MiB volume, formatted with " + fileSystem,
                List.of(Operation.CREATE_FILESYSTEM.idle()),
                this::create);
        steps.step(
                "mount it, fill it with files, read them back",
                List.of(Operation.MOUNT.idle(), Operation.UNMOUNT.idle(), Operation.MOUNT.idle()),
                this::fill);
        steps.step(
                "take a snapshot, then overwrite, delete and add files",
                List.of(Operation.SNAPSHOT.busy()),
                this::snapshotAndOverwrite);
        steps.step(
                "read the snapshot beside its origin: each holds its own files",
                List.of(Operation.MOUNT_SNAPSHOT.busy(), Operation.UNMOUNT_SNAPSHOT.busy()),
                this::readBeside);
        steps.step(
                "kill -9 the server and the array under the mount, start them again: no file is lost",
                List.of(),
                this::killBoth);
        steps.step(
                "restore the snapshot: the first files are back",
                List.of(
                        Operation.UNMOUNT.idle(),
                        Operation.MOUNT.idle(),
                        Operation.UNMOUNT.idle(),
                        Operation.RESTORE_FILESYSTEM.idle(),
                        Operation.MOUNT.idle()),
                this::restore);
        steps.step(
                "copy the volume with its snapshots: both contents arrive",
                List.of(
                        Operation.COPY_WITH_ONE_SNAPSHOT.busy(),
                        Operation.MOUNT.busy(),
                        Operation.MOUNT_SNAPSHOT.busy(),
                        Operation.UNMOUNT_SNAPSHOT.busy(),
                        Operation.UNMOUNT.busy()),
                this::copy);
        steps.step(
                "grow it to 768 MiB " + (growsMounted() ? "while mounted" : "(unmounted)")
                        + ": space added, files kept",
                growsMounted()
                        ? List.of(Operation.GROW_MOUNTED.idle())
                        : List.of(Operation.UNMOUNT.idle(), Operation.GROW_UNMOUNTED.idle(), Operation.MOUNT.idle()),
                this::grow);
        steps.step(
                "delete copy and volume: the array is as before",
                List.of(
                        Operation.UNMOUNT.idle(),
                        Operation.DELETE_SNAPSHOT.idle(),
                        Operation.DELETE_VOLUME.idle(),
                        Operation.DELETE_SNAPSHOT.idle(),
                        Operation.DELETE_VOLUME.idle()),
                this::delete,
                () -> arena.mustHoldNothingOf(combination, pool));
    }

    private void create() {
        stowage("volume", "create", pool, volume, "size=512MiB", "block.filesystem=" + fileSystem);
    }

    private void fill() {
        Path path = mount(volume);
        trees.add(Tree.plant(path, SEED));
        unmount(volume);
        trees.getFirst().verify(mount(volume));
    }

    private void snapshotAndOverwrite() {
        stowage("snapshot", "create", pool, volume, "before");
        trees.add(Tree.overwrite(mounted(volume), SEED + 1));
    }

    private void readBeside() {
        Path snapshot = mount(volume + "/before");
        trees.get(0).verify(snapshot);
        trees.get(1).verify(mounted(volume));
        unmount(volume + "/before");
    }

    private void killBoth() {
        arena.server().kill();
        arena.array().kill();
        arena.array().restart();
        arena.server().restart();
        trees.get(1).verify(mounted(volume));
        trees.add(Tree.overwrite(mounted(volume), SEED + 2));
    }

    private void restore() {
        unmount(volume);
        trees.getLast().verify(mount(volume));
        unmount(volume);
        stowage("volume", "restore", pool, volume, "before");
        trees.getFirst().verify(mount(volume));
    }

    private void copy() {
        Tree latest = Tree.overwrite(mounted(volume), SEED + 3);
        stowage("volume", "copy", pool + "/" + volume, pool + "/copy");
        latest.verify(mount("copy"));
        trees.getFirst().verify(mount("copy/before"));
        unmount("copy/before");
        unmount("copy");
        trees.add(latest);
    }

    private void grow() {
        long before = space(mounted(volume));
        if (!growsMounted()) {
            unmount(volume);
        }
        stowage("volume", "set", pool, volume, "size=768MiB");
        Path path = growsMounted() ? mounted(volume) : mount(volume);
        long after = space(path);
        if (after - before < 128L << 20) {
            throw new AssertionError("the file system had " + before + " bytes and has " + after + " after growing");
        }
        trees.getLast().verify(path);
    }

    private void delete() {
        unmount(volume);
        stowage("volume", "delete", pool, "copy");
        stowage("volume", "delete", pool, volume);
    }

    /** ext4 grows mounted only with CAP_SYS_RESOURCE, which a container's root often lacks. */
    private boolean growsMounted() {
        return !fileSystem.equals("ext4") || Capabilities.haveSysResource();
    }

    private Path mount(String name) {
        return Path.of(stowage("volume", "mount", pool, name).out().strip());
    }

    private void unmount(String name) {
        stowage("volume", "unmount", pool, name);
    }

    /** Where LXD's layout has the volume. */
    private Path mounted(String name) {
        Path path = arena.server().state().resolve("storage-pools/" + pool + "/custom/default_" + name);
        if (!Files.isDirectory(path)) {
            throw new AssertionError(path + " is not there");
        }
        return path;
    }

    private static long space(Path path) {
        return path.toFile().getTotalSpace();
    }

    private Ran stowage(String... arguments) {
        return arena.server().stowage(arguments).orFail();
    }
}
