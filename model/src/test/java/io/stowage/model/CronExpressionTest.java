package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int DAYS = 70;

    /** A field as sets, from which both its text and what it means follow. */
    private record Field(String text, Set<Integer> values, boolean star) {
        static Field random(Random random, int lowest, int highest) {
            var all = IntStream.rangeClosed(lowest, highest).boxed().collect(Collectors.toCollection(TreeSet::new));
            return switch (random.nextInt(4)) {
                case 0 -> new Field("*", all, true);
                case 1 -> {
                    int step = 2 + random.nextInt(highest);
                    var values = all.stream().filter(value -> (value - lowest) % step == 0);
                    yield new Field("*/" + step, values.collect(Collectors.toSet()), false);
                }
                case 2 -> {
                    int from = lowest + random.nextInt(highest - lowest + 1);
                    int to = from + random.nextInt(highest - from + 1);
                    yield new Field(from + "-" + to, all.subSet(from, true, to, true), false);
                }
                default -> {
                    var values = new TreeSet<Integer>();
                    for (int i = 0; i <= random.nextInt(4); i++) {
                        values.add(lowest + random.nextInt(highest - lowest + 1));
                    }
                    var text = values.stream().map(String::valueOf).collect(Collectors.joining(","));
                    yield new Field(text, values, false);
                }
            };
        }

        boolean has(int value) {
            return values.contains(value);
        }
    }

    /** Minute by minute. */
    private static Optional<ZonedDateTime> oracle(Field[] fields, ZonedDateTime after) {
        var time = after.withSecond(0).withNano(0);
        for (int i = 0; i < DAYS * 24 * 60; i++) {
            time = time.plusMinutes(1);
            boolean day = fields[2].has(time.getDayOfMonth());
            boolean week = fields[4].has(time.getDayOfWeek().getValue() % 7);
            boolean both = fields[2].star() || fields[4].star();
            if (fields[0].has(time.getMinute())
                    && fields[1].has(time.getHour())
                    && fields[3].has(time.getMonthValue())
                    && (both ? day && week : day || week)) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    @Property(tries = 300)
    void findsWhatASearchMinuteByMinuteFinds(@ForAll long seed) {
        var random = new Random(seed);
        var fields = new Field[] {
            Field.random(random, 0, 59),
            Field.random(random, 0, 23),
            Field.random(random, 1, 31),
            Field.random(random, 1, 12),
            Field.random(random, 0, 6)
        };
        var text = IntStream.range(0, 5).mapToObj(i -> fields[i].text()).collect(Collectors.joining(" "));
        var after = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                .plusSeconds(random.nextLong(10L * 365 * 24 * 3600));
        var found = CronExpression.parse(text).next(after);
        var expected = oracle(fields, after);
        if (expected.isPresent()) {
            assertThat(found).as("%s after %s", text, after).isEqualTo(expected);
        } else {
            assertThat(found.map(time -> time.isAfter(after.plusDays(DAYS).minusMinutes(1))))
                    .as("%s after %s", text, after)
                    .isNotEqualTo(Optional.of(false));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 29 2 *|2096-02-29T00:00:00Z|2104-02-29T00:00:00Z",
                "0 0 1 JAN ?|2026-01-01T00:00:00Z|2027-01-01T00:00:00Z",
                "5/20 * * * *|2026-01-01T00:25:59Z|2026-01-01T00:45:00Z",
                "0 12 13 * fri|2026-03-06T13:00:00Z|2026-03-13T12:00:00Z",
                "0 12 13 * fri|2026-03-13T12:00:00Z|2026-03-20T12:00:00Z"
            })
    void namesStepsAndBothDayFields(String text, ZonedDateTime after, ZonedDateTime next) {
        assertThat(CronExpression.parse(text).next(after)).contains(next);
    }

    @Test
    void aDayThatIsNotThereNeverComes() {
        assertThat(CronExpression.parse("0 0 31 2 *").next(ZonedDateTime.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    /** In Berlin clocks go from 02:00 to 03:00 on 29 March 2026. */
    @Test
    void whatIsLeftOutInSpringComesAnHourLater() {
        var nightly = CronExpression.parse("30 2 * * *");
        var first =
                nightly.next(ZonedDateTime.of(2026, 3, 28, 3, 0, 0, 0, BERLIN)).orElseThrow();
        assertThat(first.toLocalDateTime()).hasToString("2026-03-29T03:30");
        assertThat(nightly.next(first).orElseThrow().toLocalDateTime()).hasToString("2026-03-30T02:30");
    }

    /** In Berlin clocks go from 03:00 back to 02:00 on 25 October 2026. */
    @Test
    void aGivenHourComesOnceInAutumnAndEveryHourTwice() {
        var before = ZonedDateTime.of(2026, 10, 25, 0, 45, 0, 0, BERLIN);
        var nightly = CronExpression.parse("30 2 * * *");
        var first = nightly.next(before).orElseThrow();
        assertThat(first.toOffsetDateTime()).hasToString("2026-10-25T02:30+02:00");
        assertThat(nightly.next(first).orElseThrow().toLocalDateTime()).hasToString("2026-10-26T02:30");
        var hourly = CronExpression.parse("30 * * * *");
        var time = before;
        for (var expected : new String[] {"01:30+02:00", "02:30+02:00", "02:30+01:00", "03:30+01:00"}) {
            time = hourly.next(time).orElseThrow();
            assertThat(time.toOffsetDateTime()).hasToString("2026-10-25T" + expected);
        }
    }
}
