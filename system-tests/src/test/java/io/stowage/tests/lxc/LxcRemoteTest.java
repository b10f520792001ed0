package io.stowage.tests.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.SharedArena;
import io.stowage.tests.arena.Checkout;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Debian's {@code lxc} with our server as a remote, over HTTPS. */
@ExtendWith(SharedArena.class)
@Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
class LxcRemoteTest {
    private static final Combination COMBINATION = Combination.PURE_ISCSI;

    @TempDir
    private Path homes;

    private final Server server = SharedArena.arena().server();

    @BeforeEach
    void listen() {
        server.lxc("config", "set", "core.https_address=127.0.0.1:0").orFail();
    }

    @AfterEach
    void forget() {
        server.lxc("config", "unset", "core.remote_token_expiry");
        for (Json token : operations().stream()
                .filter(one -> one.get("class").text().equals("token"))
                .toList()) {
            server.lxc("operation", "delete", token.get("id").text());
        }
        for (Json trusted : json("config", "trust", "list", "--format", "json").items()) {
            server.lxc("config", "trust", "remove", trusted.get("fingerprint").text());
        }
        server.lxc("config", "unset", "core.https_address");
    }

    private Json json(String... arguments) {
        return Json.parse(server.lxc(arguments).orFail().out());
    }

    private List<Json> operations() {
        List<Json> all = new ArrayList<>();
        json("query", "/1.0/operations?recursion=1")
                .fields()
                .forEach((status, operations) -> all.addAll(operations.items()));
        return all;
    }

    /** A user elsewhere, with certificate and remotes of their own. */
    private Ran elsewhere(String user, String... arguments) {
        String home = homes.resolve(user).toString();
        List<String> command = new ArrayList<>(List.of("lxc"));
        command.addAll(List.of(arguments));
        return Ran.run(
                Map.of(
                        "LXD_CONF",
                        home,
                        "HOME",
                        home,
                        "LXD_DIR",
                        homes.resolve("none").toString()),
                "",
                command);
    }

    private String token(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("config", "trust", "add", "--name", name));
        arguments.addAll(List.of(more));
        String[] lines = server.lxc(arguments.toArray(String[]::new))
                .orFail()
                .out()
                .strip()
                .split("\n", -1);
        return lines[lines.length - 1];
    }

    private void mustBeRefused(String user, String token) {
        Ran refused = elsewhere(user, "remote", "add", "far", token);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).endsWith("Error: Failed to create certificate: not authorized\n");
    }

    @Test
    void aRemoteIsAddedByTokenAndServesVolumes() {
        String pool = SharedArena.pool(COMBINATION);
        elsewhere("alice", "remote", "add", "far", token("alice")).orFail();
        assertThat(server.lxc("config", "trust", "list", "--format", "csv")
                        .orFail()
                        .out())
                .contains("client,alice,");
        assertThat(elsewhere("alice", "storage", "list", "far:", "--format", "csv")
                        .orFail()
                        .out())
                .contains(pool + ",");
        elsewhere("alice", "storage", "volume", "create", "far:" + pool, "away", "size=64MiB")
                .orFail();
        elsewhere("alice", "storage", "volume", "set", "far:" + pool, "away", "user.note=x")
                .orFail();
        elsewhere("alice", "storage", "volume", "snapshot", "far:" + pool, "away", "s1")
                .orFail();
        assertThat(elsewhere("alice", "storage", "volume", "info", "far:" + pool, "away")
                        .orFail()
                        .out())
                .contains("Name: away", "s1");
        elsewhere("alice", "storage", "volume", "copy", "far:" + pool + "/away", "far:" + pool + "/copy")
                .orFail();
        elsewhere("alice", "storage", "volume", "rename", "far:" + pool, "copy", "copy2")
                .orFail();
        elsewhere("alice", "storage", "volume", "restore", "far:" + pool, "away", "s1")
                .orFail();
        assertThat(elsewhere("alice", "storage", "volume", "list", "far:" + pool, "--format", "csv")
                        .orFail()
                        .out())
                .contains("custom,away,", "custom (snapshot),away/s1,", "custom,copy2,", "custom (snapshot),copy2/s1,");
        for (String volume : List.of("away", "copy2")) {
            elsewhere("alice", "storage", "volume", "delete", "far:" + pool, volume)
                    .orFail();
        }
        assertThat(elsewhere("alice", "info", "far:").orFail().out()).contains("auth: trusted", "server: lxd");
    }

    /** {@code bin/stowage} of a user elsewhere, with remotes of its own. */
    private Ran stowage(String input, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Checkout.program("stowage").toString()));
        command.addAll(List.of(arguments));
        String home = homes.resolve("own").toString();
        return Ran.run(Map.of("STOWAGE_CONFIG", home, "STOWAGE_STATE", home), input, command);
    }

    @Test
    void ourOwnCommandReachesTheServerFromElsewhere() {
        String pool = SharedArena.pool(COMBINATION);
        String token = token("dora");
        stowage("", "remote", "add", "far", token).orFail();
        assertThat(server.lxc("config", "trust", "list", "--format", "csv")
                        .orFail()
                        .out())
                .contains("client,dora,");
        Ran taken = stowage("", "remote", "add", "far", token);
        assertThat(taken.err()).isEqualTo("Error: There is a remote \"far\" already\n");
        String address =
                stowage("", "remote", "list", "--format", "json").orFail().out();
        Json far = Json.parse(address).items().getFirst();
        // Who is trusted needs no token.
        stowage(
                        "",
                        "remote",
                        "add",
                        "far2",
                        far.get("address").text(),
                        "--fingerprint",
                        far.get("fingerprint").text())
                .orFail();
        stowage("", "remote", "remove", "far2").orFail();
        Ran another =
                stowage("", "remote", "add", "other", far.get("address").text(), "--fingerprint", "ab".repeat(32));
        assertThat(another.status()).isEqualTo(1);
        assertThat(another.err())
                .contains("its certificate has the fingerprint "
                        + far.get("fingerprint").text());

        stowage("", "volume", "create", pool, "owned", "size=64MiB", "--remote", "far")
                .orFail();
        try {
            String edited = "description: by dora\nconfig:\n  size: 64MiB\n  user.note: 7\n";
            stowage(edited, "volume", "edit", pool, "owned", "--remote", "far").orFail();
            assertThat(server.lxc("storage", "volume", "show", pool, "owned")
                            .orFail()
                            .out())
                    .contains("description: by dora", "user.note: \"7\"");
            String shown = stowage("", "pool", "show", pool, "--remote", "far")
                    .orFail()
                    .out();
            stowage(
                            shown.replaceFirst("description: ''", "description: edited"),
                            "pool",
                            "edit",
                            pool,
                            "--remote",
                            "far")
                    .orFail();
            assertThat(stowage("", "pool", "list", "--remote", "far").orFail().out())
                    .contains(pool, "edited");
            stowage(shown, "pool", "edit", pool, "--remote", "far").orFail();
            Ran nonsense = stowage("config: [", "pool", "edit", pool, "--remote", "far");
            assertThat(nonsense.err()).startsWith("Error: That is not YAML: ").hasLineCount(1);
        } finally {
            stowage("", "volume", "delete", pool, "owned", "--remote", "far").orFail();
        }
        stowage("", "remote", "remove", "far").orFail();
        Ran forgotten = stowage("", "pool", "list", "--remote", "far");
        assertThat(forgotten.status()).isEqualTo(1);
        assertThat(forgotten.err())
                .isEqualTo("Error: There is no remote \"far\"; stowage remote list shows those there are\n");
    }

    @Test
    void aSpentTokenIsNoTrustForOurOwnCommandEither() {
        String token = token("eve");
        elsewhere("eve", "remote", "add", "far", token).orFail();
        Ran refused = stowage("", "remote", "add", "far", token);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo(
                        "Error: The server does not trust this client: the token was used, revoked, or has expired\n");
        assertThat(stowage("", "remote", "list", "--format", "csv").orFail().out())
                .doesNotContain("far");
    }

    @Test
    void tokensThatAreSpentWrongRevokedOrExpiredAreRefused() {
        String spent = token("alice");
        elsewhere("alice", "remote", "add", "far", spent).orFail();
        mustBeRefused("bob", spent);
        String good = token("bob");
        String json = new String(Base64.getDecoder().decode(good), StandardCharsets.UTF_8);
        String wrong = json.replaceFirst("\"secret\":\"[0-9a-f]{8}", "\"secret\":\"00000000");
        mustBeRefused("bob", Base64.getEncoder().encodeToString(wrong.getBytes(StandardCharsets.UTF_8)));
        server.lxc("config", "trust", "revoke-token", "bob").orFail();
        mustBeRefused("bob", good);
        server.lxc("config", "set", "core.remote_token_expiry=1S").orFail();
        String expired = token("bob");
        while (!operations().stream()
                .filter(one -> one.get("class").text().equals("token"))
                .toList()
                .isEmpty()) {
            Thread.onSpinWait(); // each look is a process, and the test has its limit
        }
        mustBeRefused("bob", expired);
        String secret = Json.parse(json).get("secret").text();
        assertThat(server.log()).doesNotContain(secret);
    }

    @Test
    void whoIsNoLongerTrustedIsRefused() {
        elsewhere("alice", "remote", "add", "far", token("alice")).orFail();
        Ran again = elsewhere("alice", "remote", "add", "far2", token("alice-again"));
        assertThat(again.err()).endsWith("Error: Failed to create certificate: Client is already trusted\n");
        String fingerprint = json("config", "trust", "list", "--format", "json")
                .items()
                .getFirst()
                .get("fingerprint")
                .text();
        server.lxc("config", "trust", "remove", fingerprint.substring(0, 12)).orFail();
        Ran refused = elsewhere("alice", "storage", "list", "far:");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("not authorized");
    }

    @Test
    void aRestrictedClientHasItsProjectAndNoSecrets() {
        String pool = SharedArena.pool(COMBINATION);
        server.lxc("project", "create", "theirs").orFail();
        try {
            elsewhere("carol", "remote", "add", "far", token("carol", "--restricted", "--projects", "theirs"))
                    .orFail();
            elsewhere("carol", "storage", "volume", "create", "far:" + pool, "mine", "size=64MiB")
                    .orFail();
            assertThat(server.lxc("storage", "volume", "list", pool, "--project", "theirs", "--format", "csv")
                            .orFail()
                            .out())
                    .contains("custom,mine,");
            assertThat(server.lxc("storage", "volume", "list", pool, "--format", "csv")
                            .orFail()
                            .out())
                    .doesNotContain("custom,mine,");
            String shown = elsewhere("carol", "storage", "show", "far:" + pool)
                    .orFail()
                    .out();
            assertThat(shown).contains("name: " + pool, "config: {}");
            assertThat(elsewhere("carol", "project", "list", "far:", "--format", "csv")
                            .orFail()
                            .out())
                    .startsWith("theirs")
                    .hasLineCount(1);
            for (Ran refused : List.of(
                    elsewhere("carol", "storage", "set", "far:" + pool, "user.x=1"),
                    elsewhere("carol", "storage", "volume", "list", "far:" + pool, "--project", "default"),
                    elsewhere("carol", "config", "set", "far:", "user.x=1"),
                    elsewhere("carol", "warning", "list", "far:"))) {
                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.err()).contains("not authorized");
            }
            Ran used = server.lxc("project", "delete", "theirs");
            assertThat(used.err()).isEqualTo("Error: Only empty projects can be removed\n");
        } finally {
            server.lxc("storage", "volume", "delete", pool, "mine", "--project", "theirs");
            server.lxc("project", "delete", "theirs");
        }
        assertThat(server.lxc("project", "list", "--format", "csv").orFail().out())
                .doesNotContain("theirs");
    }

    @Test
    void theDefaultProfileNamesVolumes() {
        String pool = SharedArena.pool(COMBINATION);
        server.lxc("storage", "volume", "create", pool, "profiled", "size=64MiB")
                .orFail();
        try {
            server.lxc("storage", "volume", "attach-profile", pool, "profiled", "default", "data", "/data")
                    .orFail();
            assertThat(server.lxc("storage", "volume", "show", pool, "profiled")
                            .orFail()
                            .out())
                    .contains("- /1.0/profiles/default");
            assertThat(server.lxc("profile", "show", "default").orFail().out())
                    .contains("source: profiled", "path: /data");
            server.lxc("storage", "volume", "rename", pool, "profiled", "renamed")
                    .orFail();
            assertThat(server.lxc("profile", "show", "default").orFail().out()).contains("source: renamed");
            server.lxc("storage", "volume", "rename", pool, "renamed", "profiled")
                    .orFail();
            Ran used = server.lxc("storage", "volume", "delete", pool, "profiled");
            assertThat(used.err()).isEqualTo("Error: The storage volume is still in use\n");
        } finally {
            server.lxc("storage", "volume", "detach-profile", pool, "profiled", "default", "data");
            server.lxc("storage", "volume", "delete", pool, "profiled");
        }
        assertThat(server.lxc("profile", "show", "default").orFail().out()).contains("devices: {}");
        assertThat(server.lxc("storage", "volume", "list", pool, "--format", "csv")
                        .orFail()
                        .out())
                .doesNotContain("profiled");
    }
}
