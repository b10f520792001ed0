package io.stowage.driver.pure;

import static io.stowage.driver.pure.ScriptedArray.error;
import static io.stowage.driver.pure.ScriptedArray.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.Initiator;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.Progress;
import io.stowage.driver.Records;
import io.stowage.driver.SnapshotRef;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Protocol;
import io.stowage.model.VolumeType;
import io.stowage.web.Request;
import io.stowage.web.Response;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the client makes of answers that an array does not give at will. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestTest {
    private static final ArrayName VOLUME = ArrayName.volume(VolumeType.CUSTOM, ContentType.BLOCK, UUID.randomUUID());
    private static final SnapshotRef SNAPSHOT =
            new SnapshotRef(VOLUME, ArrayName.snapshot(VolumeType.CUSTOM, ContentType.BLOCK, UUID.randomUUID()));
    private static final String ITEM =
            "{\"name\":\"p::%s\",\"serial\":\"8726B5033AF2433D00014196\",\"provisioned\":1048576,\"destroyed\":false,\"space\":null}"
                    .formatted(VOLUME);

    @TempDir
    Path folder;

    @Test
    void followsPagesToTheirEnd() throws Exception {
        try (var server = new ScriptedArray(folder, RestTest::page);
                var array = server.open()) {
            assertThat(array.volumes()).hasSize(3);
            assertThat(server.requests).hasSize(3);
        }
    }

    private static Response page(Request request) {
        int page = Integer.parseInt(request.query().first("continuation_token").orElse("0"));
        var more = page < 2;
        return json("{\"items\":[%s],\"more_items_remaining\":%s,\"continuation_token\":%s}"
                .formatted(ITEM, more, more ? "\"" + (page + 1) + "\"" : "null"));
    }

    @Test
    void quotesWhatStandsInAFilter() throws Exception {
        var filter = new AtomicReference<>("");
        try (var server = new ScriptedArray(folder, request -> {
                    filter.set(request.query().first("filter").orElse(""));
                    return json("{\"items\":[]}");
                });
                var array = server.open()) {
            var odd = "iqn.2026-11.io:it's a \\ & or '+'";
            assertThat(array.mappings(new Initiator(Protocol.ISCSI, odd, "host01")))
                    .isEmpty();
            assertThat(filter).hasValue("iqns='iqn.2026-11.io:it\\'s a \\\\ & or \\'+\\'' and is_local");
        }
    }

    @Test
    void waitsForAnArrayThatCantServeJustNow() throws Exception {
        var calls = new AtomicInteger();
        try (var server = new ScriptedArray(folder, _ -> switch (calls.incrementAndGet()) {
                    case 1 -> error(503, "Failover in progress.");
                    case 2 ->
                        Response.json(
                                429, "{\"message\":\"slow down\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    default -> json("{\"items\":[" + ITEM + "]}");
                });
                var array = server.open()) {
            assertThat(array.findVolume(VOLUME)).isPresent();
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void givesUpAfterSomeTries() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> error(503, "Failover in progress."));
                var array = server.open()) {
            assertThatThrownBy(() -> array.findVolume(VOLUME))
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("Failover in progress.");
            assertThat(server.requests).hasSize(ScriptedArray.QUICK.attempts());
        }
    }

    @Test
    void repeatsWhatIsSafeWhenTheAnswerIsLost() throws Exception {
        var calls = new AtomicInteger();
        try (var server = new ScriptedArray(
                        folder,
                        _ -> calls.incrementAndGet() == 1
                                ? new Response.Dropped()
                                : json("{\"items\":[" + ITEM + "]}"));
                var array = server.open()) {
            array.createVolume(VOLUME, ByteSize.ofMiB(1), Records.ANY);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void neverRepeatsAnOverwrite() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> new Response.Dropped());
                var array = server.open()) {
            assertThatThrownBy(() -> array.restore(SNAPSHOT, Progress.NONE))
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("whether it took effect is not known");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void refusalsKeepTheArraysWords() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> error(400, "Because of the weather."));
                var array = server.open()) {
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofMiB(1), Records.ANY))
                    .isExactlyInstanceOf(ArrayRefused.class)
                    .hasMessageContaining("create volume \"p::" + VOLUME + "\"")
                    .hasMessageContaining("Because of the weather.");
        }
    }

    @Test
    void tellsMissingAndFullFromTheWords() throws Exception {
        var words = new AtomicReference<>("Volume does not exist.");
        try (var server = new ScriptedArray(folder, _ -> error(400, words.getPlain()));
                var array = server.open()) {
            assertThatThrownBy(() -> array.resizeVolume(VOLUME, ByteSize.ofMiB(2), false))
                    .isInstanceOf(ObjectMissing.class);
            words.set("Volume limit reached.");
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofMiB(2), Records.ANY))
                    .isInstanceOf(ArrayFull.class);
        }
    }

    @Test
    void eradicationThatIsNotAllowedIsNoError() throws Exception {
        try (var server = new ScriptedArray(
                        folder,
                        request -> request.method().equals("DELETE")
                                ? error(400, "Eradication is disabled.")
                                : json("{\"items\":[" + ITEM + "]}"));
                var array = server.open()) {
            array.deleteVolume(VOLUME);
            assertThat(server.requests).hasSize(2);
        }
    }

    /** SafeMode: the temporary volume of an earlier look at the snapshot is destroyed, and holds its name for a day. */
    @Test
    void aDestroyedTargetIsUsedAgain() throws Exception {
        try (var server = new ScriptedArray(folder, this::destroyedTarget);
                var array = server.open()) {
            array.createTemporary(SNAPSHOT);
            assertThat(server.requests).containsOnlyOnce("PATCH /api/2.26/volumes");
        }
    }

    private final AtomicBoolean recovered = new AtomicBoolean();

    private Response destroyedTarget(Request request) {
        if (request.method().equals("GET")) return json("{\"items\":[" + ITEM.replace("false", "true") + "]}");
        if (request.method().equals("PATCH")) {
            recovered.set(true);
            return json("{\"items\":[" + ITEM + "]}");
        }
        if (request.query().first("overwrite").isEmpty()) return error(400, "Volume already exists.");
        return recovered.get() ? json("{\"items\":[" + ITEM + "]}") : error(400, "Volume has been destroyed.");
    }

    @Test
    void anotherMachinesHostIsNotTakenOver() throws Exception {
        try (var server = new ScriptedArray(folder, RestTest::hosts);
                var array = server.open()) {
            var mapping = array.map(new Initiator(Protocol.ISCSI, "iqn.2026-11.io:mine", "host01"), VOLUME);
            assertThat(mapping.host()).matches("host01-iscsi-[0-9a-f]{6}");
            assertThat(server.requests).doesNotContain("PATCH /api/2.26/hosts");
        }
    }

    private static Response hosts(Request request) {
        var path = request.rawPath();
        var name = request.query().first("names").orElse("");
        if (path.endsWith("/volumes")) return json("{\"items\":[" + ITEM + "]}");
        if (path.endsWith("/connections")) return json("{\"items\":[{\"lun\":1}]}");
        if (request.method().equals("POST"))
            return name.equals("host01-iscsi") ? error(400, "Host already exists.") : json("{\"items\":[]}");
        return json(
                name.isEmpty()
                        ? "{\"items\":[]}"
                        : "{\"items\":[{\"name\":\"host01-iscsi\",\"iqns\":[\"iqn.2026-11.io:theirs\"]}]}");
    }
}
