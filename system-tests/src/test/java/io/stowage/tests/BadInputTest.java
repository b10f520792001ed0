package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.ApiError;
import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Vendor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrong requests: one sentence, the right status, and nothing left on the array or in the server. */
@EachCombination
class BadInputTest {
    private final Arena arena = SharedArena.arena();
    private final StowageClient client = arena.server().client();
    private final Combination combination;
    private final Vendor vendor;
    private final String pool;
    private final ArrayApi array;
    private List<String> before = List.of();

    BadInputTest(Combination combination) {
        this.combination = combination;
        this.vendor = combination.vendor();
        this.pool = SharedArena.pool(combination);
        this.array = arena.array().administrator(vendor);
    }

    @BeforeEach
    void look() {
        before = array.everything();
    }

    @AfterEach
    void nothingIsLeft() {
        try (array) {
            assertThat(array.everything()).isEqualTo(before);
        }
    }

    private String key(Vendor.Key key) {
        return vendor.key(key);
    }

    private Map<String, String> poolConfig() {
        Map<String, String> config = new HashMap<>();
        for (String setting : combination.poolSettings(arena.array())) {
            int equals = setting.indexOf('=');
            config.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return config;
    }

    private ApiError refusal(String method, String path, Object body) {
        try {
            client.run(method, path, Json.of(body));
        } catch (ApiError e) {
            return e;
        }
        throw new AssertionError(method + " " + path + " was not refused");
    }

    private void refusedPool(String name, Map<String, String> config, int status, String... words) {
        List<Json> pools = client.get("/1.0/storage-pools").items();
        Map<String, Object> request = Map.of("name", name, "driver", combination.driver(), "config", config);
        ApiError error = refusal("POST", "/1.0/storage-pools", request);
        assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
        assertThat(error).hasMessageContainingAll(words);
        assertThat(error.getMessage())
                .doesNotContain(poolConfig().get(key(Vendor.Key.SECRET)))
                .hasLineCount(1);
        assertThat(client.get("/1.0/storage-pools").items()).isEqualTo(pools);
    }

    private String volumes() {
        return "/1.0/storage-pools/" + pool + "/volumes/custom";
    }

    private ApiError refusedVolume(String name, Map<String, String> config, int status, String... words) {
        ApiError error = refusal("POST", volumes(), Map.of("name", name, "config", config));
        assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
        assertThat(error).hasMessageContainingAll(words);
        assertThat(error.getMessage()).hasLineCount(1);
        return error;
    }

    @Test
    void aWrongSecret() {
        Map<String, String> config = poolConfig();
        config.put(key(Vendor.Key.SECRET), "00000000-1111-2222-3333-444444444444");
        refusedPool("q", config, 400, key(Vendor.Key.SECRET));
    }

    @Test
    void anUnreachableGateway() {
        Map<String, String> config = poolConfig();
        config.put(key(Vendor.Key.GATEWAY), "https://127.0.0.1:1");
        refusedPool("q", config, 503, "https://127.0.0.1:1");
    }

    @Test
    void aCertificateThatDoesNotVerify() {
        Map<String, String> config = poolConfig();
        config.remove(key(Vendor.Key.CERTIFICATE));
        refusedPool(
                "q", config, 400, "certificate", arena.array().endpoint(vendor).management());
    }

    @Test
    void aMissingKey() {
        for (Vendor.Key key : List.of(Vendor.Key.GATEWAY, Vendor.Key.SECRET)) {
            Map<String, String> config = poolConfig();
            config.remove(key(key));
            refusedPool("q", config, 400, key(key));
        }
    }

    @Test
    void anUnknownKey() {
        Map<String, String> config = poolConfig();
        config.put(vendor.driver() + ".colour", "red");
        refusedPool("q", config, 400, vendor.driver() + ".colour");
    }

    @Test
    void anUnknownDriver() {
        ApiError error = refusal("POST", "/1.0/storage-pools", Map.of("name", "q", "driver", "floppy"));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error).hasMessageContaining("floppy");
    }

    @Test
    void aPoolSizeThatCannotBe() {
        Map<String, String> config = poolConfig();
        config.put("size", vendor.hasQuota() ? "10q" : "10GiB");
        refusedPool("q", config, 400, "size", vendor.hasQuota() ? "10q" : "quota");
    }

    @Test
    void anUnknownMode() {
        Map<String, String> config = poolConfig();
        config.put(key(Vendor.Key.MODE), "carrier-pigeon");
        refusedPool("q", config, 400, key(Vendor.Key.MODE), "carrier-pigeon");
    }

    @Test
    void aPoolNameThatIsTakenHere() {
        refusedPool(pool, poolConfig(), 409, pool);
    }

    @Test
    void aPoolNameThatIsTakenOnTheArray() {
        array.takePool("theirs");
        try {
            List<String> taken = array.everything();
            refusedPool("theirs", poolConfig(), 409, "theirs");
            assertThat(array.everything()).isEqualTo(taken);
        } finally {
            array.removePool("theirs");
        }
    }

    @Test
    void poolNamesThatCannotBe() {
        refusedPool("a/b", poolConfig(), 400, "slash");
        refusedPool("", poolConfig(), 400, "No name provided");
    }

    @Test
    void anUnknownVolumeKey() {
        refusedVolume("v", Map.of("flavour", "sweet"), 400, "flavour");
    }

    @Test
    void sizesThatCannotBe() {
        refusedVolume("v", Map.of("size", "10gib"), 400, "size", "10gib");
        refusedVolume("v", Map.of("size", "-1"), 400, "size", "-1");
    }

    @Test
    void aSizeTooSmallForTheFileSystem() {
        refusedVolume("v", Map.of("size", "8MiB", "block.filesystem", "xfs"), 400, "xfs");
    }

    @Test
    void anUnsupportedFileSystem() {
        refusedVolume("v", Map.of("block.filesystem", "ntfs"), 400, "block.filesystem", "ntfs", "ext4");
    }

    @Test
    void volumeNamesThatCannotBe() {
        refusedVolume("a/b", Map.of(), 400, "a/b");
        refusedVolume("..", Map.of(), 400, "..");
        refusedVolume("x".repeat(256), Map.of(), 400, "255");
    }

    @Test
    void aVolumeNameThatIsTaken() {
        client.run(
                "POST",
                volumes(),
                Json.of(Map.of("name", "taken", "content_type", "block", "config", Map.of("size", "4MiB"))));
        before = array.everything();
        refusedVolume("taken", Map.of(), 409, "already exists");
        ApiError inUse = refusal("DELETE", "/1.0/storage-pools/" + pool, null);
        assertThat(inUse.status()).isEqualTo(400);
        assertThat(inUse).hasMessageContaining("in use");
    }

    @Test
    void aMountedVolumeIsNotDeletedOrRestored() {
        List<String> initially = before;
        String volume = volumes() + "/mounted";
        client.run("POST", volumes(), Json.of(Map.of("name", "mounted", "config", Map.of("size", "64MiB"))));
        client.run("POST", volume + "/snapshots", Json.of(Map.of("name", "s")));
        Json attachment = client.run("POST", volume + "/attachments", Json.of(Map.of("kind", "mount")));
        before = array.everything();
        assertThat(refusal("DELETE", volume, null)).hasMessageContaining("in use");
        assertThat(refusal("PUT", volume, Map.of("restore", "s"))).hasMessageContaining("mounted");
        assertThat(array.everything()).isEqualTo(before);
        client.run("DELETE", volume + "/attachments/" + attachment.get("id").text(), null);
        client.run("DELETE", volume, null);
        before = initially;
    }

    @Test
    void whatDoesNotExist() {
        assertThat(refusal("DELETE", "/1.0/storage-pools/none", null).status()).isEqualTo(404);
        assertThat(refusal("DELETE", volumes() + "/none", null).status()).isEqualTo(404);
        assertThat(refusal("POST", volumes() + "/none/snapshots", Map.of("name", "s"))
                        .status())
                .isEqualTo(404);
    }
}
