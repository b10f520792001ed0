package io.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    /** The example object of RFC 8259, section 13. */
    private static final String IMAGE = """
            {"Image": {"Width": 800, "Height": 600, "Title": "View from 15th Floor",
              "Thumbnail": {"Url": "http://www.example.com/image/481989943", "Height": 125, "Width": 100},
              "Animated" : false, "IDs": [116, 943, 234, 38793]}}""";

    @Test
    void theExampleOfTheSpecificationIsRead() {
        Json image = Json.parse(IMAGE).get("Image");
        assertThat(image.get("Width").number(0)).isEqualTo(800);
        assertThat(image.get("Thumbnail").get("Url").text()).isEqualTo("http://www.example.com/image/481989943");
        assertThat(image.get("IDs").items()).hasSize(4);
        assertThat(image.get("Nothing").get("below").isNull()).isTrue();
    }

    @Test
    void escapesAreRead() {
        assertThat(Json.parse("\"\\u0041\\n\\\"\\\\\\/\\ud834\\udd1e\"").text()).isEqualTo("A\n\"\\/\ud834\udd1e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\"}", "\"", "\"\n\"", "tru", "1 2", "{\"a\":1,}", "\"\\x\"", "-"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON");
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll Map<String, List<String>> texts, @ForAll long number, @ForAll boolean flag) {
        Map<String, Object> members = new LinkedHashMap<>(texts);
        members.put("number", number);
        members.put("flag", flag);
        members.put("nothing", null);
        Json value = Json.of(members);
        assertThat(Json.parse(value.compact())).isEqualTo(value);
        assertThat(Json.parse(value.pretty())).isEqualTo(value);
    }
}
