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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void theServersCompressionHoldsWhereARequestHasNone() throws Exception {
        server.send("POST", BACKUPS, "{\"name\":\"usual\"}");
        assertThat(server.send("PATCH", "/1.0", "{\"config\":{\"backups.compression_algorithm\":\"xz -1\"}}")
                        .status())
                .isEqualTo(200);
        server.send("POST", BACKUPS, "{\"name\":\"configured\"}");
        server.send("POST", BACKUPS, "{\"name\":\"asked\",\"compression_algorithm\":\"none\"}");
        assertThat(server.get(BACKUPS + "/usual/export").body()).isEqualTo("gzip 0");
        assertThat(server.get(BACKUPS + "/configured/export").body()).isEqualTo("xz -1 0");
        assertThat(server.get(BACKUPS + "/asked/export").body()).isEqualTo("none 0");
    }

    @ParameterizedTest
    @CsvSource({"squashfs,squashfs", "xz --files=/etc/shadow,--files", "foo,foo"})
    void aCompressionThatCannotBeHadIsNoSetting(String value, String named) throws Exception {
        var config = "{\"config\":{\"backups.compression_algorithm\":\"" + value + "\"}}";
        var answer = server.send("PATCH", "/1.0", config);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("backups.compression_algorithm", named);
    }

    /** RFC 9110, 14.1.2: ranges of {@code none 0}. */
    @ParameterizedTest
    @CsvSource({
        "bytes=2-3,206,ne,bytes 2-3/6",
        "bytes=2-,206,ne 0,bytes 2-5/6",
        "bytes=-1,206,0,bytes 5-5/6",
        "bytes=4-99,206,' 0',bytes 4-5/6",
        "bytes=-99,206,none 0,bytes 0-5/6",
        "bytes=6-,416,'',bytes */6",
        "bytes=3-2,200,none 0,",
        "'bytes=0-1,3-4',200,none 0,",
        "lines=1-2,200,none 0,"
    })
    void aFileWhoseLengthIsKnownIsSentInParts(String range, int status, String body, String contentRange)
            throws Exception {
        server.send("POST", BACKUPS, "{\"name\":\"b\",\"compression_algorithm\":\"none\"}");
        var part = server.send("GET", BACKUPS + "/b/export", "", Map.of("Range", range));
        assertThat(part.status()).isEqualTo(status);
        assertThat(part.body()).isEqualTo(body);
        assertThat(part.headers()).containsEntry("content-length", Integer.toString(body.length()));
        assertThat(part.headers().get("content-range")).isEqualTo(contentRange);
        assertThat(part.headers()).containsEntry("accept-ranges", "bytes");
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
