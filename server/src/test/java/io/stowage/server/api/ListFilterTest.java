package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFilterTest {
    private static final String VOLUME = """
            {"name":"Web01","description":"two words","type":"custom","restricted":true,"count":7,
             "config":{"size":"10GiB","user.foo":"bar"},"used_by":[]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name eq web01",
                "name eq web..",
                "name eq ^w",
                "name ne web",
                "not name eq web",
                "NOT name ne web01",
                "description eq 'two words'",
                "description eq \"two words\"",
                "config.size eq 10GiB",
                "config.user.foo eq ba[rz]",
                "restricted eq TRUE",
                "count eq 7",
                "snapshot eq false",
                "name eq x or name eq web01",
                "name eq web01 and not count eq 8",
                "name eq x and name eq y or type eq custom",
                "nothing ne x",
                "name ne [",
            })
    void fits(String filter) {
        assertThat(accepts(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name eq web",
                "name eq eb01",
                "nothing eq x",
                "name like web01",
                "used_by eq x",
                "config eq x",
                "type eq custom or name eq x and name eq y",
                "name eq [",
            })
    void doesNotFit(String filter) {
        assertThat(accepts(filter)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "name,clause has no operator",
        "name eq,clause has no value",
        "not,incomplete not clause",
        "name eq 'x,unterminated quote",
        "name eq x y eq z,invalid clause composition",
        "name eq x and,unterminated compound clause",
    })
    void isRefused(String filter, String why) {
        assertThatThrownBy(() -> ListFilter.parse(filter)).hasMessage("Invalid filter: " + why);
    }

    @Test
    void anExpressionThatGoesBackAndForthIsStopped() {
        var filter = ListFilter.parse("name eq (a*)*(a*)*(a*)*b");
        var volume = Json.tree("{\"name\":\"%s\"}".formatted("a".repeat(200)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> filter.accepts(volume)).hasMessageContaining("takes too long");
    }

    private static boolean accepts(String filter) {
        return ListFilter.parse(filter).accepts(Json.tree(VOLUME.getBytes(StandardCharsets.UTF_8)));
    }
}
