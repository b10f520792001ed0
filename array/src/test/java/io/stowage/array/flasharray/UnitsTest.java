package io.stowage.array.flasharray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What front ends see when the management API changes something. */
class UnitsTest extends ArrayTest {
    private static final String IQN = "iqn.2026-11.io.stowage:a";

    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect() {
        units().watch(new LogicalUnits.Watcher() {
            @Override
            public void unitsChanged(String initiator) {
                told.add("units of " + initiator);
            }

            @Override
            public void sizeChanged(String initiator, int lun) {
                told.add("size of " + initiator + " " + lun);
            }

            @Override
            public void roomLow() {
                told.add("room");
            }

            @Override
            public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
                told.add(event + " of " + registrant);
            }
        });
        rest().post("pods?names=pool", "{}");
        rest().post("volumes?names=pool::v", "{'provisioned': 2097152}");
        rest().post("hosts?names=h", "{'iqns': ['" + IQN + "']}");
        rest().post("connections?host_names=h&volume_names=pool::v", "{'lun': 7}");
    }

    private LogicalUnit unit() {
        return units().visibleTo(IQN).firstEntry().getValue();
    }

    @Test
    void aConnectedVolumeIsVisibleToItsHostAlone() {
        var serial = rest().one("volumes").path("serial").asString();
        assertThat(units().visibleTo(IQN.toUpperCase())).containsOnlyKeys(7);
        assertThat(units().visibleTo("iqn.other")).isEmpty();
        assertThat(unit().identity().serial()).isEqualTo(serial);
        assertThat(unit().identity().naa()).isEqualTo("624a9370" + serial.toLowerCase());
        assertThat(unit().identity().naaBytes()).hasSize(16);
        assertThat(unit().sizeBytes()).isEqualTo(2097152);
    }

    @Test
    void changesAreToldOnce() {
        assertThat(told).containsExactly("units of " + IQN);
        told.clear();
        rest().patch("volumes?names=pool::v", "{'provisioned': 4194304}");
        assertThat(told).containsExactly("size of " + IQN + " 7");
        assertThat(unit().sizeBytes()).isEqualTo(4194304);
        told.clear();
        rest().patch("volumes?names=pool::v", "{'name': 'pool::w'}");
        rest().patch("hosts?names=h", "{'name': 'i'}");
        assertThat(told).isEmpty();
        rest().patch("hosts?names=i", "{'iqns': ['iqn.b']}");
        assertThat(told).containsExactlyInAnyOrder("units of " + IQN, "units of iqn.b");
        assertThat(units().visibleTo(IQN)).isEmpty();
        assertThat(units().visibleTo("iqn.b")).hasSize(1);
        told.clear();
        rest().delete("connections?host_names=i&volume_names=pool::w");
        assertThat(told).containsExactly("units of iqn.b");
    }

    @Test
    void restoringBringsTheContentOfTheSnapshotBack() throws Exception {
        var unit = unit();
        write(unit, 4096, (byte) 1);
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's'}");
        write(unit, 4096, (byte) 2);
        rest().patch("volumes?names=pool::v", "{'provisioned': 4194304}");
        told.clear();
        rest().post("volumes?names=pool::v&overwrite=true", "{'source': {'name': 'pool::v.s'}}");
        assertThat(told).containsExactly("size of " + IQN + " 7");
        assertThat(unit()).isSameAs(unit);
        assertThat(read(unit, 4096)).containsOnly(1);
        assertThat(read(unit, 0)).containsOnly(0);
        assertThatThrownBy(() -> write(unit, 2097152, (byte) 3)).isInstanceOf(LogicalUnit.OutOfRange.class);

        rest().post("volumes?names=pool::copy", "{'source': {'name': 'pool::v.s'}}");
        rest().post("connections?host_names=h&volume_names=pool::copy", "{'lun': 8}");
        assertThat(read(units().visibleTo(IQN).lastEntry().getValue(), 4096)).containsOnly(1);
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        write(unit(), 8192, (byte) 5);
        unit().flush();
        rest().post("volume-snapshots?source_names=pool::v", "{'suffix': 's'}");
        rest().patch("volume-snapshots?names=pool::v.s", "{'destroyed': true}");
        rest().put(
                        "volumes/tags/batch?resource_names=pool::v",
                        "[{'namespace': 'stowage', 'key': 'k', 'value': 'v', 'copyable': false}]");
        rest().patch("volumes?names=pool::v", "{'qos': {'iops_limit': 1000}}");
        rest().patch("arrays", "{'name': 'box'}");
        var before = dump();
        var identity = unit().identity();
        var token = array().endpoints().flasharray().apiToken();
        restart();
        assertThat(dump()).isEqualTo(before);
        assertThat(rest().one("arrays").path("name").asString()).isEqualTo("box");
        assertThat(array().endpoints().flasharray().apiToken()).isEqualTo(token);
        assertThat(unit().identity()).isEqualTo(identity);
        assertThat(read(unit(), 8192)).containsOnly(5);
        assertThat(rest().post("volumes?names=pool::new", "{}")
                        .getFirst()
                        .path("serial")
                        .asString())
                .isGreaterThan(identity.serial());
    }

    private String dump() {
        var all = new StringBuilder();
        for (var collection : List.of("pods", "volumes", "volume-snapshots", "hosts", "connections", "volumes/tags")) {
            all.append(rest().get(collection + "?namespaces=stowage")).append('\n');
        }
        return all.toString();
    }

    private static void write(LogicalUnit unit, long offset, byte fill) throws Exception {
        var bytes = new byte[4096];
        java.util.Arrays.fill(bytes, fill);
        unit.write(offset, ByteBuffer.wrap(bytes));
    }

    private static byte[] read(LogicalUnit unit, long offset) throws Exception {
        var bytes = ByteBuffer.allocate(4096);
        unit.read(offset, bytes);
        return bytes.array();
    }
}
