package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.arena.ArrayInABox;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Vendor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life cycle of every endpoint, as a stranger wrote it: see the {@code __init__.py} in {@code src/test/python}. */
class LifeCycleTest {
    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

    @TempDir
    Path folder;

    private ArrayInABox array;

    @AfterEach
    void end() {
        if (array != null) {
            array.kill();
        }
    }

    @ParameterizedTest
    @CsvSource({"PURE, flasharray", "ALLETRA, wsapi"})
    void everyEndpointLivesAsTheReferenceSays(Vendor vendor, String scripts) {
        Path state = folder.resolve("array");
        array = ArrayInABox.start(state, "1TiB", Set.of(vendor), ArrayInABox.addresses("127.", 2));
        Ran ran = Ran.run(
                Map.of("STOWAGE_ARRAY", state.toString(), "PYTHONDONTWRITEBYTECODE", "1"),
                "",
                List.of(
                        "python3",
                        "-m",
                        "unittest",
                        "discover",
                        "-s",
                        SCRIPTS.resolve(scripts).toString(),
                        "-t",
                        SCRIPTS.toString()));
        assertThat(ran.status()).as(ran.err() + array.log()).isZero();
        assertThat(ran.err()).containsPattern("Ran [1-9][0-9]+ tests");
    }
}
