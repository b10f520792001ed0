package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Vendor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only an Alletra refuses, through our command: one sentence in its own words, and nothing is left. */
@ExtendWith(SharedArena.class)
class WsapiRefusalTest {
    private final Arena arena = SharedArena.arena();
    private final Combination combination = Arrays.stream(Combination.values())
            .filter(each -> each.vendor() == Vendor.ALLETRA)
            .findFirst()
            .orElseThrow();

    @AfterEach
    void mend() {
        arena.array().control(Json.of(Map.of("clear", true)));
    }

    private Ran create(String pool, String... changed) {
        List<String> arguments = new ArrayList<>(List.of("pool", "create", pool, combination.driver()));
        for (String setting : combination.poolSettings(arena.array())) {
            String key = setting.substring(0, setting.indexOf('='));
            arguments.add(Arrays.stream(changed)
                    .filter(one -> one.startsWith(key + "="))
                    .findFirst()
                    .orElse(setting));
        }
        return arena.server().stowage(arguments.toArray(String[]::new));
    }

    private static void refused(Ran ran, String... words) {
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Error: ").hasLineCount(1).contains(words);
    }

    private void fault(String on, String method, int status, int code, String words) {
        arena.array()
                .control(Json.of(Map.of(
                        "personality",
                        "alletra",
                        "on",
                        on,
                        "method",
                        method,
                        "do",
                        "error",
                        "status",
                        status,
                        "code",
                        code,
                        "message",
                        words)));
    }

    @Test
    void aGroupThatIsMissing() {
        refused(create("none", "alletra.cpg=none"), "alletra.cpg", "none");
    }

    @Test
    void aWrongPassword() {
        refused(create("none", "alletra.user.password=wrong"), "alletra.user.password");
    }

    @Test
    void aGroupThatIsFull() {
        String pool = SharedArena.pool(combination);
        arena.array()
                .control(Json.of(Map.of("personality", "alletra", "on", "volumes", "method", "POST", "do", "full")));
        refused(arena.server().stowage("volume", "create", pool, "full", "--type", "block", "size=256MiB"), "space");
    }
}
