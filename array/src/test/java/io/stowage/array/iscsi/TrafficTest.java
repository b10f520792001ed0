package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Load;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.scsi.Cdb;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What the target counts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TrafficTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";

    @TempDir
    Path folder;

    @Test
    void commandsAreCountedOnceHoweverManyPiecesTheirDataComesIn() throws Exception {
        var units = new TestUnits();
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var small = new Preferences(List.of("None"), List.of("None"), 8192, 262144, 8192, true, true);
        try (var unit = new FileUnit(folder.resolve("unit"), 16 << 20, 1);
                var target = IscsiTarget.start(IQN, List.of(loopback), units);
                var host = TestInitiator.login(target.addresses().getFirst(), HOST, IQN, 1, small)) {
            units.connect(HOST, 1, unit);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
            assertThat(unit.traffic().total()).isEqualTo(Load.NONE);

            assertThat(host.in(1, new Cdb.Read(0, 256), 131072).isGood()).isTrue();
            assertThat(host.in(1, new Cdb.Read(0, 1), 512).isGood()).isTrue();
            assertThat(host.out(1, new Cdb.Write(0, 128, false), ByteBuffer.allocate(65536))
                            .isGood())
                    .isTrue();
            assertThat(host.out(1, new Cdb.Write(0, 8, true), ByteBuffer.allocate(4096))
                            .isGood())
                    .isTrue();
            assertThat(host.out(1, new Cdb.CompareAndWrite(0, 1, 0, false, false), ByteBuffer.allocate(1024))
                            .isGood())
                    .isTrue();
            var differs = ByteBuffer.allocate(1024).put(0, (byte) 1);
            assertThat(host.out(1, new Cdb.CompareAndWrite(0, 1, 0, false, false), differs)
                            .isGood())
                    .isFalse();
            assertThat(host.in(1, new Cdb.Read(1 << 20, 1), 512).isGood()).isFalse();

            var load = unit.traffic().total();
            assertThat(load.reads()).isEqualTo(2);
            assertThat(load.readBytes()).isEqualTo(131072 + 512);
            assertThat(load.writes()).isEqualTo(3);
            assertThat(load.writtenBytes()).isEqualTo(65536 + 4096 + 512);
            assertThat(load.readNanos()).isPositive();
            assertThat(load.writeNanos()).isPositive();
        }
    }
}
