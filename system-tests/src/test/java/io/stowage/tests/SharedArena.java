package io.stowage.tests;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One array and one server for all tests of this process that are content with a pool, or with some of their own; closed
 * after the last test. A start of both takes longer than most of these tests.
 */
public final class SharedArena implements BeforeAllCallback {
    private static @Nullable Opened opened;

    private record Opened(Arena arena, Set<Combination> withPools) implements AutoCloseable {
        @Override
        public void close() {
            arena.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        opened = context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(SharedArena.class))
                .computeIfAbsent(
                        Opened.class, _ -> new Opened(Arena.open(), EnumSet.noneOf(Combination.class)), Opened.class);
    }

    private static Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("only for classes that are extended with this");
        }
        return opened;
    }

    public static Arena arena() {
        return opened().arena();
    }

    /** The name of a pool that is there for all tests with this combination. */
    public static String pool(Combination combination) {
        String pool = "p-" + combination.driver() + combination.ordinal();
        if (opened().withPools().add(combination)) {
            arena().createPool(combination, pool, combination.vendor().quota("30GiB"));
        }
        return pool;
    }
}
