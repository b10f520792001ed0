package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"p", "pool-1", "a.b", "_x", "Pool"})
    void takesGoodPoolNames(String name) {
        assertThatCode(() -> Names.checkPool(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".p", "-p", "a/b", "a b", "a\tb", "pöl", "a\u0000"})
    void refusesBadPoolNames(String name) {
        assertThatThrownBy(() -> Names.checkPool(name))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("Invalid pool name \"" + name + "\": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "-v", ".v", "größe", "a.b"})
    void takesGoodVolumeNames(String name) {
        assertThatCode(() -> Names.checkVolume(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a b", "a\nb", "a\u00a0b", "a\u2003b"})
    void refusesBadVolumeNames(String name) {
        assertThatThrownBy(() -> Names.checkVolume(name)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".s", "-s", "a/b", "a b", "a\u00a0b"})
    void refusesBadSnapshotNames(String name) {
        assertThatThrownBy(() -> Names.checkSnapshot(name)).isInstanceOf(InvalidValue.class);
    }

    /** A snapshot's name is that of the folder it is mounted at, too. */
    @Test
    void namesHave255Bytes() {
        assertThatCode(() -> Names.checkSnapshot("é".repeat(127) + "e")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Names.checkSnapshot("é".repeat(128)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("longer than 255 bytes");
    }
}
