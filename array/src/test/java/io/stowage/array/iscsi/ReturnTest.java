package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What an initiator hears when it comes back. SAM-5, sections 5.14 and 6.3: power on and I_T nexus loss. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ReturnTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private StoredUnits units;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        units = new StoredUnits(folder, 64 * MIB);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        target = IscsiTarget.start(IQN, java.util.List.of(free), units.units());
    }

    @AfterEach
    void stop() {
        target.close();
        units.close();
    }

    @Test
    void aRestartIsToldOnceAndOnlyToWhomTheUnitWasThereBefore() throws Exception {
        units.add(1, MIB, HOST);
        try (TestInitiator host = login(1)) {
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
        stop();
        start();
        units.add(2, MIB, HOST);
        try (TestInitiator host = login(1)) {
            assertThat(host.in(1, new Cdb.Inquiry(false, 0, 96), 96).isGood()).isTrue();
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.POWER_ON);
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
            assertThat(host.in(2, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
        try (TestInitiator other = login(2)) {
            assertThat(other.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
    }

    @Test
    void aLostSessionIsToldToTheOneThatFollowsIt() throws Exception {
        units.add(1, MIB, HOST);
        TestInitiator lost = login(1);
        assertThat(lost.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        try (TestInitiator stranger = login(2)) {
            assertThat(stranger.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
        try (TestInitiator again = login(1)) { // takes the place of the first
            lost.close();
            assertThat(again.in(1, new Cdb.TestUnitReady(), 0).sense()).isEqualTo(Sense.NEXUS_LOSS);
            assertThat(again.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
            again.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), ByteBuffer.allocate(0));
            again.receive();
        }
        try (TestInitiator afterwards = login(1)) {
            assertThat(afterwards.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
    }

    private TestInitiator login(long isid) throws IOException, LoginFailure {
        return TestInitiator.login(target.addresses().getFirst(), HOST, IQN, isid, Preferences.DEFAULT);
    }
}
