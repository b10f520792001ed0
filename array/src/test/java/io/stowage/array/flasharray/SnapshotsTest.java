package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest extends ArrayTest {
    private static final String IQN = "iqn.2026-11.io.stowage:a";

    @BeforeEach
    void makeVolume() {
        rest().post("volumes?names=v", "{'provisioned': 2097152}");
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        rest().post("connections?host_names=h&volume_names=v", "{'lun': 1}");
    }

    private LogicalUnit unit(int lun) {
        return Objects.requireNonNull(units().visibleTo(IQN).get(lun));
    }

    private void write(long offset, int value) throws Exception {
        var bytes = ByteBuffer.allocate(4096);
        Arrays.fill(bytes.array(), (byte) value);
        unit(1).write(offset, bytes);
    }

    private int read(int lun, long offset) throws Exception {
        var bytes = ByteBuffer.allocate(4096);
        unit(lun).read(offset, bytes);
        return bytes.get(0);
    }

    @Test
    void truncatingKeepsWhatIsCutOffAsADestroyedSnapshot() throws Exception {
        write(1 << 20, 7);
        rest().patch("volumes?names=v&truncate=true", "{'provisioned': 1048576}");
        rest().patch("volumes?names=v", "{'provisioned': 2097152}");
        assertThat(read(1, 1 << 20)).isZero();
        var undo = rest().one("volume-snapshots");
        assertThat(undo.path("source").path("name").asString()).isEqualTo("v");
        assertThat(undo.path("provisioned").longValue()).isEqualTo(2097152);
        assertThat(undo.path("destroyed").booleanValue()).isTrue();
        assertThat(undo.path("time_remaining").longValue()).isEqualTo(86_400_000);
        var name = undo.path("name").asString();
        rest().patch("volume-snapshots?names=" + name, "{'destroyed': false}");
        rest().post("volumes?names=undone", "{'source': {'name': '" + name + "'}}");
        rest().post("connections?host_names=h&volume_names=undone", "{'lun': 2}");
        assertThat(read(2, 1 << 20)).isEqualTo(7);
    }

    @Test
    void overwritingKeepsWhatWasThereAsADestroyedSnapshot() throws Exception {
        write(0, 1);
        rest().post("volume-snapshots?source_names=v", "{'suffix': 's'}");
        write(0, 2);
        rest().post("volumes?names=v&overwrite=true", "{'source': {'name': 'v.s'}}");
        assertThat(read(1, 0)).isEqualTo(1);
        var undo = rest().one("volume-snapshots?destroyed=true");
        rest().patch("volume-snapshots?names=" + undo.path("name").asString(), "{'destroyed': false}");
        rest().post(
                        "volumes?names=v&overwrite=true",
                        "{'source': {'id': '" + undo.path("id").asString() + "'}}");
        assertThat(read(1, 0)).isEqualTo(2);
        time.pass(Duration.ofDays(1));
        try (var again = Rest.login(array().endpoints(), "2.26")) {
            assertThat(again.names("volume-snapshots"))
                    .containsExactlyInAnyOrder("v.s", undo.path("name").asString());
        }
    }

    @Test
    void aNewVolumeAndOneThatGrowsLeaveNoUndo() {
        rest().post("volumes?names=w&overwrite=true", "{'source': {'name': 'v'}}");
        rest().patch("volumes?names=w&truncate=true", "{'provisioned': 4194304}");
        assertThat(rest().get("volume-snapshots")).isEmpty();
    }

    @Test
    void aNumberIsNeverUsedAgain() {
        rest().post("volume-snapshots?source_names=v", "");
        rest().post("volume-snapshots?source_names=v", "");
        rest().patch("volume-snapshots?names=v.2", "{'destroyed': true}");
        rest().delete("volume-snapshots?names=v.2");
        assertThat(rest().post("volume-snapshots?source_names=v", "")
                        .getFirst()
                        .path("suffix")
                        .asString())
                .isEqualTo("3");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=v", "{'suffix': '9'}")
                        .getFirst())
                .startsWith("400 9: Volume snapshot suffix name must be");
    }

    @Test
    void severalVolumesGetTheSameSuffixOrNoneDoes() {
        rest().post("volumes?names=w,x", "{}");
        assertThat(rest().post("volume-snapshots?source_names=v,w", "{'suffix': 's'}"))
                .extracting(item -> item.path("name").asString())
                .containsExactly("v.s", "w.s");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=x,w", "{'suffix': 'S'}"))
                .containsExactly("400 w.S: Volume snapshot already exists.");
        assertThat(rest().names("volume-snapshots")).containsExactly("v.s", "w.s");
        var id = rest().one("volumes?names=x").path("id").asString();
        rest().post("volume-snapshots?source_ids=" + id, "{'suffix': 's', 'destroyed': true}");
        assertThat(rest().one("volume-snapshots?source_names=x")
                        .path("destroyed")
                        .booleanValue())
                .isTrue();
        assertThat(rest().refused("POST", "volume-snapshots", "{}"))
                .containsExactly("400 -: Names or ids must be specified.");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=v&on=other", "{}"))
                .containsExactly("400 other: Target does not exist.");
        assertThat(rest().get("volume-snapshots/transfer")).isEmpty();
        assertThat(rest().refused("GET", "volume-snapshots/transfer?names=v.none", ""))
                .containsExactly("400 v.none: No such volume or snapshot.");
    }

    @Test
    void aSnapshotIsRenamedByItsSuffixAlone() {
        rest().post("volume-snapshots?source_names=v", "{'suffix': 's'}");
        rest().post("volume-snapshots?source_names=v", "{'suffix': 't'}");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=v.s", "{'name': 'v.u'}")
                        .getFirst())
                .startsWith("400 v.u: Volume snapshot suffix name must be");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=v.s", "{'name': 'T'}"))
                .containsExactly("400 v.T: Volume snapshot already exists.");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=v.s", "{'name': 'u', 'destroyed': true}"))
                .containsExactly("400 -: Invalid combination of parameters specified.");
        rest().patch("volume-snapshots?names=v.s", "{'name': 'S'}");
        assertThat(rest().names("volume-snapshots")).containsExactly("v.S", "v.t");
        rest().patch("volumes?names=v", "{'name': 'renamed'}");
        assertThat(rest().names("volume-snapshots")).containsExactly("renamed.S", "renamed.t");
    }

    @Test
    void whatIsDestroyedIsNoSource() {
        rest().post("volume-snapshots?source_names=v", "{'suffix': 's'}");
        assertThat(rest().refused("DELETE", "volume-snapshots?names=v.s", ""))
                .containsExactly("400 v.s: Volume snapshot must be destroyed before it can be eradicated.");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=v.s", "{'destroyed': false}"))
                .containsExactly("400 v.s: Volume snapshot is not destroyed.");
        rest().delete("connections?host_names=h&volume_names=v");
        rest().patch("volumes?names=v", "{'destroyed': true}");
        assertThat(rest().refused("POST", "volumes?names=w", "{'source': {'name': 'v'}}"))
                .containsExactly("400 v: Volume has been destroyed.");
        assertThat(rest().refused("POST", "volumes?names=w", "{'source': {'name': 'v.s'}}")
                        .getFirst())
                .startsWith("400 v.s: Volume snapshot has been destroyed.");
        assertThat(rest().refused("PATCH", "volume-snapshots?names=v.s", "{'destroyed': false}"))
                .containsExactly("400 v.s: Volume has been destroyed.");
        assertThat(rest().refused("POST", "volume-snapshots?source_names=v", "{}"))
                .containsExactly("400 v: Volume has been destroyed.");
    }

    /** Pods are only folders as long as they aren't stretched: content goes from any to any, in a new volume or over one. */
    @Test
    void contentGoesFromPodToPod() throws Exception {
        rest().post("pods?names=one,two", "{}");
        write(0, 1);
        rest().post("volumes?names=one::v", "{'source': {'name': 'v'}}");
        rest().post("volume-snapshots?source_names=one::v", "{'suffix': 's'}");
        write(0, 2);
        rest().post("volumes?names=two::new", "{'source': {'name': 'one::v'}}");
        rest().post("volumes?names=two::old", "{'source': {'name': 'one::v.s'}}");
        rest().post("volumes?names=one::v&overwrite=true", "{'source': {'name': 'v'}}");
        rest().post("volumes?names=two::new&overwrite=true", "{'source': {'name': 'one::v'}}");
        rest().post("connections?host_names=h&volume_names=two::new", "{'lun': 2}");
        rest().post("connections?host_names=h&volume_names=two::old", "{'lun': 3}");
        assertThat(read(2, 0)).isEqualTo(2);
        assertThat(read(3, 0)).isEqualTo(1);
        assertThat(rest().one("volumes?names=two::old")
                        .path("source")
                        .path("name")
                        .asString())
                .isEqualTo("one::v");
        assertThat(rest().get("volumes/diff?names=two::old&base=one::v.s")).isEmpty();
        assertThat(rest().get("volumes/diff?names=two::old&base=two::new&block_size=4096")
                        .toString())
                .isEqualTo("[{\"offset\":0,\"length\":4096}]");
    }

    /** More than one answer takes: the rest is asked for from the end of the last one on. */
    @Test
    void manyDifferencesAreToldInSeveralAnswers() throws Exception {
        rest().post("volumes?names=large", "{'provisioned': 1073741824}");
        rest().post("connections?host_names=h&volume_names=large", "{'lun': 2}");
        rest().post("volume-snapshots?source_names=large", "{'suffix': 's'}");
        var block = ByteBuffer.allocate(4096);
        for (long at = 0; at < 10_001; at++) {
            unit(2).write(at * 65_536, block.clear());
        }
        var told = rest().get("volumes/diff?names=large&base=large.s&block_size=4096");
        assertThat(told).hasSize(10_000);
        var last = told.getLast();
        assertThat(last.path("offset").longValue()).isEqualTo(9_999L * 65_536);
        var end = last.path("offset").longValue() + last.path("length").longValue();
        assertThat(rest().get("volumes/diff?names=large&base=large.s&block_size=4096&offset=" + end)
                        .toString())
                .isEqualTo("[{\"offset\":655360000,\"length\":4096}]");
    }

    @Test
    void differencesAreToldInBlocks() throws Exception {
        write(0, 1);
        rest().post("volume-snapshots?source_names=v", "{'suffix': 's'}");
        assertThat(rest().get("volumes/diff?names=v&base=v.s")).isEmpty();
        write(1 << 20, 2);
        assertThat(rest().get("volumes/diff?names=v&base=v.s&block_size=4096").toString())
                .isEqualTo("[{\"offset\":1048576,\"length\":4096}]");
        assertThat(rest().get("volumes/diff?names=v&base=v.s&block_size=65536&offset=1048576&length=512")
                        .toString())
                .isEqualTo("[{\"offset\":1048576,\"length\":65536}]");
        assertThat(rest().get("volumes/diff?names=v&base=v.s&length=1048576")).isEmpty();
        assertThat(rest().get("volumes/diff?names=v&block_size=4096").toString())
                .isEqualTo("[{\"offset\":0,\"length\":4096}, {\"offset\":1048576,\"length\":4096}]");
        assertThat(rest().get("volumes/diff?names=v.s").toString()).isEqualTo("[{\"offset\":0,\"length\":1048576}]");
        assertThat(rest().refused("GET", "volumes/diff?names=v&base=v.none", ""))
                .containsExactly("400 v.none: No such volume or snapshot.");
        assertThat(rest().refused("GET", "volumes/diff?names=v&block_size=5000", ""))
                .containsExactly("400 -: Block size must be a power of two between 4096 and 1073741824.");
        assertThat(rest().refused("GET", "volumes/diff?names=v&offset=2097153", ""))
                .containsExactly("400 -: Invalid value for parameter offset.");
        assertThat(rest().refused("GET", "volumes/diff", "")).containsExactly("400 -: Names or ids must be specified.");
    }
}
