package io.stowage.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.flasharray.Rest;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The metadata of a running array changes under it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class DamagedWhileRunningTest {
    private static final String HOST = "iqn.2026-11.io.stowage:h";

    @TempDir
    @Nullable
    Path folder;

    private Path state() {
        return Objects.requireNonNull(folder).resolve("state");
    }

    private static LogicalUnit unit(ArrayInABox array, int lun) {
        return Objects.requireNonNull(array.units().visibleTo(HOST).get(lun));
    }

    @Test
    void whatCannotBeFoundIsAMediumErrorAndNeverOtherData() throws Exception {
        try (var array = ArrayInABox.start(ArrayOptions.loopback(state()));
                var rest = Rest.login(array.endpoints(), "2.26")) {
            rest.post("volumes?names=v,empty", "{'provisioned': 1073741824}");
            rest.post("hosts?names=h", "{'iqns': ['" + HOST + "']}");
            rest.post("connections?host_names=h&volume_names=v", "{'lun': 1}");
            rest.post("connections?host_names=h&volume_names=empty", "{'lun': 2}");
            unit(array, 1).write(0, ByteBuffer.allocate(65536));
            unit(array, 1).write(900 << 20, ByteBuffer.allocate(65536));
            unit(array, 1).flush();
        }
        try (var array = ArrayInABox.start(ArrayOptions.loopback(state()));
                var rest = Rest.login(array.endpoints(), "2.26")) {
            Damage.trees(state());
            var unit = unit(array, 1);
            assertThatThrownBy(() -> unit.read(0, ByteBuffer.allocate(512)))
                    .isInstanceOf(LogicalUnit.Damaged.class)
                    .hasMessageMatching("The store is damaged: metadata page \\d+ is damaged: expected checksum .*")
                    .satisfies(e -> assertThat(DeviceServer.senseOf((IOException) e))
                            .isEqualTo(new Sense(Sense.MEDIUM_ERROR, 0x1100)));
            assertThatThrownBy(() -> unit.write(0, ByteBuffer.allocate(512))).isInstanceOf(LogicalUnit.Damaged.class);
            assertThatThrownBy(() -> unit.allocated(0, 1 << 30, 10)).isInstanceOf(LogicalUnit.Damaged.class);

            // Nothing else suffers: other volumes, the API, new snapshots and what is written elsewhere.
            unit(array, 2).write(0, ByteBuffer.allocate(65536));
            unit(array, 2).flush();
            rest.post("volume-snapshots?source_names=v", "{'suffix': 's'}");
            assertThat(rest.names("volumes")).containsExactlyInAnyOrder("v", "empty");
        }
        assertThat(StateCheck.run(java.util.List.of(state().toString())))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding).contains("damaged").doesNotContain("empty"));
    }
}
