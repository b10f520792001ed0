package io.stowage.array.wsapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The query language: section 11 of the WSAPI's reference. */
class MemberQueryTest {
    private static final Set<String> FIELDS = Set.of("name", "id", "copyOf", "FCPaths", "iSCSIPaths", "setmembers");
    private static final JsonNode MEMBER = Json.tree("""
            {"name": "c-1.a:b", "id": 7, "copyOf": "p", "setmembers": ["x", "y"],
             "FCPaths": [{"wwn": "10000000C9000001"}], "iSCSIPaths": [{"name": "iqn.a"}, {"name": "iqn.b"}]}
            """.getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "name==c-1.a:b"                                         | true
            name == c-1.a:b                                         | true
            "name EQ c-1.a:b"                                       | true
            "name EQ other"                                         | false
            "name NE other"                                         | true
            "name LIKE c-*"                                         | true
            "id EQ 7"                                               | true
            "id==70"                                                | false
            "copyOf==p AND id==8"                                   | false
            "copyOf==q OR id==7"                                    | true
            "copyOf==q OR copyOf==p AND id==7"                      | true
            "copyOf==p OR copyOf==q AND id==8"                      | true
            "setmembers==y"                                         | true
            "setmembers EQ z"                                       | false
            "FCPaths[wwn==10000000c9000001]"                        | true
            "FCPaths[wwn==20000000C9000001] OR iSCSIPaths[name==iqn.b]" | true
            "iSCSIPaths[name==iqn.c]"                               | false
            "iSCSIPaths[name EQ iqn.a OR name EQ iqn.c]"            | true
            """)
    void queriesAreUnderstood(String query, boolean matches) {
        assertThat(MemberQuery.parse(query, FIELDS).matches(MEMBER)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "name",
                "name==",
                "name = a",
                "== a",
                "name==a OR",
                "name==a b",
                "colour==red",
                "FCPaths[wwn==1",
                "FCPaths wwn==1]",
                "FCPaths[]",
                "name==\"a\"b\"",
                "nameEQa",
                "FCPaths[a[b[c[d[e==1]]]]]"
            })
    void whatIsNoQueryIsRefused(String query) {
        assertThatThrownBy(() -> MemberQuery.parse(query, FIELDS)).isInstanceOf(BadQuery.class);
    }

    /** Any name that an object may have finds this object and no other. */
    @Property(tries = 300)
    void everyNameFindsItsObject(
            @ForAll
                    @StringLength(min = 1, max = 55)
                    @CharRange(from = 'a', to = 'z')
                    @CharRange(from = '0', to = '9')
                    @Chars({'.', '_'})
                    String name) {
        var query = MemberQuery.parse("\"name==" + name + "\"", FIELDS);
        assertThat(query.matches(Json.object().put("name", name))).isTrue();
        assertThat(query.matches(Json.object().put("name", name + "x"))).isFalse();
        assertThat(query.matches(Json.object())).isFalse();
    }

    /** Whatever is sent is a query or is refused, and nothing else happens. */
    @Property(tries = 1000)
    void anythingElseIsRefused(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({'n', 'a', 'm', 'e', '=', 'E', 'Q', ' ', '[', ']', '"', 'O', 'R', '*', '\n', '\u0000', 'é'})
                    String text) {
        try {
            MemberQuery.parse(text, FIELDS).matches(MEMBER);
        } catch (BadQuery refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
