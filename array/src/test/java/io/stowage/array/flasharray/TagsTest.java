package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TagsTest extends ArrayTest {
    @BeforeEach
    void makeVolume() {
        rest().post("volumes?names=v", "{}");
    }

    @Test
    void tagsAreMergedByNamespaceAndKey() {
        rest().put(
                        "volumes/tags/batch?resource_names=v",
                        "[{'namespace': 'stowage', 'key': 'a', 'value': '1'}, {'namespace': 'stowage', 'key': 'b', 'value': '2'}]");
        rest().put("volumes/tags/batch?resource_names=v", "[{'namespace': 'stowage', 'key': 'a', 'value': '3'}]");
        rest().put("volumes/tags/batch?resource_names=v", "[{'key': 'a', 'value': '4'}]");
        var tags = rest().get("volumes/tags?resource_names=v&namespaces=stowage");
        assertThat(tags).hasSize(2);
        assertThat(tags.getFirst().path("value").asString()).isEqualTo("3");
        assertThat(tags.getFirst().path("copyable").booleanValue()).isTrue();
        assertThat(tags.getFirst().path("resource").path("name").asString()).isEqualTo("v");
        assertThat(rest().one("volumes/tags").path("value").asString()).isEqualTo("4");
        rest().delete("volumes/tags?resource_names=v&namespaces=stowage&keys=a");
        assertThat(rest().one("volumes/tags?namespaces=stowage").path("key").asString())
                .isEqualTo("b");
        assertThat(rest().refused("DELETE", "volumes/tags?resource_names=v&namespaces=stowage&keys=a", ""))
                .hasSize(1);
    }

    @Test
    void copyableTagsFollowACopy() {
        rest().put(
                        "volumes/tags/batch?resource_names=v",
                        "[{'key': 'a', 'value': '1'}, {'key': 'b', 'value': '2', 'copyable': false}]");
        rest().post("volumes?names=w", "{'source': {'name': 'v'}}");
        assertThat(rest().one("volumes/tags?resource_names=w").path("key").asString())
                .isEqualTo("a");
    }

    @Test
    void snapshotsHaveTagsAndLoseThemWithTheirLife() {
        rest().post("volume-snapshots?source_names=v", "{'suffix': 's'}");
        rest().put("volume-snapshots/tags/batch?resource_names=v.s", "[{'key': 'a', 'value': '1'}]");
        assertThat(rest().one("volume-snapshots/tags").path("value").asString()).isEqualTo("1");
        rest().patch("volumes?names=v", "{'destroyed': true}");
        assertThat(rest().get("volume-snapshots/tags?resource_destroyed=false")).isEmpty();
        assertThat(rest().get("volume-snapshots/tags?resource_destroyed=true")).hasSize(1);
        rest().delete("volumes?names=v");
        assertThat(rest().get("volume-snapshots/tags")).isEmpty();
    }

    @Test
    void lengthsAndCountsAreLimited() {
        var value = "'" + "ä".repeat(256) + "'";
        rest().put("volumes/tags/batch?resource_names=v", "[{'key': 'a', 'value': " + value + "}]");
        assertThat(rest().refused(
                                "PUT",
                                "volumes/tags/batch?resource_names=v",
                                "[{'key': 'a', 'value': '" + "x".repeat(257) + "'}]"))
                .containsExactly("400 -: Invalid value for attribute value.");
        assertThat(rest().refused("PUT", "volumes/tags/batch?resource_names=v", "[]"))
                .hasSize(1);
        assertThat(rest().refused("PUT", "volumes/tags/batch?resource_names=none", "[{'key': 'a', 'value': 'b'}]"))
                .containsExactly("400 none: Volume does not exist.");
        try (var old = Rest.login(array().endpoints(), "2.1")) {
            assertThat(old.refused("GET", "volume-snapshots/tags", "")).containsExactly("404 -: Not found.");
        }
    }

    @Test
    void everythingHasTagsInItsVersion() throws Exception {
        assertThat(rest().refused("GET", "hosts/tags", "")).containsExactly("404 -: Not found.");
        restart("2.50");
        rest().post("pods?names=p", "{}");
        rest().post("hosts?names=h", "{}");
        rest().post("host-groups?names=hg", "{}");
        rest().post("volume-groups?names=vg", "{}");
        rest().post("protection-groups?names=pg", "{}");
        var array = rest().one("arrays").path("name").asString();
        for (var one : List.of(
                "pods p", "hosts h", "host-groups hg", "volume-groups vg", "protection-groups pg", "arrays " + array)) {
            var path = one.split(" ", -1)[0] + "/tags";
            var name = one.split(" ", -1)[1];
            rest().put(path + "/batch?resource_names=" + name, "[{'key': 'a', 'value': '1', 'namespace': 'n'}]");
            var tag = rest().one(path + "?namespaces=n");
            assertThat(tag.path("value").asString()).as(path).isEqualTo("1");
            assertThat(tag.path("resource").path("name").asString()).as(path).isEqualTo(name);
            assertThat(tag.path("resource").get("id").isNull()).as(path).isEqualTo(path.startsWith("host"));
            assertThat(rest().get(path)).as(path).isEmpty();
        }
        rest().delete("arrays/tags?resource_names=" + array + "&keys=a&namespaces=n");
        assertThat(rest().get("arrays/tags?namespaces=n")).isEmpty();
        rest().delete("hosts?names=h");
        rest().post("hosts?names=h", "{}");
        assertThat(rest().get("hosts/tags?namespaces=n")).isEmpty();
    }

    @Test
    void tagsComeWithTheObjectAndAreWhatAFilterLooksFor() throws Exception {
        rest().post("volumes?names=old", "{'tags': [{'key': 'a', 'value': '1'}]}");
        assertThat(rest().get("volumes/tags")).isEmpty();
        restart("2.50");
        rest().post("volumes?names=x,y", "{'tags': [{'key': 'Kind', 'value': 'log-1'}]}");
        rest().post("pods?names=p", "{'tags': [{'key': 'kind', 'value': 'pool', 'namespace': 'n'}]}");
        assertThat(rest().get("volumes/tags")).hasSize(2);
        assertThat(rest().names("volumes?filter=tags('kind','log-*')")).containsExactly("x", "y");
        assertThat(rest().names("volumes?filter=not%20tags('kind','log-1')")).containsExactly("old", "v");
        assertThat(rest().names("pods?filter=tags('kind','pool')%20and%20name%3D'p'"))
                .containsExactly("p");
        assertThat(rest().refused("GET", "pods?filter=tags('kind')", "")).hasSize(1);
        assertThat(rest().refused("POST", "volumes?names=z", "{'tags': [{'key': 'a', 'namespace': 'Pure.x'}]}"))
                .containsExactly("400 -: Invalid value for attribute namespace.");
        assertThat(rest().refused("GET", "volumes?names=z", "")).containsExactly("400 z: Volume does not exist.");
    }
}
