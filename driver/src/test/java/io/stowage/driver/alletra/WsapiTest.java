package io.stowage.driver.alletra;

import static io.stowage.driver.alletra.ScriptedWsapi.error;
import static io.stowage.driver.alletra.ScriptedWsapi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.Initiator;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.Progress;
import io.stowage.driver.Records;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.model.VolumeType;
import io.stowage.web.Handler;
import io.stowage.web.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, busy arrays, lost answers and tasks; answers are those of the reference (sections 1, 2, 7, 8, 11, 14). */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WsapiTest {
    private static final ArrayName VOLUME = ArrayName.volume(VolumeType.CUSTOM, ContentType.BLOCK, new UUID(0, 1));
    private static final ArrayName COPY = ArrayName.volume(VolumeType.CUSTOM, ContentType.BLOCK, new UUID(0, 2));
    private static final SnapshotRef SNAPSHOT =
            new SnapshotRef(VOLUME, ArrayName.snapshot(VolumeType.CUSTOM, ContentType.BLOCK, new UUID(0, 3)));
    private static final Initiator HOST = new Initiator(Protocol.NVME_TCP, "nqn.2014-08.org.nvmexpress:uuid:x", "h");
    private static final String SPACE = "{\"overProvisionedUsedMiB\":3,\"overProvisionedFreeMiB\":7}";

    @TempDir
    Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    private ScriptedWsapi serve(Handler answers) throws Exception {
        return new ScriptedWsapi(folder, answers);
    }

    private static String item(ArrayName name, int mebibytes) {
        return """
                {"name":"%s","id":1,"sizeMiB":%d,"totalUsedMiB":0,"creationTimeSec":1,
                 "wwn":"60002AC000000000000034470007EB2E","nguid":"60002AC000000000000034470007EB2F"}""".formatted(name, mebibytes);
    }

    @Test
    void oneSessionServesAllAndEndsAtTheEnd() throws Exception {
        try (var server = serve(_ -> json(200, SPACE))) {
            try (var array = server.open()) {
                assertThat(array.space().total()).isEqualTo(ByteSize.ofMiB(10));
                assertThat(array.space().used()).isEqualTo(ByteSize.ofMiB(3));
                assertThat(server.logins()).isEqualTo(1);
                assertThat(server.sessions).hasSize(1);
            }
            assertThat(server.sessions).isEmpty();
        }
    }

    @Test
    void aSessionThatEndsIsBegunAnew() throws Exception {
        try (var server = serve(_ -> json(200, SPACE));
                var array = server.open()) {
            array.space();
            server.sessions.clear();
            array.space();
            assertThat(server.logins()).isEqualTo(2);
            assertThat(server.requests).hasSize(2);
        }
    }

    /** Only 403 with code 6 means that; others would be repeated for nothing. */
    @Test
    void otherDenialsAreNoReasonToLogInAgain() throws Exception {
        try (var server = serve(_ -> error(403, 13, "permission denied"));
                var array = server.open()) {
            assertThatThrownBy(array::space)
                    .isInstanceOf(ArrayUnauthorized.class)
                    .hasMessageContaining("permission denied (error 13)");
            assertThat(server.logins()).isEqualTo(1);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutIt() throws Exception {
        try (var server = serve(_ -> json(200, SPACE));
                var array = server.open(Map.of(AlletraKeys.PASSWORD, "wrong-password"))) {
            assertThatThrownBy(array::space)
                    .isInstanceOf(ArrayUnauthorized.class)
                    .hasMessageContaining("\"alletra.user.password\"")
                    .hasMessageContaining("invalid username or password (error 5)")
                    .hasMessageNotContaining("wrong-password");
        }
    }

    @Test
    void aBusyArrayIsAskedAgain() throws Exception {
        try (var server = serve(
                        _ -> calls.incrementAndGet() < 4 ? error(503, 270, "system is too busy") : json(200, SPACE));
                var array = server.open()) {
            array.space();
            assertThat(calls).hasValue(4);
        }
    }

    @Test
    void aBusyVolumeIsTriedAgainAndThenSaidToBeBusy() throws Exception {
        try (var server = serve(_ -> calls.incrementAndGet() < 3
                        ? error(409, 151, "volume is busy")
                        : json(200, item(VOLUME, 256)));
                var array = server.open()) {
            assertThat(array.findVolume(VOLUME)).isPresent();
        }
        try (var server = serve(_ -> error(409, 151, "volume is busy"));
                var array = server.open()) {
            assertThatThrownBy(() -> array.findVolume(VOLUME))
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("volume is busy (error 151)");
        }
    }

    @Test
    void noSessionLeftIsSaid() throws Exception {
        try (var server = serve(_ -> error(503, 31, "service is unavailable"));
                var array = server.open()) {
            assertThatThrownBy(array::space)
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("service is unavailable (error 31)");
        }
    }

    @Test
    void refusalsAreToldApartByTheirNumbers() throws Exception {
        try (var server = serve(request -> switch (calls.incrementAndGet()) {
                    case 1 -> error(400, 24, "no space");
                    case 2 -> error(404, 15, "CPG does not exist");
                    case 3 -> error(400, 28, "too large");
                    default -> error(404, 23, "volume does not exist");
                });
                var array = server.open()) {
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofGiB(1), Records.ANY))
                    .isInstanceOf(ArrayFull.class)
                    .hasMessageContaining("no space (error 24)");
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofGiB(1), Records.ANY))
                    .isInstanceOf(ArrayLacks.class)
                    .hasMessageContaining("\"SSD_r6\"")
                    .hasMessageContaining("\"alletra.cpg\"");
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofGiB(1), Records.ANY))
                    .isExactlyInstanceOf(ArrayRefused.class)
                    .hasMessageContaining("too large (error 28)");
            assertThatThrownBy(() -> array.resizeVolume(VOLUME, ByteSize.ofGiB(1), false))
                    .isInstanceOf(ObjectMissing.class);
        }
    }

    @Test
    void whatIsNoAlletraIsSaidToBeNone() throws Exception {
        try (var server = serve(_ -> json(404, "<html>nothing here</html>"));
                var array = server.open()) {
            assertThatThrownBy(array::space)
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("no HPE Alletra");
        }
    }

    @Test
    void aLostGrowthIsNeverSentAgain() throws Exception {
        try (var server = serve(request ->
                        request.method().equals("PUT") ? new Response.Dropped() : json(200, item(VOLUME, 256)));
                var array = server.open()) {
            assertThatThrownBy(() -> array.resizeVolume(VOLUME, ByteSize.ofGiB(1), false))
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("whether it took effect is not known");
            assertThat(server.requests)
                    .filteredOn(line -> line.startsWith("PUT"))
                    .hasSize(1);
            assertThat(server.bodies).anySatisfy(body -> assertThat(body).contains("\"sizeMiB\":768"));
        }
    }

    @Test
    void aGrowthOfWhichOnlyTheAnswerIsLostIsDone() throws Exception {
        var grown = new AtomicBoolean();
        try (var server = serve(request -> {
                    if (!request.method().equals("PUT")) return json(200, item(VOLUME, grown.get() ? 1024 : 256));
                    grown.set(true);
                    return new Response.Dropped();
                });
                var array = server.open()) {
            array.resizeVolume(VOLUME, ByteSize.ofGiB(1), false);
            assertThat(server.requests)
                    .filteredOn(line -> line.startsWith("PUT"))
                    .hasSize(1);
        }
    }

    private static String task(int status, int steps) {
        return "{\"id\":7,\"name\":\"x\",\"status\":%d,\"completedSteps\":%d,\"totalSteps\":100,\"detailedStatus\":\"why\"}"
                .formatted(status, steps);
    }

    /** An array whose target is smaller than the source until it has grown, and says so as section 7 has it. */
    private Handler copying(List<Response> looks) {
        var grown = new AtomicBoolean();
        return request -> {
            var path = request.rawPath();
            if (path.contains("/tasks/"))
                return request.method().equals("PUT")
                        ? json(200, "")
                        : looks.get(Math.min(calls.getAndIncrement(), looks.size() - 1));
            if (request.method().equals("GET"))
                return json(200, "{\"members\":[%s,%s]}".formatted(item(VOLUME, 512), item(COPY, 256)));
            if (request.method().equals("POST"))
                return grown.get()
                        ? json(200, "{\"taskid\":7}")
                        : error(409, 1005, "the parent volume is larger than the destination volume");
            grown.set(true);
            return json(200, "");
        };
    }

    @Test
    void anOfflineCopyIsWatchedToItsEnd() throws Exception {
        var heard = new ArrayList<Integer>();
        var looks = List.<Response>of(json(200, task(2, 0)), json(200, task(2, 40)), json(200, task(1, 100)));
        try (var server = serve(copying(looks));
                var array = server.open()) {
            array.overwrite(new VolumeRef(VOLUME), COPY, heard::add);
            assertThat(heard).containsExactly(0, 40);
            assertThat(server.requests.get(2)).isEqualTo("PUT /api/v1/volumes/" + COPY);
            assertThat(server.bodies.get(2)).contains("\"action\":3").contains("\"sizeMiB\":256");
        }
    }

    @Test
    void aCopyThatFailsSaysWhy() throws Exception {
        try (var server = serve(copying(List.of(json(200, task(4, 50)))));
                var array = server.open()) {
            assertThatThrownBy(() -> array.overwrite(new VolumeRef(VOLUME), COPY, Progress.NONE))
                    .isInstanceOf(ArrayRefused.class)
                    .hasMessageContaining("task 7 failed: why");
        }
    }

    @Test
    void aCopyThatNobodyWantsAnyMoreIsCancelled() throws Exception {
        try (var server = serve(copying(List.of(json(200, task(2, 10)))));
                var array = server.open()) {
            assertThatThrownBy(() -> array.overwrite(new VolumeRef(VOLUME), COPY, _ -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(server.requests.getLast()).isEqualTo("PUT /api/v1/tasks/7");
            assertThat(server.bodies.getLast()).isEqualTo("{\"action\":1}");
        }
    }

    @Test
    void aRestoreGoesOnWhoeverStopsWatching() throws Exception {
        try (var server = serve(request ->
                        request.rawPath().contains("/tasks/") ? json(200, task(2, 10)) : json(200, "{\"taskid\":7}"));
                var array = server.open()) {
            assertThatThrownBy(() -> array.restore(SNAPSHOT, _ -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(server.requests).noneMatch(line -> line.startsWith("PUT /api/v1/tasks"));
        }
    }

    /** The name that a lost answer, or somebody else, has left. */
    @Test
    void aTakenNameIsOursOnlyIfItLooksLikeIt() throws Exception {
        var size = new AtomicInteger(256);
        try (var server = serve(request -> switch (request.method()) {
                    case "POST" -> error(409, 22, "volume already exists");
                    case "GET" -> json(200, item(VOLUME, size.get()));
                    default -> json(200, "");
                });
                var array = server.open()) {
            array.createVolume(VOLUME, ByteSize.ofMiB(256), Records.ANY);
            size.set(512);
            assertThatThrownBy(() -> array.createVolume(VOLUME, ByteSize.ofMiB(256), Records.ANY))
                    .isInstanceOf(ObjectExists.class);
        }
    }

    /** Another host's row comes first, and each path that is logged in has a row too. */
    @Test
    void aConnectionIsJudgedByThisHostsRow() throws Exception {
        var rows = """
                {"members":[
                 {"lun":5,"volumeName":"v","hostname":"other-nvme","active":false},
                 {"lun":9,"volumeName":"v","hostname":"h-nvme","active":true},
                 {"lun":3,"volumeName":"v","hostname":"h-nvme","active":false,
                  "Subsystem_NQN":"nqn.2020-07.com.hpe:1"}]}""";
        try (var server = serve(request -> {
                    var path = request.rawPath();
                    if (path.endsWith("/hosts")) return json(201, "");
                    if (path.contains("/volumes/")) return json(200, item(VOLUME, 256));
                    return request.method().equals("POST") ? error(400, 29, "already exported") : json(200, rows);
                });
                var array = server.open()) {
            var mapping = array.map(HOST, VOLUME);
            assertThat(mapping.unit()).isEqualTo(3);
            assertThat(mapping.host()).isEqualTo("h-nvme");
            assertThat(mapping.identity().nguid()).isEqualTo("60002ac000000000000034470007eb2f");
        }
    }

    /** No namespace has the number 0 (section 11). The location says the number, and nothing is asked twice. */
    @Test
    void anotherVolumeOfAKnownHostCostsTwoCalls() throws Exception {
        try (var server = serve(request -> {
                    var path = request.rawPath();
                    if (path.endsWith("/vluns")) return json(201, "").with("Location", "/api/v1/vluns/v%2C4%2Ch-nvme");
                    return path.endsWith("/hosts") ? json(201, "") : json(200, item(VOLUME, 256));
                });
                var array = server.open()) {
            array.map(HOST, VOLUME);
            assertThat(server.bodies.get(1)).contains("\"lun\":1").contains("\"autoLun\":true");
            server.requests.clear();
            array.map(HOST, COPY);
            assertThat(server.requests).containsExactly("POST /api/v1/vluns", "GET /api/v1/volumes/" + COPY);
        }
    }

    /** Section 4: the address of an NVMe port is in nodeWWN; only ports that are ready serve. */
    @Test
    void findsPortsThatAreReady() throws Exception {
        var ports = """
                {"members":[
                 {"mode":2,"linkState":4,"protocol":6,"nodeWWN":"10.0.0.7"},
                 {"mode":2,"linkState":10,"protocol":6,"nodeWWN":"10.0.0.8"},
                 {"mode":2,"linkState":4,"protocol":2,"IPAddr":"10.0.0.1","iSCSIName":"iqn.2000-05.com.3pardata:21"},
                 {"mode":3,"linkState":4,"protocol":2,"IPAddr":"10.0.0.2","iSCSIName":"iqn.2000-05.com.3pardata:21"},
                 {"mode":2,"linkState":4,"protocol":2,
                  "iSCSIPortInfo":{"IPAddr":"10.0.0.3","iSCSIName":"iqn.2000-05.com.3pardata:21","vlan":0}},
                 {"mode":2,"linkState":4,"protocol":1,"nodeWWN":"2FF70002AC000001"}]}""";
        try (var server = serve(_ -> json(200, ports));
                var array = server.open()) {
            var nvme = array.target(Protocol.NVME_TCP).orElseThrow();
            assertThat(nvme.portals()).containsExactly(new Portal("10.0.0.7", 4420));
            assertThat(nvme.qualifiedName()).isEqualTo(Optional.empty());
            var iscsi = array.target(Protocol.ISCSI).orElseThrow();
            assertThat(iscsi.qualifiedName()).contains("iqn.2000-05.com.3pardata:21");
            assertThat(iscsi.portals()).containsExactly(new Portal("10.0.0.1", 3260), new Portal("10.0.0.3", 3260));
        }
    }
}
