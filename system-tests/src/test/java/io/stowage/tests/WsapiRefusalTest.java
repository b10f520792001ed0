package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Vendor;
import io.stowage.tests.arena.WsapiApi;
import io.stowage.tests.content.Blocks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        limitSessions(null);
    }

    private void limitSessions(@Nullable Integer limit) {
        Map<String, Object> line = new HashMap<>(Map.of("personality", "alletra", "set", "session-limit"));
        line.put("to", limit);
        arena.array().control(Json.of(line));
    }

    private WsapiApi administrator() {
        return new WsapiApi(arena.array().endpoint(Vendor.ALLETRA));
    }

    private Ran stowage(String... arguments) {
        return arena.server().stowage(arguments);
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

    @Test
    void aSetThatIsTaken() {
        try (WsapiApi administrator = administrator()) {
            administrator.takePool("taken");
            try {
                refused(create("taken"), "taken", "exists");
                assertThat(administrator.hasPool("taken")).isTrue();
            } finally {
                administrator.removePool("taken");
            }
        }
    }

    @Test
    void anArrayWithoutAFreeSession() {
        try (WsapiApi administrator = administrator()) {
            limitSessions(1);
            refused(create("none"), "service is unavailable");
            limitSessions(null);
            assertThat(administrator.hasPool("none")).isFalse();
        }
    }

    /** The growth limit counts what is written to the group's volumes. */
    @Test
    void aGroupAtItsGrowthLimit() {
        try (WsapiApi administrator = administrator()) {
            administrator.request("POST", "/cpgs", "{\"name\":\"small\",\"growthLimitMiB\":4}");
            try {
                create("limited", "alletra.cpg=small").orFail();
                stowage("volume", "create", "limited", "v", "--type", "block", "size=256MiB")
                        .orFail();
                Path device = Path.of(stowage("volume", "attach", "limited", "v")
                        .orFail()
                        .out()
                        .strip());
                Blocks.write(device, 1, 80); // of 60 KiB
                stowage("volume", "detach", "limited", "v").orFail();
                refused(
                        stowage("volume", "create", "limited", "w", "--type", "block", "size=256MiB"),
                        "not enough space");
                refused(stowage("volume", "set", "limited", "v", "size=512MiB"), "CPG");
                assertThat(administrator.contents("limited")).hasSize(1);
            } finally {
                stowage("volume", "detach", "limited", "v");
                stowage("volume", "delete", "limited", "v");
                stowage("pool", "delete", "limited");
                administrator.request("DELETE", "/cpgs/small", "");
            }
        }
    }

    /** An NVMe host has namespaces 1 to 256. */
    @Test
    void aHostWithAllVluns() {
        Combination nvme = Combination.ALLETRA_NVME;
        String pool = SharedArena.pool(nvme);
        for (String name : List.of("first", "last")) {
            stowage("volume", "create", pool, name, "--type", "block", "size=256MiB")
                    .orFail();
        }
        stowage("volume", "attach", pool, "first").orFail();
        try (WsapiApi administrator = administrator()) {
            String host =
                    administrator.members("/vluns").getFirst().get("hostname").text();
            int taken = 0;
            try {
                while (taken < 255) {
                    administrator.createVolume("filler-" + taken, 256);
                    administrator.connect(host, "filler-" + taken++);
                }
                refused(stowage("volume", "attach", pool, "last"), "connect volume");
                assertThat(administrator.members("/vluns"))
                        .noneMatch(vlun -> vlun.get("lun").number(0) > 256);
            } finally {
                for (Json vlun : administrator.members("/vluns")) {
                    String volume = vlun.get("volumeName").text();
                    if (volume.startsWith("filler-") && vlun.get("active").equals(Json.of(false))) {
                        administrator.request(
                                "DELETE",
                                "/vluns/" + volume + "," + vlun.get("lun").number(0) + "," + host,
                                "");
                    }
                }
                for (int i = 0; i < taken; i++) {
                    administrator.request("DELETE", "/volumes/filler-" + i, "");
                }
            }
        }
        stowage("volume", "detach", pool, "first").orFail();
        for (String name : List.of("first", "last")) {
            stowage("volume", "delete", pool, name).orFail();
        }
    }
}
