package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes: section 6 of the reference, with the numbers of section 14. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class VirtualVolumesTest {
    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aVolumeIsFoundWhereItsLocationSays() {
        var location = lab.make("volumes", "{'name': 'v.1-x_y', 'cpg': 'SSD_r6', 'sizeMiB': 1024, 'tpvv': true}");
        assertThat(location).isEqualTo("/api/v1/volumes/v.1-x_y");
        var volume = lab.volume("v.1-x_y");
        assertThat(volume.path("name").asString()).isEqualTo("v.1-x_y");
        assertThat(volume.path("sizeMiB").asInt()).isEqualTo(1024);
        assertThat(volume.path("userCPG").asString()).isEqualTo("SSD_r6");
        assertThat(volume.path("provisioningType").asInt()).isEqualTo(2);
        assertThat(volume.path("copyType").asInt()).isEqualTo(1);
        assertThat(volume.path("state").asInt()).isEqualTo(1);
        assertThat(volume.path("baseId")).isEqualTo(volume.path("id"));
        assertThat(volume.has("copyOf")).isFalse();
        assertThat(volume.has("usage")).isFalse();
        assertThat(volume.path("wwn").asString()).matches("60002AC[0-9A-F]{25}");
        assertThat(volume.path("nguid").asString()).matches("[0-9A-Fa-f]{32}");
        assertThat(volume.path("creationTime8601").asString()).isEqualTo("2026-11-21T12:00:00+00:00");
        assertThat(volume.path("creationTimeSec").asLong()).isEqualTo(1795262400L);
    }

    /** Clients unbox these (section 6). */
    @Test
    void numbersAreThereForEveryVolume() {
        lab.create("v", 256);
        lab.snapshot("v", "s");
        for (var name : List.of("v", "s")) {
            var volume = lab.volume(name);
            for (var number : List.of(
                    "id",
                    "sizeMiB",
                    "totalUsedMiB",
                    "totalReservedMiB",
                    "hostWriteMiB",
                    "provisioningType",
                    "copyType",
                    "state",
                    "baseId",
                    "udid",
                    "rcopyStatus",
                    "deduplicationState",
                    "compressionState",
                    "ssSpcAllocWarningPct",
                    "usrSpcAllocLimitPct")) {
                assertThat(volume.path(number).isIntegralNumber())
                        .as(name + " " + number)
                        .isTrue();
            }
            for (var space : List.of("adminSpace", "snapshotSpace", "userSpace")) {
                for (var figure : List.of("reservedMiB", "rawReservedMiB", "usedMiB", "freeMiB")) {
                    assertThat(volume.path(space).path(figure).isIntegralNumber())
                            .as(name + " " + space + " " + figure)
                            .isTrue();
                }
            }
        }
        assertThat(lab.volume("s").path("parentId")).isEqualTo(lab.volume("v").path("id"));
    }

    @ParameterizedTest
    @CsvSource({"1, 256", "255, 256", "256, 256", "257, 512", "1023, 1024", "67108864, 67108864"})
    void sizesAreRoundedUp(int asked, int made) {
        lab.create("v", asked);
        assertThat(lab.volume("v").path("sizeMiB").asInt()).isEqualTo(made);
    }

    @Test
    void whatAVolumeCanNotBeIsRefused() {
        lab.create("taken", 256);
        var start = "{'name': 'v', 'cpg': 'SSD_r6', ";
        assertThat(refused("{'cpg': 'SSD_r6', 'sizeMiB': 256, 'tpvv': true}")).isEqualTo("400 40 name");
        assertThat(refused("{'name': 'v', 'sizeMiB': 256, 'tpvv': true}")).isEqualTo("400 40 cpg");
        assertThat(refused(start + "'tpvv': true}")).isEqualTo("400 40 sizeMiB");
        assertThat(refused(start + "'sizeMiB': 0, 'tpvv': true}")).isEqualTo("400 43 sizeMiB");
        assertThat(refused(start + "'sizeMiB': -1, 'tpvv': true}")).isEqualTo("400 43 sizeMiB");
        assertThat(refused(start + "'sizeMiB': '1', 'tpvv': true}")).isEqualTo("400 39 sizeMiB");
        assertThat(refused(start + "'sizeMiB': 1.5, 'tpvv': true}")).isEqualTo("400 39 sizeMiB");
        assertThat(refused(start + "'sizeMiB': 67108865, 'tpvv': true}")).isEqualTo("400 28 sizeMiB");
        assertThat(refused(start + "'sizeMiB': 9223372036854775807, 'tpvv': true}"))
                .isEqualTo("400 28 sizeMiB");
        assertThat(refused(start + "'sizeMiB': 256}")).isEqualTo("400 78 tpvv,reduce");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': false}")).isEqualTo("400 78 tpvv,reduce");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'reduce': true}"))
                .isEqualTo("400 44 tpvv,reduce");
        assertThat(refused(start + "'sizeMiB': 256, 'tdvv': true}")).isEqualTo("400 12 tdvv");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'nonsense': 1}"))
                .isEqualTo("400 12 nonsense");
        assertThat(refused("{'name': 'taken', 'cpg': 'SSD_r6', 'sizeMiB': 256, 'tpvv': true}"))
                .isEqualTo("409 22");
        assertThat(refused("{'name': 'v', 'cpg': 'nowhere', 'sizeMiB': 256, 'tpvv': true}"))
                .isEqualTo("404 15");
        var id = lab.volume("taken").path("id").asInt();
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'id': " + id + "}"))
                .isEqualTo("409 59 id");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'comment': '" + "c".repeat(512) + "'}"))
                .isEqualTo("400 57 comment");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'expirationHours': 43801}"))
                .isEqualTo("400 43 expirationHours");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'expirationHours': 0}"))
                .isEqualTo("400 115 expirationHours");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'expirationHours': 1, 'retentionHours': 2}"))
                .isEqualTo("400 43 retentionHours");
        assertThat(refused(start + "'sizeMiB': 256, 'tpvv': true, 'policies': {'caching': true}}"))
                .isEqualTo("400 12 caching");
        assertThat(lab.names("volumes")).containsExactly("taken");
    }

    private String refused(String body) {
        return lab.refused("POST", "volumes", body);
    }

    /** Section 12: 34 to 37 characters have to be possible, 59 are refused. */
    @Test
    void namesHaveTheirLimits() {
        lab.create("v".repeat(55), 256);
        assertThat(lab.volume("v".repeat(55)).path("shortName").asString()).isEqualTo("v".repeat(31));
        var rest = "', 'cpg': 'SSD_r6', 'sizeMiB': 256, 'tpvv': true}";
        assertThat(refused("{'name': '" + "v".repeat(59) + rest)).isEqualTo("400 57 name");
        assertThat(refused("{'name': '" + rest)).isEqualTo("400 45 name");
        for (var bad : List.of("-v", "a b", "a@b", "a#", "a/b", "a:b", "ä")) {
            assertThat(refused("{'name': '" + bad + rest)).as(bad).isEqualTo("400 69 name");
        }
    }

    @Test
    void optionsAreKept() {
        lab.make(
                "volumes",
                "{'name': 'v', 'cpg': 'SSD_r6', 'snapCPG': 'SSD_r6', 'sizeMiB': 256, 'reduce': true, 'id': 77,"
                        + " 'comment': 'hello', 'usrSpcAllocLimitPct': 90, 'expirationHours': 48,"
                        + " 'retentionHours': 24, 'policies': {'zeroDetect': true, 'staleSS': false}}");
        var volume = lab.volume("v");
        assertThat(volume.path("id").asInt()).isEqualTo(77);
        assertThat(volume.path("provisioningType").asInt()).isEqualTo(6);
        assertThat(volume.path("deduplicationState").asInt()).isEqualTo(1);
        assertThat(volume.path("comment").asString()).isEqualTo("hello");
        assertThat(volume.path("snapCPG").asString()).isEqualTo("SSD_r6");
        assertThat(volume.path("usrSpcAllocLimitPct").asInt()).isEqualTo(90);
        assertThat(volume.path("expirationTime8601").asString()).isEqualTo("2026-11-23T12:00:00+00:00");
        assertThat(volume.path("retentionTime8601").asString()).isEqualTo("2026-11-22T12:00:00+00:00");
        assertThat(volume.path("policies").path("zeroDetect").asBoolean()).isTrue();
        assertThat(volume.path("policies").path("staleSS").asBoolean()).isFalse();
        assertThat(volume.path("policies").path("caching").asBoolean()).isTrue();
    }

    @Test
    void noNumberIsGivenTwice() {
        lab.make("volumes", "{'name': 'v', 'cpg': 'SSD_r6', 'sizeMiB': 256, 'tpvv': true, 'id': 2}");
        for (int i = 0; i < 5; i++) {
            lab.create("w" + i, 256);
        }
        Set<String> seen = new HashSet<>();
        for (var key : List.of("id", "wwn", "nguid", "uuid")) {
            lab.get("volumes").path("members").forEach(volume -> seen.add(key + volume.path(key)));
        }
        assertThat(seen).hasSize(4 * 6);
    }

    @Test
    void aVolumeIsModified() {
        lab.create("v", 256);
        lab.create("taken", 256);
        var before = lab.volume("v");
        var answer = lab.put(
                "volumes/v",
                "{'newName': 'w', 'comment': 'c', 'expirationHours': 2, 'ssSpcAllocWarningPct': 10,"
                        + " 'policies': {'oneHost': true}}");
        assertThat(Lab.location(answer)).isEqualTo("/api/v1/volumes/w");
        assertThat(lab.refused("GET", "volumes/v", "")).isEqualTo("404 23");
        var after = lab.volume("w");
        for (var same : List.of("id", "uuid", "wwn", "nguid", "sizeMiB")) {
            assertThat(after.path(same)).isEqualTo(before.path(same));
        }
        assertThat(after.path("comment").asString()).isEqualTo("c");
        assertThat(after.path("ssSpcAllocWarningPct").asInt()).isEqualTo(10);
        assertThat(after.path("policies").path("oneHost").asBoolean()).isTrue();
        lab.put("volumes/w", "{'rmExpTime': true, 'rmSsSpcAllocWarning': true, 'comment': ''}");
        after = lab.volume("w");
        assertThat(after.has("expirationTimeSec")).isFalse();
        assertThat(after.has("comment")).isFalse();
        assertThat(after.path("ssSpcAllocWarningPct").asInt()).isZero();

        assertThat(lab.refused("PUT", "volumes/w", "{'newName': 'taken'}")).isEqualTo("409 22 newName");
        assertThat(lab.refused("PUT", "volumes/none", "{'comment': 'c'}")).isEqualTo("404 23");
        assertThat(lab.refused("PUT", "volumes/w", "{'userCPG': 'none'}")).isEqualTo("404 15");
        assertThat(lab.refused("PUT", "volumes/w", "{'sizeMiB': 512}")).isEqualTo("400 12 sizeMiB");
        assertThat(lab.refused("PUT", "volumes/w", "{'expirationHours': 1, 'rmExpTime': true}"))
                .isEqualTo("400 44 expirationHours,rmExpTime");
        assertThat(lab.refused("PUT", "volumes/w", "{'action': 99}")).isEqualTo("400 46 action");
        lab.put("volumes/w", "{'newName': 'W'}");
        assertThat(lab.names("volumes")).containsExactly("W", "taken");
    }

    /** What is given is added, in steps of 256 MiB (trap 10). */
    @Test
    void aVolumeGrows() {
        lab.create("v", 256);
        lab.write("v", 255, 7);
        lab.put("volumes/v", "{'action': 3, 'sizeMiB': 1}");
        assertThat(lab.volume("v").path("sizeMiB").asInt()).isEqualTo(512);
        lab.put("volumes/v", "{'action': 3, 'sizeMiB': 512}");
        assertThat(lab.volume("v").path("sizeMiB").asInt()).isEqualTo(1024);
        assertThat(lab.bytes("v", 255, 256, 1023)).containsExactly(7, 0, 0);

        assertThat(lab.refused("PUT", "volumes/v", "{'action': 3}")).isEqualTo("400 40 sizeMiB");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 3, 'sizeMiB': 0}"))
                .isEqualTo("400 152 sizeMiB");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 3, 'sizeMiB': -256}"))
                .isEqualTo("400 152 sizeMiB");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 3, 'sizeMiB': 67108864}"))
                .isEqualTo("400 28 sizeMiB");
        assertThat(lab.refused("PUT", "volumes/none", "{'action': 3, 'sizeMiB': 1}"))
                .isEqualTo("404 23");
        lab.snapshot("v", "s");
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 3, 'sizeMiB': 256}"))
                .isEqualTo("403 150");
        assertThat(lab.volume("v").path("sizeMiB").asInt()).isEqualTo(1024);
    }

    @Test
    void aVolumeIsDeletedUnlessSomethingNeedsIt() {
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("404 23");
        lab.create("v", 256);
        lab.export("v");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 34");
        assertThat(lab.refused("DELETE", "volumes/v?cascade=true", "")).isEqualTo("409 34");
        lab.unexport("v");
        lab.make("volumesets", "{'name': 'set', 'setmembers': ['v']}");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 34");
        lab.put("volumesets/set", "{'action': 2, 'setmembers': ['v']}");
        lab.snapshot("v", "s");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 32");
        lab.make("volumes/v", "{'action': 'createSnapshot', 'parameters': {'name': 'ro', 'readOnly': true}}");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 25");
        lab.snapshot("s", "below");
        lab.export("below");
        assertThat(lab.refused("DELETE", "volumes/v?cascade=true", "")).isEqualTo("409 34");
        lab.unexport("below");
        lab.put("volumes/below", "{'retentionHours': 1}");
        assertThat(lab.refused("DELETE", "volumes/v?cascade=true", "")).isEqualTo("409 27");
        assertThat(lab.names("volumes")).containsExactly("below", "ro", "s", "v");
        lab.pass(Duration.ofHours(1));
        lab.delete("volumes/v?cascade=true");
        assertThat(lab.names("volumes")).isEmpty();
        assertThat(lab.store().volumes()).isEmpty();
    }

    /** 3PAR CLI Reference: the retention can't be removed or reduced once it is set. */
    @Test
    void aRetentionIsNotShortened() {
        lab.create("v", 256);
        lab.put("volumes/v", "{'retentionHours': 10}");
        assertThat(lab.refused("PUT", "volumes/v", "{'retentionHours': 9}")).isEqualTo("409 27 retentionHours");
        assertThat(lab.refused("PUT", "volumes/v", "{'expirationHours': 9}")).isEqualTo("400 43 retentionHours");
        lab.put("volumes/v", "{'retentionHours': 11}");
        lab.pass(Duration.ofHours(10));
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 27");
        lab.pass(Duration.ofHours(1));
        lab.delete("volumes/v");
    }

    @Test
    void volumesExpireUnlessSomethingNeedsThem() {
        lab.create("v", 256);
        var snapshot = "{'action': 'createSnapshot', 'parameters': {'name': '%s', 'expirationHours': %d}}";
        lab.make("volumes/v", snapshot.formatted("first", 1));
        lab.make("volumes/v", snapshot.formatted("second", 2));
        lab.make("volumes/v", snapshot.formatted("used", 1));
        lab.export("used");
        lab.pass(Duration.ofMinutes(59));
        assertThat(lab.names("volumes")).containsExactly("first", "second", "used", "v");
        lab.pass(Duration.ofMinutes(1));
        assertThat(lab.names("volumes")).containsExactly("second", "used", "v");
        lab.unexport("used");
        lab.pass(Duration.ofHours(1));
        assertThat(lab.names("volumes")).containsExactly("v");
        assertThat(lab.store().volumes()).hasSize(1);
    }

    @Test
    void queriesChooseVolumes() {
        lab.create("v", 256);
        lab.create("w", 256);
        lab.snapshot("v", "s1");
        lab.snapshot("v", "s2");
        lab.put("volumes/v", "{'newName': 'x'}");
        var x = lab.volume("x");
        assertThat(lab.names("volumes?query=%22name==w%22")).containsExactly("w");
        assertThat(lab.names("volumes?query=%22copyOf==x%22")).containsExactly("s1", "s2");
        assertThat(lab.names("volumes?query=%22copyOf%20EQ%20v%22")).isEmpty();
        assertThat(lab.names("volumes?query=%22id+EQ+" + x.path("id").asInt() + "%22"))
                .containsExactly("x");
        assertThat(lab.names("volumes?query=%22wwn==" + x.path("wwn").asString() + "%22"))
                .containsExactly("x");
        assertThat(lab.names("volumes?query=%22provisioningType==3%20AND%20userCPG==SSD_r6%22"))
                .containsExactly("s1", "s2");
        assertThat(lab.names("volumes?query=%22name==x%20OR%20name==w%22")).containsExactly("w", "x");
        assertThat(lab.refused("GET", "volumes?query=%22sizeMiB%20==%22", "")).startsWith("400 ");
    }

    /** What was written is told, and what only snapshots hold. */
    @Test
    void spaceIsTold() {
        lab.create("v", 1024);
        assertThat(lab.volume("v").path("totalUsedMiB").asInt()).isZero();
        for (int i = 0; i < 8; i++) {
            lab.write("v", i, 1);
        }
        var used = lab.volume("v").path("totalUsedMiB").asInt();
        assertThat(used).isBetween(1, 8);
        assertThat(lab.volume("v").path("userSpace").path("usedMiB").asInt()).isEqualTo(used);
        lab.snapshot("v", "s");
        assertThat(lab.volume("s").path("totalUsedMiB").asInt()).isZero();
        for (int i = 0; i < 8; i++) {
            lab.write("v", i, 2);
        }
        assertThat(lab.volume("s").path("totalUsedMiB").asInt()).isPositive();
        assertThat(lab.volume("v").path("snapshotSpace").path("usedMiB").asInt())
                .isPositive();
        var distribution = lab.get("volumespacedistribution/v");
        assertThat(distribution.path("name").asString()).isEqualTo("v");
        assertThat(lab.refused("GET", "volumespacedistribution/none", "")).isEqualTo("404 23");
    }

    @Test
    void notesAreKeptOnVolumes() {
        lab.create("v", 256);
        var notes = "volumes/v/objectKeyValues";
        lab.make(notes, "{'key': 'a', 'value': 'one'}");
        lab.make(notes, "{'key': 'b', 'value': 'two'}");
        assertThat(lab.refused("POST", notes, "{'key': 'a', 'value': 'x'}")).isEqualTo("409 181");
        assertThat(lab.get(notes + "/a").path("value").asString()).isEqualTo("one");
        lab.put(notes + "/a", "{'value': 'other'}");
        assertThat(lab.get(notes + "/a").path("value").asString()).isEqualTo("other");
        assertThat(lab.get(notes + "/a").path("creationTimeSec").asLong()).isEqualTo(1795262400L);
        assertThat(lab.get(notes).path("total").asInt()).isEqualTo(2);
        lab.delete(notes + "/a");
        assertThat(lab.refused("GET", notes + "/a", "")).isEqualTo("404 180");
        assertThat(lab.refused("PUT", notes + "/a", "{'value': 'x'}")).isEqualTo("404 180");
        assertThat(lab.refused("DELETE", notes + "/a", "")).isEqualTo("404 180");
        assertThat(lab.refused("GET", "volumes/none/objectKeyValues", "")).isEqualTo("404 23");
        assertThat(lab.refused("POST", notes, "{'key': '" + "k".repeat(32) + "', 'value': 'x'}"))
                .isEqualTo("400 57 key");
        assertThat(lab.refused("POST", notes, "{'key': 'k%', 'value': 'x'}")).isEqualTo("400 69 key");
        assertThat(lab.refused("POST", notes, "{'key': 'k'}")).isEqualTo("400 40 value");
        lab.delete("volumes/v");
        assertThat(lab.estate().<Integer>read(objects -> objects.tags().size())).isZero();
    }

    @Test
    void tuningMovesAndConverts() {
        lab.create("v", 256);
        lab.write("v", 3, 9);
        var task = lab.task(
                "PUT",
                "volumes/v",
                "{'action': 6, 'tuneOperation': 1, 'userCPG': 'SSD_r6', 'conversionOperation': 3, 'keepVV': 'old'}");
        assertThat(lab.get("tasks/" + task).path("type").asInt()).isEqualTo(19);
        assertThat(lab.volume("v").path("provisioningType").asInt()).isEqualTo(6);
        assertThat(lab.volume("old").path("provisioningType").asInt()).isEqualTo(2);
        assertThat(lab.bytes("v", 3)).containsExactly(9);
        assertThat(lab.bytes("old", 3)).containsExactly(9);
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 6, 'tuneOperation': 1, 'userCPG': 'none'}"))
                .isEqualTo("404 15");
        assertThat(lab.refused("PUT", "volumes/v", "{'action': 6, 'userCPG': 'SSD_r6'}"))
                .isEqualTo("400 40 tuneOperation");
        lab.snapshot("v", "s");
        assertThat(lab.refused("PUT", "volumes/s", "{'action': 6, 'tuneOperation': 1, 'userCPG': 'SSD_r6'}"))
                .isEqualTo("403 150");
    }
}
