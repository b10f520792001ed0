package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class VolumeApiTest {
    private static final String V = VOLUMES + "/v";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
        var answer = create("{\"name\":\"v\",\"description\":\"d\",\"config\":{\"size\":\"100MiB\"}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.metadata().toString()).isEqualTo("{}");
        assertThat(answer.headers()).doesNotContainKey("location");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Answer upload(String name, String type, String content) throws IOException {
        return server.send(
                "POST",
                VOLUMES,
                content,
                Map.of("Content-Type", "application/octet-stream", "X-LXD-name", name, "X-LXD-type", type));
    }

    @Test
    void anImageIsUploaded() throws Exception {
        var answer = upload("iso", "iso", "x".repeat(70_000));
        assertThat(answer.status()).isEqualTo(202);
        var operation = answer.metadata();
        assertThat(operation.get("description").asString()).isEqualTo("Creating storage volume");
        assertThat(operation.get("metadata").get("entity_url").asString()).isEqualTo(VOLUMES + "/iso");
        var volume = server.get(VOLUMES + "/iso").metadata();
        assertThat(volume.get("content_type").asString()).isEqualTo("iso");
        assertThat(volume.get("config").get("size").asString()).isEqualTo("70000");
    }

    @Test
    void aTarArchiveBecomesAVolumeWithFiles() throws Exception {
        var answer = upload("files", "tar", "archive");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.metadata().get("description").asString()).isEqualTo("Creating storage volume");
        var volume = server.get(VOLUMES + "/files").metadata();
        assertThat(volume.get("content_type").asString()).isEqualTo("filesystem");
        assertThat(volume.get("description").asString()).isEqualTo("archive");
        assertThat(upload("", "tar", "x").error()).isEqualTo("Missing volume name");
        assertThat(upload("files", "tar", "x").status()).isEqualTo(409);
    }

    @Test
    void whatIsNoUploadIsReadAndRefused() throws Exception {
        assertThat(upload("", "iso", "x").error()).isEqualTo("Missing volume name");
        assertThat(upload("w", "qcow2", "x").status()).isEqualTo(400);
        var taken = upload("v", "iso", "x".repeat(5 << 20));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.error()).isEqualTo("Volume by that name already exists");
    }

    @Test
    void aVolumeIsShownWithAllItsFields() throws Exception {
        var volume = server.get(V).metadata();
        assertThat(volume.propertyNames())
                .containsExactly(
                        "name",
                        "description",
                        "type",
                        "pool",
                        "content_type",
                        "project",
                        "location",
                        "created_at",
                        "config",
                        "used_by");
        assertThat(volume.get("type").asString()).isEqualTo("custom");
        assertThat(volume.get("content_type").asString()).isEqualTo("filesystem");
        assertThat(volume.get("location").asString()).isEmpty();
        assertThat(volume.get("config").get("size").asString()).isEqualTo("100MiB");
        assertThat(server.get(V + "/state").metadata().toString())
                .isEqualTo("{\"usage\":{\"used\":16384,\"total\":104857600}}");
        assertThat(server.get(V + "/backups?recursion=1").metadata().toString()).isEqualTo("[]");
        assertThat(server.get(V + "/backups/b").status()).isEqualTo(404);
    }

    @Test
    void theTypeIsOneOfLxds() throws Exception {
        assertThat(server.get("/1.0/storage-pools/p/volumes/container")
                        .metadata()
                        .toString())
                .isEqualTo("[]");
        assertThat(server.get("/1.0/storage-pools/p/volumes/container/c").status())
                .isEqualTo(404);
        assertThat(server.get("/1.0/storage-pools/p/volumes/foo").error())
                .isEqualTo("Invalid storage volume type \"foo\"");
        var refused = server.send("POST", "/1.0/storage-pools/p/volumes/container", "{\"name\":\"c\"}");
        assertThat(refused.error()).isEqualTo("Currently not allowed to create storage volumes of type \"container\"");
        assertThat(server.send("POST", "/1.0/storage-pools/p/volumes", "{\"name\":\"c\",\"type\":\"image\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.send("POST", "/1.0/storage-pools/p/volumes", "{\"name\":\"c\",\"type\":\"custom\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatCannotBeCreatedIsRefused() throws Exception {
        assertThat(create("{\"name\":\"v\"}").error()).isEqualTo("Volume by that name already exists");
        assertThat(create("{\"name\":\"v\"}").status()).isEqualTo(409);
        assertThat(create("{}").error()).isEqualTo("No name provided");
        assertThat(create("{\"name\":\"a/b\"}").error())
                .isEqualTo("Invalid volume name \"a/b\": Cannot contain slashes");
        assertThat(create("{\"name\":\"w\",\"content_type\":\"odd\"}").error())
                .isEqualTo("Invalid volume content type name");
        assertThat(create("{\"name\":\"w\",\"content_type\":\"iso\"}").status()).isEqualTo(400);
        assertThat(create("{\"name\":\"w\",\"source\":{\"type\":\"foo\"}}").error())
                .isEqualTo("Unknown source type \"foo\"");
        assertThat(create("{\"name\":\"w\",\"source\":{\"type\":\"copy\"}}").error())
                .isEqualTo("No source volume name supplied");
        assertThat(create("{\"name\":\"w\",\"source\":{\"type\":\"copy\",\"name\":\"none\"}}")
                        .status())
                .isEqualTo(404);
        assertThat(server.send("POST", "/1.0/storage-pools/none/volumes/custom", "{\"name\":\"v\"}")
                        .error())
                .isEqualTo("Storage pool not found");
    }

    @Test
    void namesAreDecodedOnceAndEscapedOnce() throws Exception {
        assertThat(create("{\"name\":\"a%b#é\"}").status()).isEqualTo(200);
        var url = VOLUMES + "/a%25b%23%C3%A9";
        assertThat(server.get(url).metadata().get("name").asString()).isEqualTo("a%b#é");
        assertThat(server.get(VOLUMES).metadata().toString()).contains("\"" + url + "\"");
        assertThat(server.get(VOLUMES + "/v%2Fs").error()).isEqualTo("Invalid storage volume \"v/s\"");
    }

    @Test
    void listsHoldSnapshotsAndCanBeFiltered() throws Exception {
        create("{\"name\":\"b\",\"content_type\":\"block\"}");
        server.send("POST", V + "/snapshots", "{\"name\":\"s\"}");
        assertThat(names("/1.0/storage-pools/p/volumes?recursion=1")).isEqualTo("b v v/s ");
        assertThat(names("/1.0/storage-volumes/custom?recursion=1&filter=")).isEqualTo("b v v/s ");
        assertThat(names(VOLUMES + "?recursion=2&filter=content_type%20eq%20block"))
                .isEqualTo("b ");
        assertThat(names(VOLUMES + "?recursion=1&filter=snapshot+eq+true")).isEqualTo("v/s ");
        assertThat(server.get(VOLUMES + "?filter=name+eq+v").metadata().toString())
                .isEqualTo("[\"" + V + "\"]");
        assertThat(server.get(VOLUMES + "?filter=name").status()).isEqualTo(400);
    }

    @Test
    void putReplacesAndPatchMerges() throws Exception {
        var uuid = server.get(V).metadata().get("config").get("volatile.uuid").asString();
        server.send("PUT", V, "{\"config\":{\"size\":\"200MiB\",\"user.x\":\"1\"},\"description\":\"e\"}");
        assertThat(server.get(V).metadata().get("config").toString())
                .isEqualTo("{\"size\":\"200MiB\",\"user.x\":\"1\",\"volatile.uuid\":\"%s\"}".formatted(uuid));
        server.send("PATCH", V, "{\"config\":{\"user.x\":\"\",\"user.y\":\"2\"}}");
        var volume = server.get(V).metadata();
        assertThat(volume.get("config").toString())
                .isEqualTo("{\"size\":\"200MiB\",\"user.y\":\"2\",\"volatile.uuid\":\"%s\"}".formatted(uuid));
        assertThat(volume.get("description").asString()).isEqualTo("e");
        var refused = server.send("PATCH", V, "{\"config\":{\"volatile.uuid\":\"x\"}}");
        assertThat(refused.error()).isEqualTo("Custom volume \"volatile.uuid\" property cannot be changed");
    }

    @Test
    void anOldEtagIsRefused() throws Exception {
        var etag = server.get(V).etag();
        server.send("PATCH", V, "{\"description\":\"other\"}");
        var refused = server.send("PUT", V, "{\"config\":{}}", Map.of("If-Match", etag));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(server.get(V).metadata().get("config").has("size")).isTrue();
    }

    @Test
    void aRestoreLeavesConfigAndDescriptionAlone() throws Exception {
        server.send("POST", V + "/snapshots", "{\"name\":\"s\"}");
        var body = "{\"config\":null,\"description\":\"\",\"restore\":\"s\"}";
        assertThat(server.send("PUT", V, body, Map.of("If-Match", server.get(V).etag()))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(V).metadata().get("description").asString()).isEqualTo("d");
        assertThat(server.get(V).metadata().get("config").has("size")).isTrue();
        assertThat(server.send("PUT", V, "{\"restore\":\"none\"}").status()).isEqualTo(404);
    }

    @Test
    void aRenameSaysWhereTheVolumeIsNow() throws Exception {
        var answer = server.send("POST", V, "{\"name\":\"w\",\"pool\":\"p\",\"migration\":false,\"target\":null}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("location", VOLUMES + "/w");
        assertThat(server.get(V).status()).isEqualTo(404);
        assertThat(server.send("POST", VOLUMES + "/w", "{\"name\":\"w\"}").status())
                .isEqualTo(409);
        assertThat(server.send("POST", VOLUMES + "/w", "{\"name\":\"w\",\"migration\":true}")
                        .status())
                .isEqualTo(501);
    }

    /** lxd-api.md, 11.5: clients of 6.x wait for an operation. */
    @Test
    void aMoveToAnotherPoolIsAnOperation() throws Exception {
        var answer = server.send("POST", V, "{\"name\":\"w\",\"pool\":\"q\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.metadata().get("description").asString()).isEqualTo("Moving storage volume");
        assertThat(server.get(V).status()).isEqualTo(404);
    }

    /** lxd-api.md, 14: only a refresh may have a target that exists. */
    @Test
    void aRefreshIsAnOperationOnWhatIsThere() throws Exception {
        create("{\"name\":\"w\",\"source\":{\"type\":\"copy\",\"name\":\"v\"}}");
        var uuid = server.get(VOLUMES + "/w").metadata().get("config").get("volatile.uuid");
        assertThat(create("{\"name\":\"w\",\"source\":{\"type\":\"copy\",\"name\":\"v\"}}")
                        .status())
                .isEqualTo(409);
        var answer = create("{\"name\":\"w\",\"source\":{\"type\":\"copy\",\"name\":\"v\",\"refresh\":true}}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.metadata().get("metadata").get("entity_url").asString())
                .isEqualTo(VOLUMES + "/w");
        assertThat(server.get(VOLUMES + "/w").metadata().get("config").get("volatile.uuid"))
                .isEqualTo(uuid);
    }

    @Test
    void aCopyIsAnOperationAndTakesSnapshotsAlong() throws Exception {
        server.send("POST", V + "/snapshots", "{\"name\":\"s\"}");
        var answer = create("{\"name\":\"w\",\"source\":{\"type\":\"copy\",\"pool\":\"p\",\"name\":\"v\"}}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.metadata().get("description").asString()).isEqualTo("Copying storage volume");
        assertThat(answer.metadata().get("metadata").get("entity_url").asString())
                .isEqualTo(VOLUMES + "/w");
        assertThat(server.get(VOLUMES + "/w/snapshots").metadata()).hasSize(1);
        create("{\"name\":\"x\",\"source\":{\"type\":\"copy\",\"name\":\"v\",\"volume_only\":true}}");
        assertThat(server.get(VOLUMES + "/x/snapshots").metadata()).isEmpty();
        create("{\"name\":\"y\",\"source\":{\"type\":\"copy\",\"name\":\"v/s\"}}");
        assertThat(server.get(VOLUMES + "/y/snapshots").metadata()).isEmpty();
        assertThat(create("{\"name\":\"z\",\"source\":{\"type\":\"copy\",\"name\":\"v/none\"}}")
                        .status())
                .isEqualTo(404);
    }

    private Answer create(String body) throws IOException {
        return server.send("POST", VOLUMES, body);
    }

    private String names(String target) throws IOException {
        var names = new StringBuilder();
        server.get(target)
                .metadata()
                .forEach(volume -> names.append(volume.get("name").asString()).append(' '));
        return names.toString();
    }
}
