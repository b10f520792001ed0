package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPatternTest {
    private static final ZonedDateTime TIME = ZonedDateTime.parse("2026-03-04T15:06:07.089Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "snap%d;snap0",
                "{{ creation_date|date:'2006-01-02_15-04-05' }};2026-03-04_15-06-07",
                "{{creation_date | date : \"Jan-2-06\"}}-%d;Mar-4-26-0",
                "x-{{ creation_date }};x-2026-03-04T15:06:07Z",
                "{{ creation_date|date:'Monday-3:04PM' }};Wednesday-3:06PM",
                "constant;constant"
            })
    void rendersNames(String pattern, String name) {
        assertThat(SnapshotPattern.parse(pattern).name(TIME, List.of())).isEqualTo(name);
    }

    @Test
    void aTakenNameWithoutNumberGetsOne() {
        assertThat(SnapshotPattern.parse("fix").name(TIME, List.of("fix", "fix-1", "fix-3")))
                .isEqualTo("fix-2");
    }

    @Test
    void numbersGoOnAfterTheHighest() {
        var existing = List.of("snap0", "snap7", "snap07x", "other9", "snapshot");
        assertThat(SnapshotPattern.parse("snap%d").name(TIME, existing)).isEqualTo("snap8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d-%d",
                "{{ name }}",
                "{% include 'x' %}",
                "{{ creation_date|upper }}",
                "{{ creation_date|date:'2006'"
            })
    void refusesWhatItCantRender(String pattern) {
        assertThatThrownBy(() -> SnapshotPattern.parse(pattern)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> SnapshotPattern.parse("a/%d").name(TIME, List.of()))
                .isInstanceOf(InvalidValue.class);
    }
}
