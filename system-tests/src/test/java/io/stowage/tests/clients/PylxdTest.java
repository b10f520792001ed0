package io.stowage.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Debian's pylxd: pools, volumes, snapshots, copies, backups and events, over the socket and over HTTPS. */
@ExtendWith(SharedArena.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PylxdTest {
    /** Debian's; there may be others. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Arena arena = SharedArena.arena();

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(
            value = Combination.class,
            names = {"PURE_ISCSI", "ALLETRA_NVME"})
    void overTheSocket(Combination combination) {
        liveThrough(combination, Map.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = Combination.class,
            names = {"PURE_NVME", "ALLETRA_ISCSI"})
    void overHttps(Combination combination) {
        try (RemoteClient client = RemoteClient.invite(arena.server(), home, "pylxd")) {
            liveThrough(combination, client.environment());
        }
    }

    private void liveThrough(Combination combination, Map<String, String> where) {
        var environment = new HashMap<>(LifeCycle.environment(arena, combination));
        environment.putAll(where);
        environment.put("HOME", home.toString());
        Ran ran = Ran.run(environment, LifeCycle.program("life_cycle.py"), List.of(PYTHON, "-"));
        assertThat(ran.orFail().out()).isEqualTo("done\n");
    }
}
