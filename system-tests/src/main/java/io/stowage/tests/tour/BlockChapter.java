package io.stowage.tests.tour;

import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Ran;
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
    private final String pool;
    private final List<Blocks> contents = new ArrayList<>();

    BlockChapter(Arena arena, Steps steps, String pool) {
        this.arena = arena;
        this.steps = steps;
        this.pool = pool;
    }

    void run() {
        steps.chapter("A block volume");
        steps.step("create a 64 MiB block volume and attach it as a device", this::create);
        steps.step(
                "write blocks, take a snapshot, overwrite them, read the snapshot's device beside it", this::snapshot);
        steps.step("restore the snapshot: the first blocks are back", this::restore);
        steps.step("copy it: the copy's device holds the same blocks", this::copy);
        steps.step("grow it to 96 MiB: the device has the new size and the same blocks", this::grow);
        steps.step("delete everything: the array is as before", this::delete);
    }

    private void create() {
        stowage("volume", "create", pool, "disk", "--type", "block", "size=64MiB");
        mustHaveSize(attach("disk"), 64L << 20);
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
        stowage("volume", "set", pool, "disk", "size=96MiB");
        Path device = attach("disk");
        mustHaveSize(device, 96L << 20);
        contents.getFirst().verify(device);
    }

    private void delete() {
        stowage("volume", "detach", pool, "disk");
        stowage("volume", "delete", pool, "disk");
        stowage("volume", "delete", pool, "disk2");
        arena.mustHoldNothingOf(pool);
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
