package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.LogicalUnit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupSnapshotsTest extends ArrayTest {
    private static final String IQN = "iqn.2026-11.io.stowage:test";

    @BeforeEach
    void makeGroup() {
        rest().patch("arrays", "{'idle_timeout': 0}");
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::a,pool::b", "{'provisioned': 1048576}");
        rest().post("protection-groups?names=pool::pg", "");
        rest().post("protection-groups/volumes?group_names=pool::pg&member_names=pool::a,pool::b", "");
    }

    @Test
    void aSnapshotHoldsASnapshotOfEachMember() {
        var made = rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's1'}")
                .getFirst();
        assertThat(rest().one("protection-group-snapshots?names=pool::PG.S1")).isEqualTo(made);
        assertThat(made.path("name").asString()).isEqualTo("pool::pg.s1");
        assertThat(made.path("suffix").asString()).isEqualTo("s1");
        assertThat(made.path("source").path("name").asString()).isEqualTo("pool::pg");
        assertThat(made.path("pod").path("name").asString()).isEqualTo("pool");
        assertThat(made.path("created").longValue()).isEqualTo(time.millis());
        assertThat(made.path("eradication_config").path("manual_eradication").asString())
                .isEqualTo("enabled");

        assertThat(rest().names("volume-snapshots")).containsExactly("pool::pg.s1.a", "pool::pg.s1.b");
        var part = rest().one("volume-snapshots?names=pool::pg.s1.b");
        assertThat(part.path("source").path("name").asString()).isEqualTo("pool::b");
        assertThat(part.path("created").longValue()).isEqualTo(time.millis());
        assertThat(rest().names("volume-snapshots?source_names=pool::a")).containsExactly("pool::pg.s1.a");
        rest().post("volumes?names=pool::copy", "{'source': {'name': 'pool::pg.s1.a'}}");

        // The names of what was taken stay, whatever becomes of the volume's.
        rest().patch("volumes?names=pool::a", "{'name': 'pool::z'}");
        assertThat(rest().names("volume-snapshots?source_names=pool::z")).containsExactly("pool::pg.s1.a");
    }

    @Test
    void withoutASuffixTheArrayCounts() {
        rest().post("protection-group-snapshots?source_names=pool::pg", "");
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::pg", "{'suffix': '2'}")
                        .getFirst())
                .startsWith("400 2: Protection group snapshot suffix name must be");
        rest().post("protection-group-snapshots?source_names=pool::pg", "");
        assertThat(rest().names("protection-group-snapshots")).containsExactly("pool::pg.1", "pool::pg.2");
        rest().patch("protection-group-snapshots?names=pool::pg.2", "{'destroyed': true}");
        rest().delete("protection-group-snapshots?names=pool::pg.2");
        assertThat(rest().post("protection-group-snapshots?source_names=pool::pg", "")
                        .getFirst()
                        .path("name")
                        .asString())
                .isEqualTo("pool::pg.3");
    }

    @Test
    void theMembersFollowTheWhole() {
        rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's1'}");
        var alone = "400 pool::pg.s1.a: Volume snapshot is part of a protection group snapshot and cannot be changed on"
                + " its own.";
        assertThat(rest().refused("PATCH", "volume-snapshots?names=pool::pg.s1.a", "{'destroyed': true}"))
                .containsExactly(alone);
        assertThat(rest().refused("PATCH", "volume-snapshots?names=pool::pg.s1.a", "{'name': 'x'}"))
                .containsExactly(alone);
        rest().patch("protection-group-snapshots?names=pool::pg.s1", "{'name': 's2'}");
        assertThat(rest().names("volume-snapshots")).containsExactly("pool::pg.s2.a", "pool::pg.s2.b");

        rest().patch("protection-group-snapshots?names=pool::pg.s2", "{'destroyed': true}");
        assertThat(rest().names("volume-snapshots?destroyed=true")).hasSize(2);
        assertThat(rest().refused("DELETE", "volume-snapshots?names=pool::pg.s2.a", "")
                        .getFirst())
                .contains("is part of a protection group snapshot");
        assertThat(rest().refused("PATCH", "protection-group-snapshots?names=pool::pg.s2", "{'destroyed': true}"))
                .containsExactly("400 pool::pg.s2: Protection group snapshot has been destroyed.");
        rest().patch("protection-group-snapshots?names=pool::pg.s2", "{'destroyed': false}");
        assertThat(rest().names("volume-snapshots?destroyed=false")).hasSize(2);
        assertThat(rest().refused("DELETE", "protection-group-snapshots?names=pool::pg.s2", ""))
                .containsExactly(
                        "400 pool::pg.s2: Protection group snapshot must be destroyed before it can be eradicated.");
        rest().patch("protection-group-snapshots?names=pool::pg.s2", "{'destroyed': true}");
        time.pass(Duration.ofDays(1));
        assertThat(rest().get("protection-group-snapshots")).isEmpty();
        assertThat(rest().get("volume-snapshots")).isEmpty();
    }

    @Test
    void whatCannotBeIsRefused() {
        rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's1'}");
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::pg", "{'suffix': 'S1'}"))
                .containsExactly("400 pool::pg.S1: Protection group snapshot already exists.");
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::no", ""))
                .containsExactly("400 pool::no: Protection group does not exist.");
        assertThat(rest().refused("POST", "protection-group-snapshots", ""))
                .containsExactly("400 -: Names or ids must be specified.");
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::pg", "{'suffix': 'a.b'}")
                        .getFirst())
                .startsWith("400 a.b: Protection group snapshot suffix name must be");
        assertThat(rest().refused("POST", "protection-group-snapshots?source_names=pool::pg&replicate_now=true", ""))
                .containsExactly("400 pool::pg: Protection group has no targets.");
        assertThat(rest().refused("GET", "protection-group-snapshots?names=pool::pg.no", ""))
                .containsExactly("400 pool::pg.no: Protection group snapshot does not exist.");
        assertThat(rest().get("protection-group-snapshots/transfer")).isEmpty();
    }

    @Test
    void aSnapshotForReplicationGoesAfterAnHour() {
        rest().post("protection-group-snapshots?source_names=pool::pg&for_replication=true", "{'suffix': 's1'}");
        time.pass(Duration.ofMinutes(59));
        assertThat(rest().names("protection-group-snapshots")).containsExactly("pool::pg.s1");
        time.pass(Duration.ofMinutes(1));
        assertThat(rest().get("protection-group-snapshots")).isEmpty();
        assertThat(rest().get("volume-snapshots")).isEmpty();
    }

    /** Each number is written to A and only then to B, so a B that is ahead of its A was never on any disk. */
    @Test
    void allMembersAreOfOneInstant() throws Exception {
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        rest().post("connections?host_names=h&volume_names=pool::a", "{'lun': 1}");
        rest().post("connections?host_names=h&volume_names=pool::b", "{'lun': 2}");
        var ended = new AtomicBoolean();
        var failed = new IOException[1];
        write(1, 1);
        var writer = Thread.ofPlatform().start(() -> {
            try {
                for (int number = 1; !ended.get(); number++) {
                    write(2, number);
                    write(1, number + 1);
                }
            } catch (IOException e) {
                failed[0] = e;
            }
        });
        try {
            for (int i = 1; i <= 20; i++) {
                rest().post("protection-group-snapshots?source_names=pool::pg", "{'suffix': 's" + i + "'}");
            }
        } finally {
            ended.set(true);
            writer.join();
        }
        assertThat(failed[0]).isNull();
        var last = 0;
        for (int i = 1; i <= 20; i++) {
            var a = contentOf("pool::pg.s" + i + ".a", "pool::ca" + i, 1 + 2 * i);
            var b = contentOf("pool::pg.s" + i + ".b", "pool::cb" + i, 2 + 2 * i);
            assertThat(b).isBetween(a - 1, a);
            assertThat(a).isGreaterThanOrEqualTo(last);
            last = a;
        }
        assertThat(last).isPositive();
    }

    private int contentOf(String snapshot, String copy, int lun) throws IOException {
        rest().post("volumes?names=" + copy, "{'source': {'name': '" + snapshot + "'}}");
        rest().post("connections?host_names=h&volume_names=" + copy, "{'lun': " + lun + "}");
        var bytes = ByteBuffer.allocate(LogicalUnit.BLOCK_BYTES);
        unit(lun).read(0, bytes);
        return bytes.getInt(0);
    }

    private void write(int lun, int number) throws IOException {
        unit(lun).write(0, ByteBuffer.allocate(LogicalUnit.BLOCK_BYTES).putInt(0, number));
    }

    private LogicalUnit unit(int lun) {
        return Objects.requireNonNull(units().visibleTo(IQN).get(lun));
    }
}
