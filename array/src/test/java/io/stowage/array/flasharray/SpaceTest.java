package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of space against what was written. The store counts the array's bytes in chunks of 64 KiB. */
class SpaceTest extends ArrayTest {
    private static final String IQN = "iqn.2026-11.io.stowage:a";
    private static final int CHUNK = 65536;

    @BeforeEach
    void connect() throws Exception {
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::v", "{'provisioned': 4194304}");
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        rest().post("connections?host_names=h&volume_names=pool::v", "");
        write(0, 8 * CHUNK, 1);
    }

    private void write(long offset, int length, int fill) throws Exception {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        unit().write(offset, ByteBuffer.wrap(bytes));
    }

    private LogicalUnit unit() {
        return units().visibleTo(IQN).firstEntry().getValue();
    }

    private JsonNode space(String target) {
        return rest().one(target).path("space");
    }

    @Test
    void aVolumeWithoutSnapshotsHoldsWhatWasWritten() {
        for (var target : new String[] {"volumes", "volumes/space", "pods", "pods/space", "hosts", "hosts?names=h"}) {
            var space = space(target);
            assertThat(space.path("virtual").longValue()).as(target).isEqualTo(8 * CHUNK);
            assertThat(space.path("unique").longValue()).as(target).isEqualTo(8 * CHUNK);
            assertThat(space.path("total_physical").longValue()).as(target).isEqualTo(8 * CHUNK);
            assertThat(space.path("total_used")).as(target).isEqualTo(space.path("total_physical"));
            assertThat(space.path("snapshots").longValue()).as(target).isZero();
            assertThat(space.path("total_provisioned").longValue()).as(target).isEqualTo(4194304);
        }
        assertThat(space("volumes").path("thin_provisioning").doubleValue()).isEqualTo(1 - 8 * CHUNK / 4194304.0);
        assertThat(space("volumes").path("total_reduction").doubleValue()).isEqualTo(8.0);
        assertThat(space("volumes").get("shared").isNull()).isTrue();
        assertThat(rest().page("volumes/space?total_only=true")
                        .path("total")
                        .path(0)
                        .path("space")
                        .path("unique")
                        .longValue())
                .isEqualTo(8 * CHUNK);
    }

    @Test
    void snapshotsHoldWhatWasOverwrittenSinceThen() throws Exception {
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's'}");
        assertThat(space("volumes").path("snapshots").longValue()).isZero();
        write(0, 3 * CHUNK, 2);
        assertThat(space("volume-snapshots").path("snapshots").longValue()).isEqualTo(3 * CHUNK);
        assertThat(space("volume-snapshots").path("virtual").longValue()).isEqualTo(8 * CHUNK);
        assertThat(space("volumes").path("snapshots").longValue()).isEqualTo(3 * CHUNK);
        assertThat(space("volumes").path("unique").longValue()).isEqualTo(8 * CHUNK);
        assertThat(space("volumes").path("total_physical").longValue()).isEqualTo(11 * CHUNK);
        assertArrayAddsUp();
    }

    @Test
    void copiesShareUntilTheyAreWrittenTo() throws Exception {
        rest().post("volumes?names=pool::copy", "{'source': {'name': 'pool::v'}}");
        assertThat(space("volumes?names=pool::v").path("unique").longValue()).isZero();
        assertThat(space("volumes?names=pool::copy").path("unique").longValue()).isZero();
        assertThat(space("volumes?names=pool::copy").path("virtual").longValue())
                .isEqualTo(8 * CHUNK);
        var array = space("arrays");
        assertThat(array.path("shared").longValue()).isEqualTo(8 * CHUNK);
        assertThat(array.path("unique").longValue()).isZero();
        assertThat(array.path("virtual").longValue()).isEqualTo(16 * CHUNK);
        assertThat(array.path("data_reduction").doubleValue()).isEqualTo(2.0);
        assertThat(space("pods").path("shared").longValue()).isEqualTo(8 * CHUNK);
        write(0, 8 * CHUNK, 3);
        assertThat(space("volumes?names=pool::copy").path("unique").longValue()).isEqualTo(8 * CHUNK);
        assertArrayAddsUp();
    }

    private void assertArrayAddsUp() {
        var array = space("arrays/space");
        assertThat(array.path("total_physical").longValue())
                .isEqualTo(array.path("unique").longValue()
                        + array.path("snapshots").longValue()
                        + array.path("shared").longValue());
        assertThat(array.get("total_provisioned").isNull()).isTrue();
    }
}
