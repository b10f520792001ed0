package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values follow Go's documentation of package time, section Constants. */
class GoTimeLayoutTest {
    private static final ZonedDateTime TIME = ZonedDateTime.parse("2031-07-09T04:05:06.120+02:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "2006-01-02T15:04:05Z07:00|2031-07-09T04:05:06+02:00",
                "Mon Jan _2 15:04:05 MST 2006|Wed Jul  9 04:05:06 CEST 2031",
                "Monday, 02-Jan-06 03:04:05 PM|Wednesday, 09-Jul-31 04:05:06 AM",
                "January 2 3:4:5pm|July 9 4:5:6am",
                "002/__2|190/190",
                "05.000|06.120",
                "05.999999|06.12",
                "05,000000000|06,120000000",
                "-0700 -07 -07:00 Z0700|+0200 +02 +02:00 +0200",
                "_2006|_2031",
                "Janet Month|Janet Month",
                "1-2-6|7-9-6"
            })
    void writesAsGoDoes(String layout, String text) {
        assertThat(GoTimeLayout.format(layout, TIME)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"Z07:00, Z", "-07:00, +00:00", "MST, UTC", "15.00, 15.00", "05.999, 06"})
    void inUtc(String layout, String text) {
        var time = ZonedDateTime.parse("2031-07-09T15:05:06Z");
        assertThat(GoTimeLayout.format(layout, time)).isEqualTo(text);
    }
}
