package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class AttachmentApiTest {
    private static final String ATTACHMENTS = VOLUMES + "/v/attachments";

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
    void theOperationsMetadataSaysWhereTheVolumeIs() throws Exception {
        var answer = server.send("POST", ATTACHMENTS, "{\"kind\":\"mount\",\"path\":\"/mnt/v\",\"read_only\":true}");
        assertThat(answer.status()).isEqualTo(202);
        var metadata = answer.metadata().get("metadata");
        var id = metadata.get("id").asString();
        assertThat(metadata.get("device").asString()).startsWith("/dev/");
        assertThat(metadata.get("path").asString()).isEqualTo("/mnt/v");

        var attachment = server.get(ATTACHMENTS + "/" + id).metadata();
        assertThat(attachment.get("kind").asString()).isEqualTo("mount");
        assertThat(attachment.get("read_only").asBoolean()).isTrue();
        assertThat(attachment.get("location").asString()).isEqualTo("host01");
        assertThat(server.get(ATTACHMENTS + "?recursion=1").metadata().get(0)).isEqualTo(attachment);
        assertThat(server.get(VOLUMES + "/v").metadata().get("used_by").toString())
                .isEqualTo("[\"%s/%s\"]".formatted(ATTACHMENTS, id));
        assertThat(server.delete(VOLUMES + "/v").error()).isEqualTo("The storage volume is still in use");
    }

    @Test
    void detachingFreesTheVolume() throws Exception {
        var id = server.send("POST", ATTACHMENTS, "{\"kind\":\"device\"}")
                .metadata()
                .get("metadata")
                .get("id")
                .asString();
        assertThat(server.get(ATTACHMENTS + "/" + id).metadata().get("path").asString())
                .isEmpty();
        assertThat(server.delete(ATTACHMENTS + "/" + id).status()).isEqualTo(202);
        assertThat(server.delete(ATTACHMENTS + "/" + id).status()).isEqualTo(404);
        assertThat(server.get(ATTACHMENTS).metadata()).isEmpty();
        assertThat(server.delete(VOLUMES + "/v").status()).isEqualTo(200);
    }

    @Test
    void snapshotsHaveAttachmentsOfTheirOwn() throws Exception {
        server.send("POST", VOLUMES + "/v/snapshots", "{\"name\":\"s\"}");
        var ofSnapshot = VOLUMES + "/v/snapshots/s/attachments";
        assertThat(server.send("POST", ofSnapshot, "{\"kind\":\"mount\"}").status())
                .isEqualTo(202);
        assertThat(server.get(ofSnapshot).metadata()).hasSize(1);
        assertThat(server.get(ATTACHMENTS).metadata()).isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeAttachedOrDetached() throws Exception {
        assertThat(server.send("POST", VOLUMES + "/none/attachments", "{\"kind\":\"device\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.send("POST", ATTACHMENTS, "{\"kind\":\"odd\"}").status())
                .isEqualTo(400);
        assertThat(server.delete(ATTACHMENTS + "/no-uuid").error()).isEqualTo("Attachment not found");
    }
}
