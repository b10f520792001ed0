package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Figures of what is read and written, for loads that the test makes up. */
class PerformanceTest extends ArrayTest {
    private static final String IQN = "iqn.2026-11.io.stowage:a";

    @BeforeEach
    void connect() {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::v,w", "{'provisioned': 2097152}");
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        rest().post("connections?host_names=h&volume_names=pool::v,w", "");
        assertThat(rest().one("arrays/performance").path("reads_per_sec").longValue())
                .isZero();
        time.pass(Duration.ofSeconds(1)); // from here on nothing is older than what the test does
        rest().get("arrays/performance");
    }

    private LogicalUnit unit(int number) {
        return List.copyOf(units().visibleTo(IQN).values()).get(number);
    }

    private Meter meter(String initiator) {
        var portal =
                array().endpoints().flasharray().iscsi().portals().getFirst().split(":", -1);
        return units().meters()
                .open(initiator, new InetSocketAddress(InetAddress.ofLiteral(portal[0]), Integer.parseInt(portal[1])));
    }

    @Test
    void ratesAndTimesAreThoseOfTheLastInterval() {
        try (var meter = meter(IQN.toUpperCase())) {
            for (int i = 0; i < 300; i++) {
                meter.read(unit(0), 4096, 200_000);
            }
            for (int i = 0; i < 30; i++) {
                meter.wrote(unit(1), 65536, 1_000_000);
            }
        }
        time.pass(Duration.ofSeconds(10));
        var read = rest().one("volumes/performance?names=pool::v");
        assertThat(read.path("id"))
                .isEqualTo(rest().one("volumes?names=pool::v").path("id"));
        assertThat(read.path("time").longValue()).isEqualTo(time.millis());
        assertThat(read.path("reads_per_sec").longValue()).isEqualTo(30);
        assertThat(read.path("read_bytes_per_sec").longValue()).isEqualTo(122_880);
        assertThat(read.path("bytes_per_read").longValue()).isEqualTo(4096);
        assertThat(read.path("usec_per_read_op").longValue()).isEqualTo(200);
        assertThat(read.path("writes_per_sec").longValue()).isZero();
        assertThat(read.path("usec_per_write_op").longValue()).isZero();
        assertThat(writes(rest().one("volumes/performance?filter=name%3D%27w%27")))
                .isEqualTo("3 196608 1000");
        assertThat(writes(rest().one("hosts/performance"))).isEqualTo("3 196608 1000");
        assertThat(writes(rest().one("arrays/performance"))).isEqualTo("3 196608 1000");
        assertThat(rest().one("arrays/performance").path("bytes_per_op").longValue())
                .isEqualTo((300 * 4096 + 30 * 65536) / 330);
        assertThat(writes(rest().one("pods/performance"))).isEqualTo("0 0 0");
        assertThat(rest().one("pods/performance").path("reads_per_sec").longValue())
                .isEqualTo(30);
        var total = rest().page("volumes/performance?total_only=true").path("total");
        assertThat(total.path(0).path("reads_per_sec").longValue()).isEqualTo(30);
        assertThat(total.path(0).path("writes_per_sec").longValue()).isEqualTo(3);
        time.pass(Duration.ofSeconds(10));
        assertThat(rest().one("volumes/performance?names=pool::v")
                        .path("reads_per_sec")
                        .longValue())
                .isZero();
    }

    @Test
    void theHistoryIsKeptAtTheResolutionThatIsAskedFor() {
        var begin = time.millis();
        try (var meter = meter(IQN)) {
            for (int step = 1; step <= 4; step++) {
                for (int i = 0; i < 30 * step; i++) {
                    meter.read(unit(0), 512, 1000);
                }
                time.pass(Duration.ofSeconds(30));
                rest().get("arrays/performance"); // ends the interval
            }
        }
        var history = "start_time=" + begin + "&end_time=" + time.millis();
        var samples = rest().get("volumes/performance?names=pool::v&resolution=30000&" + history);
        assertThat(samples)
                .extracting(sample -> sample.path("reads_per_sec").longValue())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(samples)
                .extracting(sample -> sample.path("time").longValue() - begin)
                .containsExactly(30_000L, 60_000L, 90_000L, 120_000L);
        var first = rest().page("volumes/performance?names=pool::v&resolution=30000&limit=3&" + history);
        var rest = rest().page("volumes/performance?names=pool::v&resolution=30000&limit=3&" + history
                + "&continuation_token=" + first.path("continuation_token").asString());
        assertThat(rest.path("items").size()).isEqualTo(1);
        assertThat(rest.path("items").path(0).path("reads_per_sec").longValue()).isEqualTo(4);
        assertThat(rest().get("arrays/performance?resolution=86400000&" + history).stream()
                        .mapToLong(sample -> sample.path("reads_per_sec").longValue())
                        .sum())
                .isBetween(2L, 5L); // one sample, or two when the day changed meanwhile
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        for (var bad : List.of("resolution=1", "resolution=1000", "start_time=x", "start_time=5&end_time=4")) {
            assertThat(rest().refused("GET", "volumes/performance?" + bad, ""))
                    .as(bad)
                    .hasSize(1);
        }
        assertThat(rest().get("arrays/performance?resolution=1000")).hasSizeLessThan(2);
        assertThat(rest().refused("GET", "volumes/performance?names=none", ""))
                .containsExactly("400 none: Volume does not exist.");
    }

    private static String writes(JsonNode item) {
        return item.path("writes_per_sec") + " " + item.path("write_bytes_per_sec") + " "
                + item.path("usec_per_write_op");
    }
}
