package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.calls.Operation;
import java.util.List;

/** The main job from an empty array to an empty array, with one driver and one protocol. */
public final class Scenario {
    private static final String POOL = "tour";

    private final Arena arena;
    private final Steps steps;
    private final Combination combination;
    private final List<String> fileSystems;

    /** @param fileSystems each gets a volume and a chapter */
    private Scenario(Arena arena, Steps steps, Combination combination, List<String> fileSystems) {
        this.arena = arena;
        this.steps = steps;
        this.combination = combination;
        this.fileSystems = fileSystems;
    }

    /** With each combination, one after the other. */
    public static void runAll(Arena arena, Steps steps) {
        for (Combination combination : Combination.values()) {
            new Scenario(arena, steps, combination, fileSystems(combination)).run();
        }
    }

    /** The first combination sees every file system, the others one of them by turns, or the tour would take too long. */
    private static List<String> fileSystems(Combination combination) {
        List<String> all = List.of("ext4", "xfs", "btrfs");
        int place = combination.ordinal();
        return place == 0 ? all : List.of(all.get(place % all.size()));
    }

    private void run() {
        steps.with(combination);
        steps.chapter("A pool: " + combination);
        steps.step(
                "create a pool: the array knows it by its name",
                List.of(Operation.CREATE_POOL.idle()),
                this::createPool,
                this::mustBeThere);
        for (String fileSystem : fileSystems) {
            new FileSystemChapter(arena, steps, combination, POOL, fileSystem).run();
        }
        new BlockChapter(arena, steps, combination, POOL).run();
        steps.chapter("The end: " + combination);
        steps.step(
                "delete the pool: nothing is left on the array",
                List.of(Operation.DELETE_POOL.idle()),
                this::deletePool,
                this::mustBeEmpty);
    }

    private void createPool() {
        arena.createPool(combination, POOL, combination.vendor().quota("20GiB"));
    }

    private void mustBeThere() {
        try (ArrayApi api = arena.array().administrator(combination.vendor())) {
            if (!api.hasPool(POOL)) {
                throw new AssertionError("the array knows no pool \"" + POOL + "\"");
            }
        }
    }

    private void deletePool() {
        arena.server().stowage("pool", "delete", POOL).orFail();
    }

    private void mustBeEmpty() {
        try (ArrayApi api = arena.array().administrator(combination.vendor())) {
            if (!api.everything().isEmpty()) {
                throw new AssertionError("left on the array: " + api.everything());
            }
        }
    }
}
