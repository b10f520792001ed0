package io.stowage.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Checkout;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** LXD's own client in Go: pools, volumes, snapshots, copies, moves, backups and events, over the socket and over HTTPS. */
@ExtendWith(SharedArena.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoClientTest {
    private static final Path GO = Path.of("/usr/bin/go");

    /** Where Debian's packages have Go's libraries. */
    private static final String LIBRARIES = "/usr/share/gocode";

    @TempDir
    private static Path folder;

    private final Arena arena = SharedArena.arena();

    /** Nothing is fetched here: {@code scripts/setup} has done so where it can. */
    @BeforeAll
    static void build() throws IOException {
        Path sources = Checkout.script("../build/go").normalize();
        assumeTrue(Files.isExecutable(GO) && Files.isDirectory(sources.resolve("src/github.com/lxc/lxd/client")));
        Path program = Files.writeString(folder.resolve("main.go"), LifeCycle.program("life_cycle.go"));
        Ran.run(
                        Map.of(
                                "GO111MODULE",
                                "off",
                                "GOPATH",
                                sources + ":" + LIBRARIES,
                                "GOCACHE",
                                sources.resolve("cache").toString(),
                                "GOFLAGS",
                                "",
                                "GOPROXY",
                                "off",
                                "HOME",
                                folder.toString()),
                        "",
                        List.of(GO.toString(), "build", "-o", program().toString(), program.toString()))
                .orFail();
    }

    private static Path program() {
        return folder.resolve("life-cycle");
    }

    @Test
    void overTheSocket() {
        liveThrough(Combination.PURE_NVME, Map.of());
    }

    @Test
    void overHttps() {
        try (RemoteClient client = RemoteClient.invite(arena.server(), folder, "go-client")) {
            liveThrough(Combination.ALLETRA_ISCSI, client.environment());
        }
    }

    private void liveThrough(Combination combination, Map<String, String> where) {
        var environment = new HashMap<>(LifeCycle.environment(arena, combination));
        environment.putAll(where);
        environment.put("HOME", folder.toString());
        Ran ran = Ran.run(environment, "", List.of(program().toString()));
        assertThat(ran.orFail().out()).isEqualTo("done\n");
    }
}
