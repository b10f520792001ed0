package io.stowage.array.flasharray.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FilterTest {
    private static final JsonNode ITEM = json("""
            {"name": "pool::Vol-1", "destroyed": false, "provisioned": 1048576, "time_remaining": null,
             "pod": {"name": "pool", "id": null}, "iqns": ["iqn.A", "iqn.b"], "wwns": [], "is_local": true,
             "quote": "it's", "ratio": 1.5, "arrays": [{"name": "x"}, {"name": "y"}]}
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name='POOL::vol-1'",
                "name=\"pool::vol-1\"",
                "name='pool::*'",
                "name='*-1' and not destroyed",
                "destroyed='false'",
                "destroyed=false",
                "provisioned=1048576",
                "provisioned>='1048576'",
                "provisioned<1048577 and provisioned>1048575",
                "pod.name='pool'",
                "is_local",
                "not time_remaining",
                "not pod.id",
                "not wwns",
                "iqns='iqn.a'",
                "iqns[any]='iqn.B'",
                "iqns[all]='iqn.*'",
                "not iqns[all]='iqn.a'",
                "arrays.name='y'",
                "name=('a','pool::vol-1')",
                "pod.name!='other'",
                "time_remaining!='1'",
                "quote='it\\'s'",
                "contains(name, 'vol')",
                "not (destroyed or provisioned<1)",
                "destroyed or is_local and name='pool*'",
                "ratio=1.50",
                "AND_is_no_keyword='x' or is_local",
                " is_local ",
            })
    void holds(String expression) {
        assertThat(Filter.parse(expression).matches(ITEM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name='pool'",
                "name='pool'' or is_local",
                "time_remaining",
                "nothing",
                "nothing='x'",
                "wwns='*'",
                "not is_local",
                "name=('a','b')",
                "is_local and destroyed or destroyed",
                "contains(name, 'Vol-2')",
                "contains(iqns, 'c')",
            })
    void doesNotHoldOrIsRefused(String expression) {
        try {
            assertThat(Filter.parse(expression).matches(ITEM)).isFalse();
        } catch (InvalidFilter e) {
            assertThat(e.sentence()).startsWith("Invalid filter: ").endsWith(".");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name=",
                "name='a",
                "=1",
                "name='a' and",
                "(name='a'",
                "name='a')",
                "name=a",
                "name<('a')",
                "not",
                "name='a' name='b'",
                "iqns[some]='a'",
                "name=()",
                "contains(name)",
                "a..b",
                "1=1",
                "name=%",
                "!",
                "a!",
                "name='a\\"
            })
    void whatBreaksTheGrammarIsRefusedWithASentence(String expression) {
        assertThatThrownBy(() -> Filter.parse(expression))
                .isInstanceOf(InvalidFilter.class)
                .hasMessageStartingWith("Invalid filter: ")
                .hasMessageEndingWith(".");
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThatThrownBy(() -> Filter.parse("(".repeat(10_000))).isInstanceOf(InvalidFilter.class);
        assertThatThrownBy(() -> Filter.parse("not ".repeat(10_000) + "a")).isInstanceOf(InvalidFilter.class);
        assertThatThrownBy(() -> Filter.parse("a".repeat(100_000))).isInstanceOf(InvalidFilter.class);
    }

    /** Whatever comes in is either a filter or refused; nothing else happens. */
    @Property(tries = 500)
    void anyTextIsAFilterOrRefused(@ForAll("pieces") List<String> pieces) {
        try {
            Filter.parse(String.join("", pieces)).matches(ITEM);
        } catch (InvalidFilter e) {
            assertThat(e.sentence()).endsWith(".");
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "name",
                        "not",
                        " ",
                        "and",
                        "or",
                        "(",
                        ")",
                        "=",
                        "!=",
                        "<",
                        ">",
                        "'",
                        "\"",
                        "\\",
                        ",",
                        "*",
                        "pod.name",
                        "[all]",
                        "[any]",
                        "contains",
                        "1",
                        "true",
                        ".",
                        "-",
                        "ä",
                        "%",
                        "'a'")
                .list()
                .ofMaxSize(20);
    }

    /** A quoted text finds exactly itself, with escapes for quotes and backslashes. */
    @Property(tries = 500)
    void aQuotedTextMatchesItself(@ForAll("texts") String text, @ForAll("texts") String other) {
        var quoted = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        var filter = Filter.parse("name=" + quoted);
        assertThat(filter.matches(Json.object().put("name", text))).isTrue();
        assertThat(filter.matches(Json.object().put("name", other))).isEqualTo(text.equalsIgnoreCase(other));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aAbB'\\\" :.-").ofMaxLength(6);
    }

    /** The wildcard against the regular expression that it stands for. */
    @Property(tries = 1000)
    void aWildcardIsAnyRunOfCharacters(@ForAll("globs") String glob, @ForAll("subjects") String subject) {
        var expected = Pattern.matches(
                String.join(
                        ".*",
                        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).toList()),
                subject);
        var item = Json.object().put("name", subject);
        assertThat(Filter.parse("name='" + glob + "'").matches(item)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab*").ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(8);
    }

    /** and, or, not and parentheses against the same expression in Java. */
    @Property(tries = 500)
    void logicIsThatOfTruthTables(@ForAll("terms") Term term, @ForAll boolean a, @ForAll boolean b, @ForAll boolean c) {
        var item = Json.object().put("a", a).put("b", b).put("c", c);
        assertThat(Filter.parse(term.text()).matches(item)).as(term.text()).isEqualTo(term.holds(a, b, c));
    }

    sealed interface Term {
        String text();

        boolean holds(boolean a, boolean b, boolean c);
    }

    record Field(String text) implements Term {
        @Override
        public boolean holds(boolean a, boolean b, boolean c) {
            return text.equals("a") ? a : text.equals("b") ? b : c;
        }
    }

    record Not(Term term) implements Term {
        @Override
        public String text() {
            return "not(" + term.text() + ")";
        }

        @Override
        public boolean holds(boolean a, boolean b, boolean c) {
            return !term.holds(a, b, c);
        }
    }

    record Both(Term left, Term right) implements Term {
        @Override
        public String text() {
            return "(" + left.text() + ") and (" + right.text() + ")";
        }

        @Override
        public boolean holds(boolean a, boolean b, boolean c) {
            return left.holds(a, b, c) && right.holds(a, b, c);
        }
    }

    /** "or" binds weaker than "and", so its left side needs no parentheses. */
    record Either(Term left, Term right) implements Term {
        @Override
        public String text() {
            return left.text() + " or " + right.text();
        }

        @Override
        public boolean holds(boolean a, boolean b, boolean c) {
            return left.holds(a, b, c) || right.holds(a, b, c);
        }
    }

    @Provide
    Arbitrary<Term> terms() {
        Arbitrary<Term> fields = Arbitraries.of("a", "b", "c").map(Field::new);
        return Arbitraries.recursive(
                () -> fields,
                terms -> Arbitraries.oneOf(
                        terms.map(Not::new),
                        Combinators.combine(terms, fields).as(Both::new),
                        Combinators.combine(fields, terms).as(Either::new)),
                0,
                5);
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }
}
