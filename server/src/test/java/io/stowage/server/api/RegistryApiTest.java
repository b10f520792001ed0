package io.stowage.server.api;

import static io.stowage.server.stub.TestServer.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Refused;
import io.stowage.engine.VolumeName;
import io.stowage.server.settings.Profiles;
import io.stowage.server.stub.TestServer;
import io.stowage.server.trust.TrustedClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects, profiles and what keys there are (lxd-api.md, 3.4, 5.2 and 7). */
class RegistryApiTest {
    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aProjectIsMadeChangedRenamedAndDeleted() throws Exception {
        var made = server.send("POST", "/1.0/projects", "{\"name\":\"a\",\"description\":\"d\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers()).containsEntry("location", "/1.0/projects/a");
        assertThat(server.send("POST", "/1.0/projects", "{\"name\":\"a\"}").status())
                .isEqualTo(409);
        assertThat(server.get("/1.0/projects").metadata().toString())
                .isEqualTo("[\"/1.0/projects/a\",\"/1.0/projects/default\"]");
        var etag = server.get("/1.0/projects/a").etag();
        var change = "{\"config\":{\"user.x\":\"1\"}}";
        assertThat(server.send("PATCH", "/1.0/projects/a", change, Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(server.send("PATCH", "/1.0/projects/a", change, Map.of("If-Match", etag))
                        .status())
                .isEqualTo(412);
        var shown = server.get("/1.0/projects/a").metadata();
        assertThat(shown.get("description").asString()).isEqualTo("d");
        assertThat(shown.get("config").get("user.x").asString()).isEqualTo("1");
        assertThat(shown.get("config").get("features.storage.volumes").asString())
                .isEqualTo("true");
        assertThat(shown.get("used_by").toString()).isEqualTo("[\"/1.0/profiles/default?project=a\"]");
        assertThat(server.send("POST", "/1.0/projects/a", "{\"name\":\"b\"}").status())
                .isEqualTo(201);
        assertThat(server.get("/1.0/projects/a").status()).isEqualTo(404);
        assertThat(server.delete("/1.0/projects/b").status()).isEqualTo(200);
        assertThat(server.delete("/1.0/projects/default").status()).isEqualTo(400);
    }

    @Test
    void volumesOfProjectsAreApart() throws Exception {
        server.send("POST", "/1.0/projects", "{\"name\":\"own\"}");
        server.send(
                "POST", "/1.0/projects", "{\"name\":\"shared\",\"config\":{\"features.storage.volumes\":\"false\"}}");
        server.send("POST", VOLUMES + "?project=own", "{\"name\":\"v\"}");
        server.send("POST", VOLUMES + "?project=shared", "{\"name\":\"w\"}");
        assertThat(server.get(VOLUMES + "?project=own").metadata().toString())
                .isEqualTo("[\"%s/v?project=own\"]".formatted(VOLUMES));
        for (var project : new String[] {"", "?project=default", "?project=shared"}) {
            assertThat(server.get(VOLUMES + project).metadata().toString()).isEqualTo("[\"%s/w\"]".formatted(VOLUMES));
        }
        assertThat(server.get(VOLUMES + "?all-projects=true").metadata().size()).isEqualTo(2);
        assertThat(server.get(VOLUMES + "/v").status()).isEqualTo(404);
        assertThat(server.get(VOLUMES + "/v?project=own")
                        .metadata()
                        .get("project")
                        .asString())
                .isEqualTo("own");
        assertThat(server.get(VOLUMES + "?project=nope").error()).isEqualTo("Project not found");
        assertThat(server.get("/1.0/operations?project=own&recursion=1")
                        .metadata()
                        .toString())
                .contains("custom/v?project=own")
                .doesNotContain("custom/w");
    }

    @Test
    void theDefaultProfileUsesVolumes() throws Exception {
        server.send("POST", VOLUMES, "{\"name\":\"v\"}");
        var etag = server.get("/1.0/profiles/default").etag();
        var devices = "{\"devices\":{\"d\":{\"type\":\"disk\",\"pool\":\"p\",\"source\":\"v\",\"path\":\"/v\"}}}";
        assertThat(server.send("PUT", "/1.0/profiles/default", devices, Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(server.send("PUT", "/1.0/profiles/default", devices, Map.of("If-Match", etag))
                        .status())
                .isEqualTo(412);
        assertThat(server.get(VOLUMES + "/v").metadata().get("used_by").toString())
                .isEqualTo("[\"/1.0/profiles/default\"]");
        assertThat(server.get(VOLUMES + "?recursion=1")
                        .metadata()
                        .get(0)
                        .get("used_by")
                        .size())
                .isEqualTo(1);
        assertThat(server.delete(VOLUMES + "/v").error()).isEqualTo("The storage volume is still in use");
        server.send("POST", VOLUMES + "/v", "{\"name\":\"w\"}");
        server.database().write(tx -> {
            Profiles.follow(tx, VolumeName.of("q", "v"), VolumeName.of("q", "x"));
            Profiles.follow(tx, VolumeName.of("p", "v"), VolumeName.of("q", "u"));
            Profiles.follow(tx, VolumeName.of("q", "u"), VolumeName.of("p", "w"));
            return null;
        });
        assertThat(server.get("/1.0/profiles/default")
                        .metadata()
                        .get("devices")
                        .get("d")
                        .get("source")
                        .asString())
                .isEqualTo("w");
        var twice = "{\"devices\":{\"e\":{\"type\":\"disk\",\"pool\":\"p\",\"source\":\"v\",\"path\":\"/v\"}}}";
        assertThat(server.send("PATCH", "/1.0/profiles/default", twice).error())
                .isEqualTo("Device validation failed for \"d\": More than one disk device uses the same path \"/v\"");
        assertThat(server.get("/1.0/storage-pools/p").metadata().get("used_by").toString())
                .isEqualTo("[\"/1.0/profiles/default\",\"%s/w\"]".formatted(VOLUMES));
        server.send("PUT", "/1.0/profiles/default", "{\"devices\":{}}");
        assertThat(server.delete(VOLUMES + "/w").status()).isEqualTo(200);
        server.send("PUT", "/1.0/profiles/default", devices);
        assertThat(server.delete("/1.0/storage-pools/p").error()).isEqualTo("The storage pool is currently in use");
        assertThat(server.get("/1.0/profiles/other").error()).isEqualTo("Profile not found");
    }

    @Test
    void theKeysAreDescribed() throws Exception {
        var pure = server.get("/1.0/metadata/configuration")
                .metadata()
                .get("configs")
                .get("storage-pure");
        assertThat(pure.get("pool-conf")
                        .get("keys")
                        .get(0)
                        .get("pure.gateway")
                        .get("shortdesc")
                        .asString())
                .isEqualTo("Where the array is");
        var configs = server.get("/1.0/metadata/configuration").metadata().get("configs");
        assertThat(configs.get("project").get("restricted").get("keys").toString())
                .contains("\"restricted.backups\"", "\"restricted.snapshots\"");
        assertThat(configs.get("server").get("core").get("keys").toString()).contains("\"core.trust_password\"");
        assertThat(pure.get("volume-conf").get("keys").toString())
                .contains("\"block.filesystem\"", "\"security.shared\"", "\"snapshots.schedule\"");
    }

    /** Another change begins while one is being judged: it waits, and sees what the first has left. */
    @Test
    void changesOfTheServersConfigDoNotUndoEachOther() throws Exception {
        var settings = server.registry().settings();
        var other = new FutureTask<>(() -> settings.update(Map.of("user.b", "2"), true, (_, _) -> {}), true);
        settings.update(Map.of("user.a", "1"), true, (present, wanted) -> {
            assertThat(present).isEmpty();
            assertThat(wanted).containsExactly(Map.entry("user.a", "1"));
            Thread.ofVirtual().start(other);
        });
        other.get();
        assertThat(settings.get()).containsEntry("user.a", "1").containsEntry("user.b", "2");
    }

    @Test
    void changesOfATrustedClientDoNotUndoEachOther() throws Exception {
        var trust = server.registry().trust();
        var fingerprint = "ab".repeat(32);
        trust.add(new TrustedClient(fingerprint, "alice", TrustedClient.CLIENT, false, Set.of(), "a certificate"));
        var other = new FutureTask<>(() -> trust.update(fingerprint, old -> with(old, old.name(), true)));
        trust.update(fingerprint, old -> {
            Thread.ofVirtual().start(other);
            return with(old, "bob", old.restricted());
        });
        other.get();
        assertThat(trust.get(fingerprint).name()).isEqualTo("bob");
        assertThat(trust.get(fingerprint).restricted()).isTrue();
        assertThatThrownBy(() -> trust.update(fingerprint, _ -> {
                    throw new Refused(Refused.Kind.CHANGED, "changed in between");
                }))
                .hasMessage("changed in between");
    }

    private static TrustedClient with(TrustedClient old, String name, boolean restricted) {
        return new TrustedClient(old.fingerprint(), name, old.type(), restricted, old.projects(), old.certificate());
    }
}
