package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.FlashArrayApi;
import java.util.List;

/** The main job from an empty array to an empty array. */
public final class Scenario {
    private static final String POOL = "tour";

    private final Arena arena;
    private final Steps steps;

    public Scenario(Arena arena, Steps steps) {
        this.arena = arena;
        this.steps = steps;
    }

    public void run() {
        steps.chapter("A pool on the array");
        steps.step("create a pool: the array has a pod of that name", this::createPool);
        for (String fileSystem : List.of("ext4", "xfs", "btrfs")) {
            new FileSystemChapter(arena, steps, POOL, fileSystem).run();
        }
        new BlockChapter(arena, steps, POOL).run();
        steps.chapter("The end");
        steps.step("delete the pool: nothing is left on the array", this::deletePool);
    }

    private void createPool() {
        arena.createPool(POOL, "size=20GiB");
        try (FlashArrayApi api = arena.arrayApi()) {
            if (api.items("/pods?names=" + POOL).isEmpty()) {
                throw new AssertionError("the array has no pod \"" + POOL + "\"");
            }
        }
    }

    private void deletePool() {
        arena.server().stowage("pool", "delete", POOL).orFail();
        try (FlashArrayApi api = arena.arrayApi()) {
            if (!api.everything().isEmpty()) {
                throw new AssertionError("left on the array: " + api.everything());
            }
        }
    }
}
