package io.stowage.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Thing(
            String name, long size, boolean full, @Nullable Map<String, String> config) {}

    @Test
    void recordsAreWrittenInTheOrderOfTheirComponents() {
        assertThat(Json.text(new Thing("a", 1L << 62, true, Map.of("k", "v"))))
                .isEqualTo("{\"name\":\"a\",\"size\":4611686018427387904,\"full\":true,\"config\":{\"k\":\"v\"}}");
    }

    @Test
    void unknownFieldsAreIgnoredAndMissingOnesAreZero() {
        var thing = Json.read(bytes("{\"name\":\"a\",\"more\":[1],\"full\":null}"), Thing.class);
        assertThat(thing).isEqualTo(new Thing("a", 0, false, null));
    }

    @Test
    void whatIsNoJsonIsOneSentence() {
        assertThatThrownBy(() -> Json.tree(bytes("garbage")))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("garbage")
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> Json.read(bytes("null"), Thing.class)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.read(bytes(""), Thing.class)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.read(bytes("{} {}"), Thing.class)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> Json.tree(bytes("[".repeat(1000)))).isInstanceOf(MalformedJson.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
