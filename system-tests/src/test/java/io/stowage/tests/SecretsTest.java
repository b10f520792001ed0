package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ProcessWatch;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Vendor;
import io.stowage.tests.arena.Vendor.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens and passwords stay where they were given: the server does all kinds of things with them, well and badly, and then
 * they are looked for in everything that comes out of it. Its log has all levels.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretsTest {
    private static final String WRONG = "wr0ng-b2f19c7e5d";
    private static final String TRUST_PASSWORD = "sesame-51c0de77aa";
    private static final String PROJECT = "theirs";

    @TempDir
    private Path folder;

    /** What must be nowhere, by what it is. */
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Where they are looked for. */
    private final Map<String, String> heard = new LinkedHashMap<>();

    private final List<Process> monitors = new ArrayList<>();

    @AfterEach
    void endMonitors() {
        monitors.forEach(Process::destroyForcibly);
    }

    private Path allLevels() throws IOException {
        return Files.writeString(folder.resolve("logging.properties"), ".level=INFO\nio.stowage.level=ALL\n");
    }

    @Test
    void noSecretComesOutOfTheServer() throws Exception {
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.util.logging.config.file=" + allLevels());
        try (Arena arena = Arena.open(environment, "64GiB", "--listen", "127.0.0.1:0")) {
            secrets.put(
                    "the FlashArray's token",
                    arena.array().endpoint(Vendor.PURE).value("apiToken"));
            secrets.put(
                    "the Alletra's password",
                    arena.array().endpoint(Vendor.ALLETRA).value("password"));
            secrets.put("a wrong password", WRONG);
            secrets.put("the trust password", TRUST_PASSWORD);
            secrets.put("the key of the database", keyOf(arena));
            try (ProcessWatch watch = ProcessWatch.of(secrets, "lxc")) {
                watch.prove();
                live(arena);
                watch.finish().forEach((process, what) -> heard.put(process, what));
            }
            collect(arena);
            secrets.forEach((what, secret) -> heard.forEach((where, text) -> assertThat(text.contains(secret))
                    .as("%s is in: %s", what, where)
                    .isFalse()));
            // The Alletra's sessions end by requests whose path is their key.
            assertThat(heard.get("the server's log"))
                    .contains(" debug ", "To log out: status 200", "/api/v1/")
                    .doesNotContain("credentials/");
            assertThat(heard.get("events of an administrator")).contains("storage-pool-created", "\"logging\"");
            assertThat(heard.get("events of a restricted client")).contains("storage-volume-created");
        }
    }

    private static String keyOf(Arena arena) throws IOException {
        return new String(
                Files.readAllBytes(arena.server().state().resolve("secret.key")), StandardCharsets.ISO_8859_1);
    }

    private static Ran lxc(Arena arena, String... arguments) {
        return arena.server().lxc(arguments);
    }

    private void live(Arena arena) throws IOException {
        monitors.add(listen("events of an administrator", home(arena, "admin"), "--all-projects"));
        lxc(arena, "config", "set", "core.trust_password", TRUST_PASSWORD).orFail();
        lxc(arena, "project", "create", PROJECT).orFail();
        Map<String, String> carol = home(arena, "carol");
        String token = token(arena);
        Ran.run(carol, "", List.of("lxc", "remote", "add", "far", token)).orFail();
        monitors.add(listen("events of a restricted client", carol, "far:"));
        for (Vendor vendor : List.of(Vendor.PURE, Vendor.ALLETRA)) {
            usePool(arena, vendor);
        }
        askRestricted(carol);
        migrate(arena, carol);
        guessPasswords(arena);
        loseArray(arena);
    }

    private Map<String, String> home(Arena arena, String user) {
        String home = folder.resolve(user).toString();
        return Map.of(
                "LXD_CONF",
                home,
                "HOME",
                home,
                "LXD_DIR",
                arena.server().state().toString());
    }

    private Process listen(String name, Map<String, String> user, String what) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("lxc", "monitor", what, "--format", "json")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile());
        builder.environment().putAll(user);
        return builder.start();
    }

    /** Its secret is for who gets it, and for the list of tokens. */
    private String token(Arena arena) {
        String[] lines = lxc(arena, "config", "trust", "add", "--name", "carol", "--restricted", "--projects", PROJECT)
                .orFail()
                .out()
                .strip()
                .split("\n", -1);
        String token = lines[lines.length - 1];
        String json = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        secrets.put("a trust token's secret", Json.parse(json).get("secret").text());
        return token;
    }

    private Ran create(Arena arena, Vendor vendor, String pool, Map<String, String> changes) {
        Map<String, String> keys =
                new LinkedHashMap<>(vendor.access(arena.array().endpoint(vendor)));
        keys.putAll(changes);
        List<String> command = new ArrayList<>(List.of("storage", "create", pool, vendor.driver()));
        keys.forEach((key, value) -> command.add(key + "=" + value));
        return lxc(arena, command.toArray(String[]::new));
    }

    private void usePool(Arena arena, Vendor vendor) throws IOException {
        String pool = "pool-" + vendor.driver();
        String secretKey = vendor.key(Key.SECRET);
        String secret = vendor.access(arena.array().endpoint(vendor)).get(secretKey);
        mustFail("creation with a wrong secret", create(arena, vendor, pool, Map.of(secretKey, WRONG)));
        mustFail("creation with a misspelt key", create(arena, vendor, pool, Map.of(secretKey + "s", WRONG)));
        create(arena, vendor, pool, Map.of()).orFail();
        // As LXD does: whoever may change it sees what is set, since clients compare it.
        assertThat(lxc(arena, "storage", "show", pool).orFail().out()).contains(secret);
        mustFail("a wrong secret is set", lxc(arena, "storage", "set", pool, secretKey, WRONG));
        mustFail("a misspelt key is set", lxc(arena, "storage", "set", pool, secretKey + "s", secret));
        mustFail("a pool of that name again", create(arena, vendor, pool, Map.of()));

        lxc(arena, "storage", "volume", "create", pool, "v", "size=64MiB").orFail();
        arena.server().stowage("volume", "mount", pool, "v").orFail();
        lxc(arena, "storage", "volume", "snapshot", pool, "v", "s").orFail();
        Path backup = folder.resolve("backup of " + pool);
        lxc(arena, "storage", "volume", "export", pool, "v", backup.toString(), "--compression", "none")
                .orFail();
        heard.put(backup.getFileName().toString(), text(backup));
        arena.server().stowage("volume", "unmount", pool, "v").orFail();
        arena.array().control(Json.of(Map.of("end", "sessions")));
        lxc(arena, "storage", "info", pool).orFail();
        for (String fault : List.of("error", "expire")) {
            Map<String, Object> line = Map.of("on", "*", "do", fault, "times", 1, "personality", vendor.personality());
            arena.array().control(Json.of(line));
            heard(pool + " during " + fault, lxc(arena, "storage", "volume", "snapshot", pool, "v", fault));
        }
    }

    private void askRestricted(Map<String, String> carol) {
        String pool = "pool-" + Vendor.PURE.driver();
        Ran.run(carol, "", List.of("lxc", "storage", "volume", "create", "far:" + pool, "mine", "size=16MiB"))
                .orFail();
        for (String path : List.of(
                "/1.0",
                "/1.0/storage-pools?recursion=1",
                "/1.0/storage-pools/" + pool,
                "/1.0/storage-volumes?recursion=1",
                "/1.0/operations?recursion=1",
                "/1.0/certificates?recursion=1",
                "/1.0/projects?recursion=1",
                "/1.0/metadata/configuration",
                "/1.0/warnings?recursion=1")) {
            heard("restricted GET " + path, Ran.run(carol, "", List.of("lxc", "query", "far:" + path)));
        }
        mustFail("restricted creation", Ran.run(carol, "", List.of("lxc", "storage", "create", "far:no", "pure")));
    }

    /** Who begins a migration gets its secrets, and nobody else; nor do those given for another server come out again. */
    private void migrate(Arena arena, Map<String, String> carol) {
        String url = "/1.0/storage-pools/pool-" + Vendor.PURE.driver() + "/volumes/custom/v";
        Json begun = begin(arena, url, Map.of("name", "v", "migration", true));
        String operation = "/1.0/operations/" + begun.get("id").text();
        for (String channel : List.of("control", "fs")) {
            secrets.put(
                    "a migration's secret for " + channel,
                    begun.get("metadata").get(channel).text());
        }
        heard("the migration again", lxc(arena, "query", operation).orFail());
        heard(
                "the migration in the list",
                lxc(arena, "query", "/1.0/operations?recursion=1").orFail());
        mustFail("the migration of others", Ran.run(carol, "", List.of("lxc", "query", "far:" + operation)));
        heard("the migration's end", lxc(arena, "query", operation + "/wait").orFail()); // as nobody connects

        Map<String, String> given = Map.of("control", "their-c0ntr0l-6f1e2a", "fs", "their-f1les-90ab3c");
        secrets.put("another server's secret for control", given.get("control"));
        secrets.put("another server's secret for fs", given.get("fs"));
        String nobody = "https://127.0.0.1:1/1.0/operations/00000000-0000-0000-0000-000000000000";
        begun = begin(
                arena,
                url,
                Map.of("name", "v", "migration", true, "target", Map.of("operation", nobody, "secrets", given)));
        Ran ended = lxc(arena, "query", "/1.0/operations/" + begun.get("id").text() + "/wait")
                .orFail();
        assertThat(Json.parse(ended.out()).get("status").text()).isEqualTo("Failure");
        heard("a migration to nobody", ended);
    }

    private static Json begin(Arena arena, String url, Map<String, Object> migration) {
        return Json.parse(
                lxc(arena, "query", "-X", "POST", "-d", Json.of(migration).compact(), url)
                        .orFail()
                        .out());
    }

    private void heard(String what, Ran ran) {
        heard.merge(what, ran.out() + ran.err(), String::concat);
    }

    private void mustFail(String what, Ran ran) {
        assertThat(ran.status()).as(what).isEqualTo(1);
        heard(what, ran);
    }

    private void guessPasswords(Arena arena) {
        String address = Json.parse(lxc(arena, "query", "/1.0").orFail().out())
                .get("environment")
                .get("addresses")
                .items()
                .getFirst()
                .text();
        for (String guess : List.of(WRONG, TRUST_PASSWORD)) {
            heard(
                    "a guess",
                    Ran.run(
                            home(arena, "mallory"),
                            "",
                            List.of(
                                    "lxc",
                                    "remote",
                                    "add",
                                    "far",
                                    address,
                                    "--accept-certificate",
                                    "--password=" + guess)));
        }
        heard("the server's config", lxc(arena, "config", "show"));
        mustFail("a misspelt setting", lxc(arena, "config", "set", "core.trust_pasword", TRUST_PASSWORD));
    }

    private void loseArray(Arena arena) {
        arena.array().kill();
        heard("no space is told", lxc(arena, "storage", "info", "pool-alletra"));
        mustFail("no volume is made", lxc(arena, "storage", "volume", "create", "pool-pure", "w", "size=16MiB"));
        heard("warnings", lxc(arena, "warning", "list", "--format", "json"));
        arena.array().restart();
    }

    private void collect(Arena arena) throws IOException {
        // Tokens that weren't used yet would be in the list, for administrators.
        heard(
                "operations",
                lxc(arena, "query", "/1.0/operations?recursion=1&all-projects=true")
                        .orFail());
        heard.put("the server's log", arena.server().log());
        heard.put("the array's log", arena.array().log());
        for (String events : List.of("events of an administrator", "events of a restricted client")) {
            heard.put(events, text(folder.resolve(events)));
        }
        try (Stream<Path> files = Files.list(arena.server().state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("secret.key")) {
                    heard.put("the server's file " + file.getFileName(), text(file));
                }
            }
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
