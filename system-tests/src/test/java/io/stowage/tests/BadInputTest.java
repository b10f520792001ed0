package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.ApiError;
import io.stowage.client.Json;
import io.stowage.client.StowageClient;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.FlashArrayApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrong requests: one sentence, the right status, and nothing left on the array or in the server. */
class BadInputTest {
    private static Arena arena;
    private static StowageClient client;
    private static FlashArrayApi array;
    private List<String> before = List.of();

    @BeforeAll
    static void open() {
        arena = Arena.open();
        client = arena.server().client();
        arena.createPool("p", "size=10GiB");
        array = arena.arrayApi();
    }

    @AfterAll
    static void close() {
        array.close();
        arena.close();
    }

    @BeforeEach
    void look() {
        before = array.everything();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(array.everything()).isEqualTo(before);
    }

    private static Map<String, String> poolConfig() {
        Map<String, String> config = new HashMap<>();
        for (String setting : arena.array().poolSettings()) {
            int equals = setting.indexOf('=');
            config.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return config;
    }

    private static ApiError refusal(String method, String path, Object body) {
        try {
            client.run(method, path, Json.of(body));
        } catch (ApiError e) {
            return e;
        }
        throw new AssertionError(method + " " + path + " was not refused");
    }

    private static void refusedPool(String name, Map<String, String> config, int status, String... words) {
        ApiError error =
                refusal("POST", "/1.0/storage-pools", Map.of("name", name, "driver", "pure", "config", config));
        assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
        assertThat(error).hasMessageContainingAll(words);
        assertThat(error.getMessage()).doesNotContain(arena.array().apiToken()).hasLineCount(1);
        assertThat(client.get("/1.0/storage-pools").items()).hasSize(1);
    }

    private static ApiError refusedVolume(String name, Map<String, String> config, int status, String... words) {
        ApiError error = refusal("POST", "/1.0/storage-pools/p/volumes/custom", Map.of("name", name, "config", config));
        assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
        assertThat(error).hasMessageContainingAll(words);
        assertThat(error.getMessage()).hasLineCount(1);
        return error;
    }

    @Test
    void aWrongToken() {
        Map<String, String> config = poolConfig();
        config.put("pure.api.token", "00000000-1111-2222-3333-444444444444");
        refusedPool("q", config, 400, "pure.api.token");
    }

    @Test
    void anUnreachableGateway() {
        Map<String, String> config = poolConfig();
        config.put("pure.gateway", "https://127.0.0.1:1");
        refusedPool("q", config, 503, "https://127.0.0.1:1");
    }

    @Test
    void aCertificateThatDoesNotVerify() {
        Map<String, String> config = poolConfig();
        config.remove("pure.gateway.ca");
        refusedPool("q", config, 400, "certificate", arena.array().gateway());
    }

    @Test
    void aMissingKey() {
        Map<String, String> config = poolConfig();
        config.remove("pure.api.token");
        refusedPool("q", config, 400, "pure.api.token");
    }

    @Test
    void anUnknownKey() {
        Map<String, String> config = poolConfig();
        config.put("pure.colour", "red");
        refusedPool("q", config, 400, "pure.colour");
    }

    @Test
    void anUnknownDriver() {
        ApiError error = refusal("POST", "/1.0/storage-pools", Map.of("name", "q", "driver", "floppy"));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error).hasMessageContaining("floppy");
    }

    @Test
    void aMalformedPoolSize() {
        Map<String, String> config = poolConfig();
        config.put("size", "10q");
        refusedPool("q", config, 400, "size", "10q");
    }

    @Test
    void bothNamesOfOneKey() {
        Map<String, String> config = poolConfig();
        config.put("pure.target", "127.0.0.1");
        config.put("pure.iscsi.address", "127.0.0.1");
        refusedPool("q", config, 400, "pure.target", "pure.iscsi.address");
    }

    @Test
    void aPoolNameThatIsTakenHere() {
        refusedPool("p", poolConfig(), 409, "p");
    }

    @Test
    void aPoolNameThatIsTakenOnTheArray() {
        array.request("POST", "/pods?names=theirs", "{}");
        before = array.everything();
        refusedPool("theirs", poolConfig(), 409, "theirs");
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
                "/1.0/storage-pools/p/volumes/custom",
                Json.of(Map.of("name", "taken", "content_type", "block", "config", Map.of("size", "4MiB"))));
        before = array.everything();
        refusedVolume("taken", Map.of(), 409, "already exists");
        ApiError pool = refusal("DELETE", "/1.0/storage-pools/p", null);
        assertThat(pool.status()).isEqualTo(400);
        assertThat(pool).hasMessageContaining("in use");
    }

    @Test
    void aMountedVolumeIsNotDeletedOrRestored() {
        List<String> initially = before;
        String volume = "/1.0/storage-pools/p/volumes/custom/mounted";
        client.run(
                "POST",
                "/1.0/storage-pools/p/volumes/custom",
                Json.of(Map.of("name", "mounted", "config", Map.of("size", "64MiB"))));
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
        assertThat(refusal("DELETE", "/1.0/storage-pools/p/volumes/custom/none", null)
                        .status())
                .isEqualTo(404);
        assertThat(refusal("POST", "/1.0/storage-pools/p/volumes/custom/none/snapshots", Map.of("name", "s"))
                        .status())
                .isEqualTo(404);
    }
}
