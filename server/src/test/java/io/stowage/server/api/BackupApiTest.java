package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Backups over the API: lxd-api.md 13.1 and 13.3. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BackupApiTest {
    private static final String BACKUPS = VOLUMES + "/v/backups";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
        server.send("POST", VOLUMES, "{\"name\":\"v\"}");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void whoeverCreatesOneIsToldItsNameInBothDialects() throws Exception {
        var answer = server.send("POST", BACKUPS, "{\"name\":\"\",\"expires_at\":\"2027-01-01T00:00:00.5Z\"}");
        assertThat(answer.status()).isEqualTo(202);
        var operation =
                server.get(answer.envelope().get("operation").asString()).metadata();
        assertThat(operation.get("description").asString()).isEqualTo("Creating custom volume backup");
        assertThat(operation.get("resources").get("backups").toString()).isEqualTo("[\"/1.0/backups/backup0\"]");
        assertThat(operation.get("metadata").toString()).isEqualTo("{\"entity_url\":\"" + BACKUPS + "/backup0\"}");
        assertThat(server.get(BACKUPS).metadata().toString()).isEqualTo("[\"" + BACKUPS + "/backup0\"]");
        var backup = server.get(BACKUPS + "?recursion=1").metadata().get(0);
        assertThat(backup.propertyNames())
                .containsExactly("name", "created_at", "expires_at", "volume_only", "optimized_storage");
        assertThat(backup.get("expires_at").asString()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(backup.get("optimized_storage").asBoolean()).isFalse();
    }

    @Test
    void itsFileIsSentAsItIsMade() throws Exception {
        server.send(
                "POST",
                BACKUPS,
                "{\"name\":\"b\",\"compression_algorithm\":\"zstd -3\",\"version\":2,\"optimized_storage\":true}");
        var file = server.get(BACKUPS + "/b/export");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("content-disposition", "inline;filename=")
                .doesNotContainKey("content-length");
        assertThat(file.body()).isEqualTo("zstd -3 2");
    }

    @Test
    void backupsAreRenamedAndDeletedByOperations() throws Exception {
        server.send("POST", BACKUPS, "{\"name\":\"b\"}");
        assertThat(server.send("POST", BACKUPS + "/b", "{\"name\":\"c\"}").status())
                .isEqualTo(202);
        assertThat(server.get(BACKUPS + "/b").error()).isEqualTo("Storage volume backup not found");
        assertThat(server.get(BACKUPS + "/c").status()).isEqualTo(200);
        assertThat(server.delete(BACKUPS + "/c").status()).isEqualTo(202);
        assertThat(server.get(BACKUPS + "/c/export").status()).isEqualTo(404);
    }

    @Test
    void anUploadedFileBecomesAVolumeOfTheGivenName() throws Exception {
        var headers = Map.of("Content-Type", "application/octet-stream", "X-LXD-name", "w");
        var answer = server.send("POST", VOLUMES, "file", headers);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.metadata().get("description").asString()).isEqualTo("Restoring custom volume backup");
        assertThat(server.get(VOLUMES + "/w").metadata().get("description").asString())
                .isEqualTo("file");
    }
}
