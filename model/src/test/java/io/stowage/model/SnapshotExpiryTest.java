package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotExpiryTest {
    private static final Instant CREATED = Instant.parse("2026-01-31T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "30S, 2026-01-31T10:00:30Z",
        "1M, 2026-01-31T10:01:00Z",
        "2H, 2026-01-31T12:00:00Z",
        "3d, 2026-02-03T10:00:00Z",
        "1w, 2026-02-07T10:00:00Z",
        "1m, 2026-03-03T10:00:00Z",
        "1y, 2027-01-31T10:00:00Z",
        "1w  3d 1H, 2026-02-10T11:00:00Z"
    })
    void countsFromCreation(String text, Instant expires) {
        assertThat(SnapshotExpiry.parse(text).after(CREATED)).contains(expires);
    }

    /** What a real LXD made of it (lxd-api.md 19.3). */
    @Test
    void addsCalendarUnitsBeforeHours() {
        assertThat(SnapshotExpiry.parse("1M 2H 3d 4w 5m 6y").after(Instant.parse("2026-11-21T01:44:16Z")))
                .contains(Instant.parse("2033-05-22T03:45:16Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "0d"})
    void nothingIsNever(String text) {
        assertThat(SnapshotExpiry.parse(text).after(CREATED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "d", "1x", "1d 2d", "-1d", "1d,2w", "1 d", "9999999d"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> SnapshotExpiry.parse(text)).isInstanceOf(InvalidValue.class);
    }

    /** RFC 3339 has years of four digits: Go's clients fail at a list with a longer one. */
    @ParameterizedTest
    @ValueSource(strings = {"999999y", "999999m", "999999w", "6999y 999999d", "7001y"})
    void endsBeforeTheYear10000(String text) {
        assertThatThrownBy(() -> SnapshotExpiry.parse(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void thousandsOfYearsAreAllowed() {
        assertThat(SnapshotExpiry.parse("7000y").after(CREATED)).contains(Instant.parse("9026-01-31T10:00:00Z"));
    }
}
