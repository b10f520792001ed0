package io.stowage.tests.tour;

import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.calls.Operation;
import io.stowage.tests.content.Blocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The life of a volume that is handed out as a block device. */
final class BlockChapter {
    private static final int COUNT = 24;

    private final Arena arena;
    private final Steps steps;
    private final Combination combination;
    private final String pool;
    private final List<Blocks> contents = new ArrayList<>();

    BlockChapter(Arena arena, Steps steps, Combination combination, String pool) {
        this.arena = arena;
        this.steps = steps;
        this.combination = combination;
        this.pool = pool;
    }

    void run() {
        steps.chapter("A block volume");
        steps.step(
                "create a 256 MiB block volume and attach it as a device",
                List.of(Operation.CREATE_BLOCK.idle(), Operation.ATTACH.idle()),
                this::create);
        steps.step(
                "write blocks, take a snapshot, overwrite them, read the snapshot's device beside it",
                List.of(Operation.SNAPSHOT.busy(), Operation.MOUNT_SNAPSHOT.busy(), Operation.UNMOUNT_SNAPSHOT.busy()),
                this::snapshot);
        steps.step(
                "restore the snapshot: the first blocks are back",
                List.of(Operation.DETACH.idle(), Operation.RESTORE_BLOCK.idle(), Operation.ATTACH.idle()),
                this::restore);
        steps.step(
                "copy it: the copy's device holds the same blocks",
                List.of(Operation.COPY_WITH_ONE_SNAPSHOT.busy(), Operation.ATTACH.busy(), Operation.DETACH.busy()),
                this::copy);
        steps.step(
                "grow it to 512 MiB: the device has the new size and the same blocks",
                List.of(Operation.DETACH.idle(), Operation.GROW_BLOCK.idle(), Operation.ATTACH.idle()),
                this::grow);
        steps.step(
                "delete everything: the array is as before",
                List.of(
                        Operation.DETACH.idle(),
                        Operation.DELETE_SNAPSHOT.idle(),
                        Operation.DELETE_VOLUME.idle(),
                        Operation.DELETE_SNAPSHOT.idle(),
                        Operation.DELETE_VOLUME.idle()),
                this::delete,
                () -> arena.mustHoldNothingOf(combination, pool));
    }

    private void create() {
        stowage("volume", "create", pool, "disk", "--type", "block", "size=256MiB");
        mustHaveSize(attach("disk"), 256L << 20);
    }

    private void snapshot() {
        contents.add(Blocks.write(device("disk"), 1, COUNT));
        stowage("snapshot", "create", pool, "disk", "before");
        contents.add(Blocks.write(device("disk"), 2, COUNT / 2));
        contents.getFirst().verify(attach("disk/before"));
        contents.getLast().verify(device("disk"));
        stowage("volume", "detach", pool, "disk/before");
    }

    private void restore() {
        stowage("volume", "detach", pool, "disk");
        stowage("volume", "restore", pool, "disk", "before");
        contents.getFirst().verify(attach("disk"));
    }

    private void copy() {
        stowage("volume", "copy", pool + "/disk", pool + "/disk2");
        contents.getFirst().verify(attach("disk2"));
        stowage("volume", "detach", pool, "disk2");
    }

    private void grow() {
        stowage("volume", "detach", pool, "disk");
        stowage("volume", "set", pool, "disk", "size=512MiB");
        Path device = attach("disk");
        mustHaveSize(device, 512L << 20);
        contents.getFirst().verify(device);
    }

    private void delete() {
        stowage("volume", "detach", pool, "disk");
        stowage("volume", "delete", pool, "disk");
        stowage("volume", "delete", pool, "disk2");
    }

    private Path attach(String name) {
        return Path.of(stowage("volume", "attach", pool, name).out().strip());
    }

    private Path device(String name) {
        String path = StowageClient.path("storage-pools", pool, "volumes", "custom", name, "attachments");
        return Path.of(arena.server()
                .client()
                .get(path + "?recursion=1")
                .items()
                .getFirst()
                .get("device")
                .text());
    }

    private static void mustHaveSize(Path device, long bytes) {
        try (FileChannel channel = FileChannel.open(device)) {
            if (channel.size() != bytes) {
                throw new AssertionError(device + " has " + channel.size() + " bytes instead of " + bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran stowage(String... arguments) {
        return arena.server().stowage(arguments).orFail();
    }
}
