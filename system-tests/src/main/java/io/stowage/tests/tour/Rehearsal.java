package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.List;

/**
 * Main of the build's last step: a short life of an array and a server, so that the AOT caches that they write at their
 * end hold the classes of a start and of the usual operations. With such a cache a start costs half.
 */
public final class Rehearsal {
    private static final String POOL = "rehearsal";
    private static final String SIZE = "size=256MiB";

    private Rehearsal() {}

    public static void main(String[] args) {
        try (Arena arena = Arena.open("4GiB")) {
            for (Combination combination : List.of(Combination.PURE_ISCSI, Combination.ALLETRA_NVME)) {
                play(arena, combination);
            }
            int array = arena.array().stop();
            int server = arena.server().stop();
            System.exit(array + server);
        }
    }

    private static void play(Arena arena, Combination combination) {
        arena.createPool(combination, POOL);
        stowage(arena, "volume", "create", POOL, "one", "--type", "block", SIZE);
        stowage(arena, "snapshot", "create", POOL, "one", "before");
        stowage(arena, "volume", "list", POOL);
        stowage(arena, "snapshot", "delete", POOL, "one", "before");
        stowage(arena, "volume", "delete", POOL, "one");
        stowage(arena, "pool", "delete", POOL);
    }

    private static void stowage(Arena arena, String... command) {
        arena.server().stowage(command).orFail();
    }
}
