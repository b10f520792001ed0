package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Snapshots, promotions and physical copies: section 7 of the reference, with the numbers of section 14. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class SnapshotsAndCopiesTest {
    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aSnapshotIsAVolumeOfItsOwn() {
        lab.create("v", 512);
        lab.write("v", 1, 5);
        var location = lab.make("volumes/v", "{'action': 'createSnapshot', 'parameters': {'name': 's'}}");
        assertThat(location).isEqualTo("/api/v1/volumes/s");
        lab.write("v", 1, 6);
        lab.put("volumes/v", "{'newName': 'w'}");
        var parent = lab.volume("w");
        var snapshot = lab.volume("s");
        assertThat(snapshot.path("copyType").asInt()).isEqualTo(3);
        assertThat(snapshot.path("provisioningType").asInt()).isEqualTo(3);
        assertThat(snapshot.path("copyOf").asString()).isEqualTo("w");
        assertThat(snapshot.path("parentId")).isEqualTo(parent.path("id"));
        assertThat(snapshot.path("baseId")).isEqualTo(parent.path("id"));
        assertThat(parent.path("rwChildId")).isEqualTo(snapshot.path("id"));
        assertThat(snapshot.path("sizeMiB").asInt()).isEqualTo(512);
        assertThat(snapshot.path("readOnly").asBoolean()).isFalse();
        for (var own : List.of("id", "uuid", "wwn", "nguid")) {
            assertThat(snapshot.path(own)).isNotEqualTo(parent.path(own));
        }
        assertThat(lab.bytes("s", 1)).containsExactly(5);
        assertThat(lab.bytes("w", 1)).containsExactly(6);
        lab.write("s", 1, 7);
        assertThat(lab.bytes("w", 1)).containsExactly(6);
        assertThat(lab.isWritable("s")).isTrue();
    }

    @Test
    void aReadOnlySnapshotCanNotBeWritten() {
        lab.create("v", 256);
        lab.make(
                "volumes/v",
                "{'action': 'createSnapshot', 'parameters': {'name': 'ro', 'readOnly': true, 'comment': 'c', 'id': 99,"
                        + " 'expirationHours': 5, 'retentionHours': 4}}");
        var snapshot = lab.volume("ro");
        assertThat(snapshot.path("readOnly").asBoolean()).isTrue();
        assertThat(snapshot.path("comment").asString()).isEqualTo("c");
        assertThat(snapshot.path("id").asInt()).isEqualTo(99);
        assertThat(snapshot.has("expirationTimeSec") && snapshot.has("retentionTimeSec"))
                .isTrue();
        assertThat(lab.isWritable("ro")).isFalse();
        assertThat(lab.volume("v").path("roChildId").asInt()).isEqualTo(99);
        assertThat(refusedSnapshot("ro", "'name': 'x', 'readOnly': true")).isEqualTo("403 1007");
        lab.snapshot("ro", "x");
        assertThat(lab.isWritable("x")).isTrue();
        assertThat(lab.volume("x").path("baseId")).isEqualTo(lab.volume("v").path("id"));
    }

    @Test
    void whatASnapshotCanNotBeIsRefused() {
        lab.create("v", 256);
        assertThat(refusedSnapshot("none", "'name': 'x'")).isEqualTo("404 23");
        assertThat(refusedSnapshot("v", "'name': 'v'")).isEqualTo("409 22");
        assertThat(refusedSnapshot("v", "'comment': 'c'")).isEqualTo("400 40 name");
        assertThat(refusedSnapshot("v", "'name': '-x'")).isEqualTo("400 69 name");
        assertThat(refusedSnapshot("v", "'name': 'x', 'size': 1")).isEqualTo("400 12 size");
        assertThat(refusedSnapshot(
                        "v", "'name': 'x', 'id': " + lab.volume("v").path("id").asInt()))
                .isEqualTo("409 59 id");
        assertThat(lab.refused("POST", "volumes/v", "{'action': 'createSnapshot'}"))
                .isEqualTo("400 40 parameters");
        assertThat(lab.refused("POST", "volumes/v", "{'action': 'explode', 'parameters': {}}"))
                .isEqualTo("400 46 action");
        assertThat(lab.refused("POST", "volumes/v", "{}")).isEqualTo("400 40 action");
        assertThat(lab.names("volumes")).containsExactly("v");
    }

    private String refusedSnapshot(String parent, String parameters) {
        return lab.refused(
                "POST", "volumes/" + parent, "{'action': 'createSnapshot', 'parameters': {%s}}".formatted(parameters));
    }

    @Test
    void snapshotsGoIntoASet() {
        lab.create("v", 256);
        for (var name : List.of("s1", "s2")) {
            lab.make(
                    "volumes/v",
                    "{'action': 'createSnapshot', 'parameters': {'name': '%s', 'addToSet': 'snaps'}}".formatted(name));
        }
        assertThat(lab.get("volumesets/snaps").path("setmembers").toString()).isEqualTo("[\"s1\",\"s2\"]");
    }

    /** CPGs and sets are where space and names are kept, not data: a copy may lie in others than its source. */
    @Test
    void contentGoesFromCpgToCpgAndFromSetToSet() {
        lab.make("cpgs", "{'name': 'other'}");
        lab.create("v", 256);
        lab.make("volumesets", "{'name': 'one', 'setmembers': ['v']}");
        lab.make("volumesets", "{'name': 'two'}");
        lab.write("v", 1, 5);
        lab.snapshot("v", "s");
        lab.write("v", 1, 6);
        copy("s", "online", ", 'online': true, 'destCPG': 'other', 'tpvv': true");
        lab.make("volumes", "{'name': 'offline', 'cpg': 'other', 'sizeMiB': 256, 'tpvv': true}");
        lab.put("volumesets/two", "{'action': 1, 'setmembers': ['online', 'offline']}");
        copy("v", "offline", "");
        assertThat(lab.bytes("online", 1)).containsExactly(5);
        assertThat(lab.bytes("offline", 1)).containsExactly(6);
        for (var copied : List.of("online", "offline")) {
            assertThat(lab.volume(copied).path("userCPG").asString()).isEqualTo("other");
            assertThat(lab.volume(copied).path("copyType").asInt()).isEqualTo(1);
        }
        assertThat(lab.get("volumesets/one").path("setmembers").toString()).isEqualTo("[\"v\"]");
    }

    @Test
    void severalVolumesAreTakenTogetherOrNotAtAll() {
        lab.create("a", 256);
        lab.create("b", 256);
        lab.write("a", 0, 1);
        lab.write("b", 0, 2);
        var group = "{'action': 8, 'parameters': {'comment': 'both', 'volumeGroup': ["
                + "{'volumeName': 'a', 'snapshotName': 'sa', 'readWrite': true},"
                + "{'volumeName': 'b', 'snapshotName': '%s'}]}}";
        assertThat(lab.refused("POST", "volumes", group.formatted("sa"))).isEqualTo("409 22");
        assertThat(lab.refused("POST", "volumes", group.formatted("sb").replace("'b'", "'none'")))
                .isEqualTo("404 23");
        assertThat(lab.names("volumes")).containsExactly("a", "b");
        lab.make("volumes", group.formatted("sb"));
        assertThat(lab.bytes("sa", 0)).containsExactly(1);
        assertThat(lab.bytes("sb", 0)).containsExactly(2);
        assertThat(lab.isWritable("sa")).isTrue();
        assertThat(lab.isWritable("sb")).isFalse();
        assertThat(lab.volume("sb").path("comment").asString()).isEqualTo("both");
        assertThat(lab.refused("POST", "volumes", "{'action': 8, 'parameters': {}}"))
                .isEqualTo("400 40 volumeGroup");
        assertThat(lab.refused("POST", "volumes", "{'action': 3, 'parameters': {}}"))
                .isEqualTo("400 46 action");
    }

    @Test
    void aPromotionBringsTheContentBack() {
        lab.create("v", 256);
        lab.write("v", 1, 1);
        lab.snapshot("v", "s");
        lab.snapshot("s", "deeper");
        lab.write("v", 1, 2);
        lab.write("deeper", 2, 3);
        var before = lab.volume("v");
        var task = lab.task("PUT", "volumes/s", "{'action': 4}");
        var told = lab.get("tasks/" + task + "?view=excludeDetail");
        assertThat(told.path("status").asInt()).isEqualTo(1);
        assertThat(told.path("type").asInt()).isEqualTo(4);
        assertThat(told.has("detailedStatus")).isFalse();
        assertThat(lab.bytes("v", 1, 2)).containsExactly(1, 0);
        var after = lab.volume("v");
        for (var same : List.of("id", "uuid", "wwn", "nguid", "name", "sizeMiB", "copyType")) {
            assertThat(after.path(same)).isEqualTo(before.path(same));
        }
        assertThat(lab.names("volumes?query=%22copyOf==v%22")).containsExactly("s");

        // 3PAR CLI Reference, promotesv: the default is the base volume, whatever lies between.
        lab.task("PUT", "volumes/deeper", "{'action': 4, 'priority': 1}");
        assertThat(lab.bytes("v", 1, 2)).containsExactly(1, 3);
        assertThat(lab.bytes("s", 1, 2)).containsExactly(1, 0);
    }

    @Test
    void promotionsHaveTheirRules() {
        lab.create("v", 256);
        lab.write("v", 0, 1);
        lab.snapshot("v", "s");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 4}")).isEqualTo("409 1008");
        assertThat(lab.refused("PUT", "volumes/none", "{'action': 4}")).isEqualTo("404 23");
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 5}")).isEqualTo("409 185");
        lab.export("v");
        lab.write("v", 0, 2);
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 4}")).isEqualTo("403 1003");
        assertThat(lab.bytes("v", 0)).containsExactly(2);
        lab.task("PUT", "volumes/s", "{'action': 4, 'online': true}");
        assertThat(lab.bytes("v", 0)).containsExactly(1);
        lab.unexport("v");
        lab.put("volumes/v", "{'action': 3, 'sizeMiB': 256}");
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 4}")).isEqualTo("409 1004");
        assertThat(lab.volume("v").path("sizeMiB").asInt()).isEqualTo(512);
    }

    @Test
    void anOnlineCopyIsThereAtOnce() {
        lab.create("v", 512);
        lab.write("v", 1, 4);
        var answer = lab.send(
                "POST",
                "volumes/v",
                "{'action': 'createPhysicalCopy', 'parameters': {'destVolume': 'c', 'online': true, 'destCPG': 'SSD_r6',"
                        + " 'reduce': true}}");
        assertThat(answer.status()).isBetween(200, 201);
        assertThat(Lab.location(answer)).isEqualTo("/api/v1/volumes/c");
        var task = Lab.json(answer).path("taskid").asInt();
        assertThat(lab.get("tasks/" + task).path("name").asString()).isEqualTo("c");
        assertThat(lab.get("tasks/" + task).path("type").asInt()).isEqualTo(18);
        var copy = lab.volume("c");
        assertThat(copy.path("copyType").asInt()).isEqualTo(1);
        assertThat(copy.path("provisioningType").asInt()).isEqualTo(6);
        assertThat(copy.path("sizeMiB").asInt()).isEqualTo(512);
        lab.write("v", 1, 5);
        assertThat(lab.bytes("c", 1)).containsExactly(4);
        lab.delete("volumes/v");
        assertThat(lab.bytes("c", 1)).containsExactly(4);

        assertThat(refusedCopy("c", "'destVolume': 'c', 'online': true, 'destCPG': 'SSD_r6'"))
                .isEqualTo("409 22");
        assertThat(refusedCopy("c", "'destVolume': 'd', 'online': true")).isEqualTo("400 40 destCPG");
        assertThat(refusedCopy("c", "'destVolume': 'd', 'online': true, 'destCPG': 'none'"))
                .isEqualTo("404 15");
        assertThat(refusedCopy("none", "'destVolume': 'd', 'online': true, 'destCPG': 'SSD_r6'"))
                .isEqualTo("404 23");
    }

    private String refusedCopy(String source, String parameters) {
        return lab.refused(
                "POST",
                "volumes/" + source,
                "{'action': 'createPhysicalCopy', 'parameters': {%s}}".formatted(parameters));
    }

    private int copy(String source, String target, String more) {
        return lab.task(
                "POST",
                "volumes/" + source,
                "{'action': 'createPhysicalCopy', 'parameters': {'destVolume': '%s'%s}}".formatted(target, more));
    }

    @Test
    void anOfflineCopyFillsAVolumeThatIsThere() {
        lab.create("v", 256);
        lab.create("big", 512);
        lab.write("v", 1, 4);
        lab.write("big", 2, 9);
        lab.write("big", 300, 9);
        var before = lab.volume("big");
        copy("v", "big", ", 'saveSnapshot': false, 'priority': 1");
        assertThat(lab.bytes("big", 1, 2, 300)).containsExactly(4, 0, 0);
        var after = lab.volume("big");
        for (var same : List.of("id", "uuid", "wwn", "nguid", "sizeMiB")) {
            assertThat(after.path(same)).isEqualTo(before.path(same));
        }
        assertThat(after.path("copyType").asInt()).isEqualTo(1);
        assertThat(after.has("copyOf")).isFalse();
        lab.put("volumes/big", "{'action': 3, 'sizeMiB': 256}");
    }

    /** As LXD copies a volume with its snapshots (section 15): the target has snapshots in between. */
    @Test
    void snapshotsAreCopiedOneAfterTheOther() {
        lab.create("v", 256);
        lab.write("v", 0, 1);
        lab.make("volumes/v", "{'action': 'createSnapshot', 'parameters': {'name': 's1', 'readOnly': true}}");
        lab.write("v", 0, 2);
        lab.create("w", 256);
        copy("s1", "w", ", 'saveSnapshot': false, 'priority': 1");
        lab.snapshot("w", "t1");
        copy("v", "w", ", 'saveSnapshot': false, 'priority': 1");
        assertThat(lab.bytes("t1", 0)).containsExactly(1);
        assertThat(lab.bytes("w", 0)).containsExactly(2);
    }

    @Test
    void aCopyThatIsKeptInRelationIsSynchronizedAgain() {
        lab.create("v", 256);
        lab.create("c", 256);
        lab.write("v", 0, 1);
        copy("v", "c", ", 'saveSnapshot': true");
        var copy = lab.volume("c");
        assertThat(copy.path("copyType").asInt()).isEqualTo(2);
        assertThat(copy.path("copyOf").asString()).isEqualTo("v");
        assertThat(copy.path("physParentId")).isEqualTo(lab.volume("v").path("id"));
        assertThat(lab.names("volumes?query=%22copyOf==v%22")).containsExactly("c");
        assertThat(lab.refused("PUT", "volumes/c", "{'action': 3, 'sizeMiB': 256}"))
                .isEqualTo("409 1009");
        lab.write("v", 0, 2);
        assertThat(lab.bytes("c", 0)).containsExactly(1);
        lab.task("PUT", "volumes/c", "{'action': 2}");
        assertThat(lab.bytes("c", 0)).containsExactly(2);
        lab.put("volumes/c", "{'action': 1}");
        assertThat(lab.volume("c").path("copyType").asInt()).isEqualTo(1);
        assertThat(lab.refused("PUT", "volumes/c", "{'action': 2}")).isEqualTo("403 150");
        assertThat(lab.refused("PUT", "volumes/c", "{'action': 1}")).isEqualTo("403 150");
    }

    @Test
    void aCopyOutlivesItsSource() {
        lab.create("v", 256);
        lab.create("c", 256);
        copy("v", "c", ", 'saveSnapshot': true");
        lab.delete("volumes/v");
        assertThat(lab.volume("c").path("copyType").asInt()).isEqualTo(1);
        assertThat(lab.volume("c").has("copyOf")).isFalse();
    }

    @Test
    void offlineCopiesHaveTheirRules() {
        lab.create("v", 512);
        lab.create("small", 256);
        lab.create("c", 512);
        lab.snapshot("v", "s");
        assertThat(refusedCopy("v", "'destVolume': 'none'")).isEqualTo("404 23");
        assertThat(refusedCopy("none", "'destVolume': 'c'")).isEqualTo("404 23");
        assertThat(refusedCopy("v", "'saveSnapshot': true")).isEqualTo("400 40 destVolume");
        assertThat(refusedCopy("v", "'destVolume': 'v'")).isEqualTo("403 1006");
        assertThat(refusedCopy("v", "'destVolume': 'small'")).isEqualTo("409 1005");
        assertThat(refusedCopy("v", "'destVolume': 's'")).isEqualTo("403 150");
        assertThat(refusedCopy("v", "'destVolume': 'c', 'destCPG': 'SSD_r6'")).isEqualTo("400 12 destCPG");
        assertThat(refusedCopy("v", "'destVolume': 'c', 'tpvv': true")).isEqualTo("400 12 tpvv");
        assertThat(refusedCopy("v", "'destVolume': 'c', 'priority': 4")).isEqualTo("400 46 priority");
        lab.export("c");
        assertThat(refusedCopy("v", "'destVolume': 'c'")).isEqualTo("403 1002");
    }

    /** A copy or promotion costs no space of its own, however large the volume is. */
    @Test
    void copiesShareWhatTheyHaveInCommon() {
        lab.create("v", 64 << 20);
        for (int i = 0; i < 16; i++) {
            lab.write("v", i * (4 << 20), 1);
        }
        var before = lab.store().space().used();
        lab.snapshot("v", "s");
        copy("v", "online", ", 'online': true, 'destCPG': 'SSD_r6', 'tpvv': true");
        lab.task("PUT", "volumes/s", "{'action': 4}");
        assertThat(lab.bytes("online", 15 * (4 << 20))).containsExactly(1);
        assertThat(lab.store().space().used()).isLessThan(before + Lab.MIB);
    }

    // -- tasks that take time

    @Test
    void aTaskCanBeWatched() {
        lab.create("v", 256);
        lab.create("c", 256);
        lab.write("v", 0, 1);
        lab.tasksLast(Duration.ofSeconds(100));
        var task = copy("v", "c", ", 'saveSnapshot': false");
        lab.write("v", 0, 2);
        for (int i = 0; i < 4; i++) {
            var told = lab.get("tasks/" + task);
            assertThat(told.path("status").asInt()).isEqualTo(2);
            assertThat(told.path("completedSteps").asInt()).isEqualTo(i * 25);
            assertThat(told.path("totalSteps").asInt()).isEqualTo(100);
            assertThat(told.path("finishTime").asString()).isEqualTo("-");
            assertThat(lab.volume("c").path("additionalStates").toString()).isEqualTo("[13]");
            assertThat(lab.volume("v").path("additionalStates").toString()).isEqualTo("[20]");
            lab.pass(Duration.ofSeconds(25));
        }
        var told = lab.get("tasks/" + task);
        assertThat(told.path("status").asInt()).isEqualTo(1);
        assertThat(told.path("completedSteps").asInt()).isEqualTo(100);
        assertThat(told.path("startTime").asString()).isEqualTo("2026-11-21 12:00:00 UTC");
        assertThat(told.path("finishTime").asString()).isEqualTo("2026-11-21 12:01:40 UTC");
        assertThat(told.path("type").asInt()).isEqualTo(1);
        assertThat(told.path("user").asString()).isEqualTo("3paradm");
        assertThat(lab.bytes("c", 0))
                .as("what the source held at the beginning")
                .containsExactly(1);
        assertThat(lab.volume("c").path("additionalStates").toString()).isEqualTo("[]");
        lab.delete("volumes/v");
        lab.delete("volumes/c");
        assertThat(lab.store().volumes()).isEmpty();
    }

    @Test
    void whatATaskWorksOnIsBusy() {
        lab.create("v", 256);
        lab.create("c", 256);
        lab.snapshot("v", "s");
        lab.tasksLast(Duration.ofSeconds(100));
        copy("v", "c", "");
        for (var name : List.of("v", "c")) {
            assertThat(lab.refused("PUT", "volumes/" + name, "{'action': 3, 'sizeMiB': 256}"))
                    .isEqualTo("409 151");
        }
        assertThat(lab.refused("DELETE", "volumes/c", "")).isEqualTo("409 151");
        assertThat(lab.refused("DELETE", "volumes/v?cascade=true", "")).isEqualTo("409 151");
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 4}")).isEqualTo("409 151");
        assertThat(refusedCopy("s", "'destVolume': 'c'")).isEqualTo("409 151");
        assertThat(refusedSnapshot("c", "'name': 'x'")).isEqualTo("409 151");
        lab.snapshot("v", "of-the-source");
        lab.pass(Duration.ofSeconds(100));
        lab.delete("volumes/c");
        lab.delete("volumes/v?cascade=true");
    }

    @Test
    void aTaskThatIsCancelledLeavesACopyThatFailed() {
        lab.create("v", 256);
        lab.create("c", 256);
        lab.write("v", 0, 1);
        lab.tasksLast(Duration.ofSeconds(100));
        var task = copy("v", "c", "");
        lab.pass(Duration.ofSeconds(50));
        lab.put("tasks/" + task, "{'action': 1}");
        assertThat(lab.get("tasks/" + task).path("status").asInt()).isEqualTo(3);
        assertThat(lab.get("tasks/" + task).path("completedSteps").asInt()).isEqualTo(50);
        assertThat(lab.refused("PUT", "tasks/" + task, "{'action': 1}")).isEqualTo("409 1012");
        assertThat(lab.volume("c").path("state").asInt()).isEqualTo(3);
        assertThat(lab.volume("c").path("failedStates").toString()).isEqualTo("[9]");
        lab.pass(Duration.ofSeconds(100));
        assertThat(lab.bytes("c", 0)).containsExactly(0);
        lab.tasksLast(Duration.ZERO);
        copy("v", "c", "");
        assertThat(lab.volume("c").path("state").asInt()).isEqualTo(1);
        assertThat(lab.bytes("c", 0)).containsExactly(1);
        lab.delete("volumes/v");
        lab.delete("volumes/c");
        assertThat(lab.store().volumes()).isEmpty();
    }

    @Test
    void copiesAreStoppedOnTheVolumeToo() {
        lab.create("v", 256);
        lab.create("c", 256);
        lab.snapshot("v", "s");
        lab.tasksLast(Duration.ofSeconds(100));
        var copying = copy("v", "c", "");
        lab.put("volumes/c", "{'action': 1}");
        assertThat(lab.get("tasks/" + copying).path("status").asInt()).isEqualTo(3);
        var promoting = lab.task("PUT", "volumes/s", "{'action': 4}");
        assertThat(lab.volume("v").path("additionalStates").toString()).isEqualTo("[12]");
        lab.put("volumes/s", "{'action': 5}");
        assertThat(lab.get("tasks/" + promoting).path("status").asInt()).isEqualTo(3);
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 5}")).isEqualTo("409 185");
    }

    /** Online, hosts have the old content from the first moment; offline, when the task is over. */
    @Test
    void promotionsThatTakeTime() {
        lab.create("v", 256);
        lab.write("v", 0, 1);
        lab.snapshot("v", "s");
        lab.write("v", 0, 2);
        lab.tasksLast(Duration.ofSeconds(10));
        lab.task("PUT", "volumes/s", "{'action': 4}");
        lab.write("s", 0, 3);
        assertThat(lab.bytes("v", 0)).containsExactly(2);
        lab.pass(Duration.ofSeconds(10));
        lab.get("tasks");
        assertThat(lab.bytes("v", 0)).containsExactly(1);
        lab.task("PUT", "volumes/s", "{'action': 4, 'online': true}");
        assertThat(lab.bytes("v", 0)).containsExactly(3);
        lab.write("v", 0, 4);
        lab.pass(Duration.ofSeconds(10));
        lab.get("tasks");
        assertThat(lab.bytes("v", 0)).containsExactly(4);
    }

    @Test
    void tasksAreAskedForByNumber() {
        lab.create("v", 256);
        lab.snapshot("v", "s");
        var task = lab.task("PUT", "volumes/s", "{'action': 4}");
        assertThat(lab.get("tasks").path("members").get(0).path("id").asInt()).isEqualTo(task);
        assertThat(lab.refused("GET", "tasks/x", "")).isEqualTo("400 39");
        assertThat(lab.refused("GET", "tasks/0", "")).isEqualTo("400 115");
        assertThat(lab.refused("GET", "tasks/-1", "")).isEqualTo("400 115");
        assertThat(lab.refused("GET", "tasks/99999999999999999999", "")).isEqualTo("400 43");
        assertThat(lab.refused("GET", "tasks/" + (task + 1), "")).isEqualTo("404 145");
        assertThat(lab.refused("PUT", "tasks/" + (task + 1), "{'action': 1}")).isEqualTo("404 145");
        assertThat(lab.refused("PUT", "tasks/" + task, "{}")).isEqualTo("400 40 action");
        assertThat(lab.refused("PUT", "tasks/" + task, "{'action': 2}")).isEqualTo("400 46 action");
        lab.pass(Duration.ofHours(24).plusSeconds(1));
        assertThat(lab.get("tasks").path("total").asInt()).isZero();
        assertThat(lab.refused("GET", "tasks/" + task, "")).isEqualTo("404 145");
    }
}
