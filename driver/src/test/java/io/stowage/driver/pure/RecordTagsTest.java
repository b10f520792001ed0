package io.stowage.driver.pure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.driver.RecoveryRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecordTagsTest {
    @Property(tries = 200)
    void readsItsOwnWriting(
            @ForAll @StringLength(max = 60) String name,
            @ForAll @StringLength(max = 60) String description,
            @ForAll @Size(max = 5) Map<@StringLength(max = 10) String, @StringLength(max = 20) String> config,
            @ForAll boolean expires) {
        var recovery = recovery(name, description, config, expires);
        var tags = RecordTags.write(recovery);
        assertThat(tags).hasSizeLessThanOrEqualTo(30);
        tags.forEach((key, value) -> {
            assertThat(key).hasSizeBetween(1, 64);
            assertThat(value).hasSizeBetween(1, 256).isPrintable().doesNotContain(" ");
        });
        assertThat(RecordTags.read(tags)).contains(recovery);
    }

    @Test
    void leavesOutTheLeastNeededOfALongOne() {
        var config = new LinkedHashMap<String, String>();
        config.put("volatile.uuid", "6c1b16ce-1c03-4d1c-b974-33405cf8d565");
        config.put("user.long", "x".repeat(20_000));
        config.put("user.short", "y");
        var tags = RecordTags.write(recovery("v", "d", config, false));
        assertThat(tags).hasSizeLessThanOrEqualTo(30);
        assertThat(RecordTags.read(tags).orElseThrow().config()).containsOnlyKeys("volatile.uuid", "user.short");
    }

    @Test
    void piecesOfAnOlderRecordDontCount() {
        var tags = new LinkedHashMap<>(RecordTags.write(recovery("v", "d".repeat(2000), Map.of(), false)));
        var now = recovery("v", "short", Map.of(), false);
        tags.putAll(RecordTags.write(now));
        assertThat(RecordTags.read(tags)).contains(now);
    }

    @Test
    void whatIsNoWholeRecordIsNone() {
        var tags = new LinkedHashMap<>(RecordTags.write(recovery("v", "d".repeat(1000), Map.of(), false)));
        tags.remove("record-01");
        assertThat(RecordTags.read(tags)).isEmpty();
        assertThat(RecordTags.read(Map.of())).isEmpty();
        assertThat(RecordTags.read(Map.of("record", "1", "record-00", "{\"v\":2}")))
                .isEmpty();
    }

    private static RecoveryRecord recovery(
            String name, String description, Map<String, String> config, boolean expires) {
        var time = Instant.parse("2026-11-21T07:00:00.123456789Z");
        return new RecoveryRecord(
                "volume",
                "default",
                name,
                description,
                "custom",
                "block",
                time,
                expires ? Optional.of(time.plusSeconds(60)) : Optional.empty(),
                config);
    }
}
