package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Checkout;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code bin/stowaged} as a program: options, signals, one server for one folder. */
class StowagedTest {
    private static final Map<String, String> BUILT = Map.of("STOWAGE_BUILT", "1");

    @TempDir
    Path folder;

    private static Ran stowaged(String... options) {
        List<String> command =
                new java.util.ArrayList<>(List.of(Checkout.program("stowaged").toString()));
        command.addAll(List.of(options));
        return Ran.run(BUILT, "", command);
    }

    @Test
    void aBadOptionIsOneSentence() {
        Ran ran = stowaged("--state", folder.toString(), "--connector", "carrier-pigeon");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("--connector", "carrier-pigeon").hasLineCount(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void withoutAStateFolderNothingStarts() {
        Ran ran = stowaged();
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("--state").hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void attachmentsStayOverSigtermAndGoWithSigpwr(Combination combination) throws Exception {
        try (Arena arena = Arena.open()) {
            arena.createPool(combination, "p");
            arena.server().stowage("volume", "create", "p", "v", "size=128MiB").orFail();
            Path mount = Path.of(arena.server()
                    .stowage("volume", "mount", "p", "v")
                    .orFail()
                    .out()
                    .strip());
            Files.writeString(mount.resolve("file"), "kept");
            assertThat(arena.server().stop()).isZero();
            assertThat(mounts(mount)).isTrue();
            arena.server().restart();
            assertThat(mount.resolve("file")).hasContent("kept");
            Ran second = stowaged("--state", arena.server().state().toString());
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains(arena.server().state().toString()).hasLineCount(1);
            assertThat(arena.server().powerOff()).isZero();
            assertThat(mounts(mount)).isFalse();
            arena.server().restart();
            assertThat(mounts(mount)).as("brought back at the next start").isTrue();
            assertThat(mount.resolve("file")).hasContent("kept");
            arena.server().stowage("volume", "unmount", "p", "v").orFail();
        }
    }

    @Test
    void aKilledServerLeavesNoUnpackedLibrary() throws Exception {
        try (Arena arena = Arena.open();
                Stream<Path> files = Files.list(arena.server().state())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.startsWith("sqlite"));
        }
    }

    private static boolean mounts(Path path) throws Exception {
        return Files.readString(Path.of("/proc/mounts")).contains(" " + path + " ");
    }
}
