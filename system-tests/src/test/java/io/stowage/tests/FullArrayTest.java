package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An array without space refuses, loses nothing, and takes up again when there is space. */
class FullArrayTest {
    @ParameterizedTest
    @EnumSource
    void aFullArrayRefusesAndRecovers(Combination combination) {
        try (Arena arena = Arena.open("96MiB")) {
            arena.createPool(combination, "p");
            arena.server()
                    .stowage("volume", "create", "p", "v", "--type", "block", "size=256MiB")
                    .orFail();
            Path kept = Path.of(arena.server()
                    .stowage("volume", "attach", "p", "v")
                    .orFail()
                    .out()
                    .strip());
            assertThat(fill(kept, 48).succeeded()).isTrue();
            arena.server()
                    .stowage("volume", "create", "p", "w", "--type", "block", "size=256MiB")
                    .orFail();
            Path victim = Path.of(arena.server()
                    .stowage("volume", "attach", "p", "w")
                    .orFail()
                    .out()
                    .strip());
            Ran refused = fill(victim, 60);
            assertThat(refused.succeeded()).isFalse();
            Ran create = arena.server().stowage("volume", "create", "p", "x", "size=256MiB");
            assertThat(create.status()).isEqualTo(1);
            assertThat(create.err()).startsWith("Error: ").hasLineCount(1);
            assertThat(arena.server()
                            .stowage("volume", "list", "p", "--format", "csv")
                            .orFail()
                            .out())
                    .doesNotContain("\nx,");
            arena.server().stowage("volume", "detach", "p", "w").orFail();
            arena.server().stowage("volume", "delete", "p", "w").orFail();
            assertThat(fill(kept, 60).succeeded()).isTrue();
            arena.server().stowage("volume", "detach", "p", "v").orFail();
        }
    }

    private static Ran fill(Path device, int mebibytes) {
        return Ran.run(
                "dd",
                "if=/dev/urandom",
                "of=" + device,
                "bs=1M",
                "count=" + mebibytes,
                "oflag=direct",
                "conv=fsync,notrunc");
    }
}
