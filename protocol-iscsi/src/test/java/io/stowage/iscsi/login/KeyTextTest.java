package io.stowage.iscsi.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyTextTest {

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("pairs") List<KeyValue> pairs) {
        assertThat(KeyText.parse(KeyText.encode(pairs))).isEqualTo(pairs);
    }

    /** A stranger's bytes are either pairs or refused, never another exception. */
    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        try {
            assertThat(KeyText.parse(ByteBuffer.wrap(bytes)))
                    .allMatch(pair -> !pair.key().isEmpty());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("=\0");
        }
    }

    @Example
    void limitsHold() {
        assertThatThrownBy(() -> KeyText.parse(ByteBuffer.allocate(KeyText.MAX_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyText.parse(KeyText.encode(List.of(new KeyValue("k".repeat(64), "v")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyText.parse(KeyText.encode(List.of(new KeyValue("CHAP_C", "s".repeat(8193))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("ssss");
    }

    @Example
    void addressesAreReadInAllForms() {
        assertThat(PortalAddress.parse("10.0.0.1:3261,2")).isEqualTo(new PortalAddress("10.0.0.1", 3261, 2));
        assertThat(PortalAddress.parse("10.0.0.1")).isEqualTo(new PortalAddress("10.0.0.1", 3260, 1));
        assertThat(PortalAddress.parse("[fd00::1]:3260,7")).isEqualTo(new PortalAddress("fd00::1", 3260, 7));
        assertThat(PortalAddress.parse("[fd00::1]")).isEqualTo(new PortalAddress("fd00::1", 3260, 1));
        assertThat(new PortalAddress("fd00::1", 3260, 7)).hasToString("[fd00::1]:3260,7");
        for (String bad : List.of("", ":3260", "a:x", "a:99999", "a:1,", "a:1,-1")) {
            assertThatThrownBy(() -> PortalAddress.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Example
    void targetsAreReadAsTheyAreWritten() {
        SendTargets targets = new SendTargets(List.of(
                new SendTargets.Entry("iqn.a", List.of(new PortalAddress("10.0.0.1", 3260, 1))),
                new SendTargets.Entry("iqn.b", List.of())));
        assertThat(SendTargets.of(targets.pairs())).isEqualTo(targets);
    }

    @Provide
    Arbitrary<List<KeyValue>> pairs() {
        Arbitrary<String> keys = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('-', '.')
                .ofMinLength(1)
                .ofMaxLength(63);
        Arbitrary<String> values = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(255);
        return Combinators.combine(keys, values).as(KeyValue::new).list().ofMaxSize(20);
    }
}
