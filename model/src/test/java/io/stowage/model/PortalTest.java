package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, 3260",
        "10.0.0.1:3261, 10.0.0.1, 3261",
        "fd00::1, fd00::1, 3260",
        "[fd00::1], fd00::1, 3260",
        "[fd00::1]:99, fd00::1, 99"
    })
    void readsAddressAndPort(String text, String address, int port) {
        assertThat(Portal.parse(text, 3260)).isEqualTo(new Portal(address, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.1:",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "[10.0.0.1",
                "http://10.0.0.1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> Portal.parse(text, 3260)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void readsLists() {
        assertThat(Portal.parseList("10.0.0.1, [fd00::1]:99", _ -> 3260))
                .containsExactly(new Portal("10.0.0.1", 3260), new Portal("fd00::1", 99));
        assertThat(Portal.parseList("", _ -> 3260)).isEmpty();
        assertThatThrownBy(() -> Portal.parseList("10.0.0.1,,10.0.0.2", _ -> 3260))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void writesIpv6InBrackets() {
        assertThat(new Portal("fd00::1", 99)).hasToString("[fd00::1]:99");
        assertThat(new Portal("10.0.0.1", 99)).hasToString("10.0.0.1:99");
    }
}
