package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotScheduleTest {
    private static final UUID VOLUME = UUID.fromString("6c1b16ce-1c03-4d1c-b974-33405cf8d565");
    private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-03-04T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 * * * *|2026-03-04T12:30:00Z",
                "0,30 * * * *, @yearly|2026-03-04T12:30:00Z",
                "0 6 * * mon-fri|2026-03-05T06:00:00Z",
                "*/20 13 * * *, 5 12 * * *|2026-03-04T12:05:00Z"
            })
    void findsTheNextTime(String text, ZonedDateTime next) {
        assertThat(SnapshotSchedule.parse(text).next(NOON, VOLUME)).contains(next);
    }

    @Property(tries = 50)
    void aliasesAreSpreadButStay(@ForAll long high, @ForAll long low) {
        var volume = new UUID(high, low);
        var hourly = SnapshotSchedule.parse("@hourly");
        var first = hourly.next(NOON, volume).orElseThrow();
        assertThat(Duration.between(NOON, first)).isBetween(Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(hourly.next(first, volume)).contains(first.plusHours(1));
    }

    @Test
    void midnightIsInTheFirstHour() {
        var next = SnapshotSchedule.parse("@midnight").next(NOON, VOLUME).orElseThrow();
        assertThat(next.getHour()).isZero();
    }

    @Test
    void listsMayDoWithoutBlanksBetweenAliases() {
        assertThat(SnapshotSchedule.parse("@Daily,@weekly,0 1,2 * * *").entries())
                .containsExactly("@daily", "@weekly", "0 1,2 * * *");
    }

    @Test
    void expressionsMayBeJoinedByABareComma() {
        assertThat(SnapshotSchedule.parse("0 6 * * *,0 18 * * mon,@hourly").entries())
                .containsExactly("0 6 * * *", "0 18 * * mon", "@hourly");
        assertThatThrownBy(() -> SnapshotSchedule.parse("0 6 * * 1,2,0 18 * * *"))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void whatIsWrongIsSaidAsLxdSaysIt() {
        assertThatThrownBy(() -> SnapshotSchedule.parse("0 0 * * 7"))
                .hasMessageContaining("end of range (7) above maximum (6): 7");
        assertThatThrownBy(() -> SnapshotSchedule.parse("61 * * * *"))
                .hasMessageContaining("end of range (61) above maximum (59): 61");
        assertThatThrownBy(() -> SnapshotSchedule.parse("daily"))
                .hasMessageContaining(
                        "Schedule must be of the form: <minute> <hour> <day-of-month> <month> <day-of-week>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void offIsNever(String text) {
        assertThat(SnapshotSchedule.parse(text).next(NOON, VOLUME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "daily",
                "@startup",
                "@never",
                "* * * *",
                "* * * * * *",
                "61 * * * *",
                "* * * * 7",
                "*/0 * * * *",
                "5-1 * * * *",
                "@daily,",
                ", @daily",
                "0 0 1 1 1; x"
            })
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> SnapshotSchedule.parse(text)).isInstanceOf(InvalidValue.class);
    }
}
