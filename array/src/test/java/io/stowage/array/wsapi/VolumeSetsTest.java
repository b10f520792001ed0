package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Volume sets and rules of quality of service: section 10 of the reference. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class VolumeSetsTest {
    private final Lab lab = Lab.inMemory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aSetHasMembersInTheirOrder() {
        List.of("c", "a", "b").forEach(name -> lab.create(name, 256));
        var location = lab.make("volumesets", "{'name': 'set', 'comment': 'hello', 'setmembers': ['c', 'a']}");
        assertThat(location).isEqualTo("/api/v1/volumesets/set");
        lab.put("volumesets/set", "{'action': 1, 'setmembers': ['b']}");
        lab.put("volumes/a", "{'newName': 'z'}");
        var set = lab.get("volumesets/set");
        assertThat(set.path("setmembers").toString()).isEqualTo("[\"c\",\"z\",\"b\"]");
        assertThat(set.path("count").asInt()).isEqualTo(3);
        assertThat(set.path("comment").asString()).isEqualTo("hello");
        assertThat(set.path("qosEnabled").asBoolean(true)).isFalse();
        assertThat(set.path("id").isIntegralNumber() && set.path("uuid").isString())
                .isTrue();
        lab.put("volumesets/set", "{'action': 2, 'setmembers': ['c', 'z', 'b']}");
        assertThat(lab.get("volumesets/set").has("setmembers")).isFalse();
        lab.delete("volumesets/set");
        assertThat(lab.names("volumesets")).isEmpty();
        assertThat(lab.names("volumes")).containsExactly("b", "c", "z");
    }

    @Test
    void aVolumeMayBeInSeveralSets() {
        lab.create("v", 256);
        lab.make("volumesets", "{'name': 'one', 'setmembers': ['v']}");
        lab.make("volumesets", "{'name': 'two', 'setmembers': ['v']}");
        assertThat(lab.names("volumesets?query=%22setmembers==v%22")).containsExactly("one", "two");
        lab.delete("volumesets/one");
        assertThat(lab.refused("DELETE", "volumes/v", "")).isEqualTo("409 34");
        lab.delete("volumesets/two");
        lab.delete("volumes/v");
    }

    @Test
    void setsHaveTheirRules() {
        lab.create("v", 256);
        lab.create("w", 256);
        lab.make("volumesets", "{'name': 'set', 'setmembers': ['v']}");
        assertThat(lab.refused("POST", "volumesets", "{'name': 'set'}")).isEqualTo("409 101");
        assertThat(lab.refused("POST", "volumesets", "{}")).isEqualTo("400 40 name");
        assertThat(lab.refused("POST", "volumesets", "{'name': '" + "s".repeat(32) + "'}"))
                .isEqualTo("400 57 name");
        assertThat(lab.refused("POST", "volumesets", "{'name': 'x', 'setmembers': ['w', 'none']}"))
                .isEqualTo("404 23");
        assertThat(lab.refused("POST", "volumesets", "{'name': 'x', 'domain': 'd'}"))
                .isEqualTo("404 38 domain");
        assertThat(lab.refused("POST", "volumesets", "{'name': 'x', 'comment': '" + "c".repeat(256) + "'}"))
                .isEqualTo("400 57 comment");
        assertThat(lab.refused("GET", "volumesets/none", "")).isEqualTo("404 102");
        assertThat(lab.refused("DELETE", "volumesets/none", "")).isEqualTo("404 102");
        assertThat(lab.refused("PUT", "volumesets/none", "{'action': 1, 'setmembers': ['v']}"))
                .isEqualTo("404 102");
        assertThat(put("{'action': 1, 'setmembers': ['v']}")).isEqualTo("409 103");
        assertThat(put("{'action': 1, 'setmembers': ['w', 'v']}")).isEqualTo("409 103");
        assertThat(put("{'action': 1, 'setmembers': ['none']}")).isEqualTo("404 23");
        assertThat(put("{'action': 2, 'setmembers': ['w']}")).isEqualTo("404 104");
        assertThat(put("{'action': 1}")).isEqualTo("400 40 setmembers");
        assertThat(put("{'setmembers': ['w']}")).isEqualTo("400 78 action");
        assertThat(put("{'setmembers': ['w'], 'flashCachePolicy': 1}")).startsWith("400 44");
        assertThat(put("{'action': 5, 'setmembers': ['w']}")).isEqualTo("400 46 action");
        assertThat(put("{'action': 1, 'setmembers': ['w'], 'newName': 'x'}")).isEqualTo("400 44 action");
        lab.make("volumesets", "{'name': 'other'}");
        assertThat(put("{'newName': 'other'}")).isEqualTo("409 101 newName");
        assertThat(lab.get("volumesets/set").path("setmembers").toString()).isEqualTo("[\"v\"]");
        var answer = lab.put("volumesets/set", "{'newName': 'renamed', 'comment': 'c', 'flashCachePolicy': 1}");
        assertThat(Lab.location(answer)).isEqualTo("/api/v1/volumesets/renamed");
        assertThat(lab.get("volumesets/renamed").path("flashCachePolicy").asInt())
                .isEqualTo(1);
        assertThat(lab.get("volumesets/renamed").path("comment").asString()).isEqualTo("c");
    }

    private String put(String body) {
        return lab.refused("PUT", "volumesets/set", body);
    }

    @Test
    void aSetIsTakenAndPromotedAsOne() {
        lab.create("a", 256);
        lab.create("b", 256);
        lab.write("a", 0, 1);
        lab.write("b", 0, 2);
        lab.make("volumesets", "{'name': 'set', 'setmembers': ['a', 'b']}");
        var body = "{'action': 'createSnapshot', 'parameters': {'name': '%s', 'addToSet': 'snaps'}}";
        lab.make("volumesets/set", body.formatted("day_@count@"));
        assertThat(lab.names("volumes")).containsExactly("a", "b", "day_0", "day_1");
        lab.make("volumesets/set", body.formatted("@vvname@.@vvid@").replace("'snaps'", "'others'"));
        assertThat(lab.names("volumes?query=%22copyOf==a%22"))
                .containsExactly("a." + lab.volume("a").path("id").asInt(), "day_0");
        lab.write("a", 0, 3);
        lab.write("b", 0, 4);
        var answer = Lab.json(lab.put("volumesets/snaps", "{'action': 4}"));
        assertThat(answer.path("tasks").size()).isEqualTo(2);
        for (var task : answer.path("tasks")) {
            assertThat(lab.get("tasks/" + task.path("taskid").asInt())
                            .path("status")
                            .asInt())
                    .isEqualTo(1);
        }
        assertThat(lab.bytes("a", 0)).containsExactly(1);
        assertThat(lab.bytes("b", 0)).containsExactly(2);

        for (var bad : List.of("same", "x@nonsense@", "x@count")) {
            var status = lab.refused("POST", "volumesets/set", body.formatted(bad));
            assertThat(status).as(bad).isIn("400 12 name", "409 22");
        }
        lab.make("volumesets", "{'name': 'empty'}");
        assertThat(lab.refused("POST", "volumesets/empty", body.formatted("x@count@")))
                .isEqualTo("404 1010");
        assertThat(lab.refused("POST", "volumesets/none", body.formatted("x@count@")))
                .isEqualTo("404 102");
        assertThat(put("{'action': 4}")).isEqualTo("409 1008");
    }

    /** Action 3: each copy in the set gets what its source holds by now, or none does. */
    @Test
    void theCopiesInASetAreSynchronizedAgainTogether() {
        for (var name : List.of("a", "b")) {
            lab.create(name, 256);
            lab.create("copy-" + name, 256);
            lab.task(
                    "POST",
                    "volumes/" + name,
                    "{'action': 'createPhysicalCopy', 'parameters': {'destVolume': 'copy-%s', 'saveSnapshot': true}}"
                            .formatted(name));
            lab.write(name, 0, 7);
        }
        lab.make("volumesets", "{'name': 'set', 'setmembers': ['copy-a', 'copy-b', 'a']}");
        assertThat(put("{'action': 3}")).as("a is no copy").isEqualTo("403 150");
        assertThat(lab.bytes("copy-a", 0)).containsExactly(0);
        lab.put("volumesets/set", "{'action': 2, 'setmembers': ['a']}");
        var answer = Lab.json(lab.put("volumesets/set", "{'action': 3, 'priority': 2}"));
        assertThat(answer.path("tasks").size()).isEqualTo(2);
        assertThat(lab.bytes("copy-a", 0)).containsExactly(7);
        assertThat(lab.bytes("copy-b", 0)).containsExactly(7);
        assertThat(put("{'action': 3, 'setmembers': ['a']}")).isEqualTo("400 12 setmembers");
        lab.make("volumesets", "{'name': 'empty'}");
        assertThat(lab.refused("PUT", "volumesets/empty", "{'action': 3}")).isEqualTo("404 1010");
    }

    @Test
    void notesAreKeptOnSets() {
        lab.make("volumesets", "{'name': 'set'}");
        lab.make("volumesets/set/objectKeyValues", "{'key': 'k', 'value': 'x'}");
        assertThat(lab.get("volumesets/set/objectKeyValues/k").path("value").asString())
                .isEqualTo("x");
        lab.delete("volumesets/set");
        assertThat(lab.estate().<Integer>read(objects -> objects.tags().size())).isZero();
    }

    @Test
    void rulesOfQualityOfService() {
        lab.make("volumesets", "{'name': 'set'}");
        assertThat(lab.refused("GET", "qos/vvset:set", "")).isEqualTo("404 100");
        assertThat(lab.refused("POST", "qos", "{'name': 'none', 'type': 1}")).isEqualTo("404 117");
        lab.make("qos", "{'name': 'set', 'type': 1, 'priority': 3, 'ioMinGoal': 300, 'ioMaxLimit': 1000}");
        assertThat(lab.refused("POST", "qos", "{'name': 'set', 'type': 1}")).isEqualTo("400 114");
        var rule = lab.get("qos/vvset:set");
        assertThat(rule.path("name").asString()).isEqualTo("set");
        assertThat(rule.path("ioMaxLimit").asInt()).isEqualTo(1000);
        assertThat(rule.path("priority").asInt()).isEqualTo(3);
        assertThat(lab.get("volumesets/set").path("qosEnabled").asBoolean()).isTrue();
        assertThat(lab.refused("PUT", "qos/vvset:set", "{'ioMaxLimit': 100}")).isEqualTo("400 43 ioMinGoal");
        lab.put("qos/vvset:set", "{'ioMaxLimit': 2000, 'ioMinGoalOP': 1, 'enable': false}");
        assertThat(lab.get("qos/vvset:set").path("ioMinGoal").asInt(-1)).isZero();
        assertThat(lab.get("volumesets/set").path("qosEnabled").asBoolean()).isFalse();
        assertThat(lab.refused("DELETE", "volumesets/set", "")).isEqualTo("409 34");
        lab.make("qos", "{'name': 'all_others', 'type': 2, 'bwMaxLimitKB': 5}");
        assertThat(lab.get("qos/sys:all_others").path("bwMaxLimitKB").asInt()).isEqualTo(5);
        assertThat(lab.get("qos").path("total").asInt()).isEqualTo(2);
        lab.delete("qos/sys:all_others");
        lab.delete("qos/vvset:set");
        assertThat(lab.get("qos").path("total").asInt()).isZero();
        assertThat(lab.refused("DELETE", "qos/vvset:set", "")).isEqualTo("404 100");
        assertThat(lab.refused("PUT", "qos/sys:all_others", "{'priority': 1}")).isEqualTo("404 100");
        lab.delete("volumesets/set");
    }
}
