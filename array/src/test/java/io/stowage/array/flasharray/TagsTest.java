package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

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
}
